import { html, nothing, repeat } from '../../vendor/lit.js';
import { briefly, bytes, counted, duration, exactly, rate } from '../core/amounts.js';
import { icon } from '../core/icons.js';
import { folderOf } from '../core/paths.js';
import { href } from '../core/route.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';
import { live } from './feed.js';
import './plot.js';

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** What the list above, or another event, says already. */
const NOISE = ['transfer-started', 'connection-opened', 'connection-closed'];

/** What runs now, and how fast. */
class Live extends Plain {
  watched() {
    return [live, session];
  }

  render() {
    const { snapshot } = live;
    return html`
      <div class="heading"><h1>Live</h1>
        <p class="quiet" role="status">${
          live.connected
            ? html`<span class="dot on"></span> ${session.who?.admin ? 'Everyone’s transfers, as they happen' : 'Your transfers, as they happen'}`
            : html`<span class="dot"></span> The link to the server is lost. It is tried again; what you see is from before.`
        }</p></div>
      ${snapshot ? this.facts(snapshot) : html`<p class="empty quiet">Waiting for the first second…</p>`}
      ${snapshot ? html`<w-plot></w-plot>` : nothing}
      ${snapshot ? this.running(snapshot) : nothing}
      ${this.lately()}`;
  }

  /** @param {import('./feed.js').Snapshot} snapshot */
  facts(snapshot) {
    const times = snapshot.requests?.lastMinute;
    const connections = Object.values(snapshot.connections ?? {}).reduce((sum, count) => sum + count, 0);
    return html`
      <dl class="facts-row">
        <div><dt>Running transfers</dt><dd>${snapshot.running}</dd></div>
        <div><dt>Half answered within</dt><dd>${times && times.count > 0 ? duration(times.p50) : '–'}</dd></div>
        <div><dt>99 of 100 within</dt><dd>${times && times.count > 0 ? duration(times.p99) : '–'}</dd></div>
        ${snapshot.connections ? html`<div><dt>Connections</dt><dd>${connections}</dd></div>` : nothing}
        ${snapshot.disk?.free === undefined ? nothing : html`<div><dt>Free space</dt><dd>${bytes(snapshot.disk.free)}</dd></div>`}
        <div><dt>Server started</dt><dd class="words" title=${exactly(snapshot.since)}>${briefly(snapshot.since)}</dd></div>
      </dl>`;
  }

  /** @param {import('./feed.js').Snapshot} snapshot */
  running(snapshot) {
    const { transfers } = snapshot;
    return html`
      <section aria-labelledby="running-title">
        <h2 id="running-title">Running transfers</h2>
        ${
          transfers.length === 0
            ? html`<div class="empty small">${icon('check')}<p>Nothing runs at the moment.</p></div>`
            : html`<ul class="running">${repeat(
                transfers,
                one => one.transfer,
                one => this.transfer(one),
              )}</ul>`
        }
        ${
          snapshot.running > transfers.length && transfers.length > 0
            ? html`<p class="quiet">and ${counted(snapshot.running - transfers.length, 'other')}</p>`
            : nothing
        }
      </section>`;
  }

  /** @param {import('./feed.js').Transfer} one */
  transfer(one) {
    return html`
      <li>
        <span class="symbol" title=${one.direction}>${icon(one.direction === 'upload' ? 'up' : 'down')}<span class="aside">${one.direction}</span></span>
        <div class="what"><a href=${href('files', folderOf(one.path))}>${one.path}</a>
          <small>${one.account} · ${one.address} · ${one.door}</small>
          ${one.size ? html`<progress max=${one.size} .value=${one.bytes} aria-label="${one.path}: moved"></progress>` : nothing}</div>
        <div class="much"><b>${one.stalled ? 'stalled' : rate(one.bytesPerSecond)}</b>
          <small>${bytes(one.bytes)}${one.size === undefined ? '' : ` of ${bytes(one.size)}`}${one.secondsLeft === undefined ? '' : ` · ${duration(one.secondsLeft)} left`}</small></div>
      </li>`;
  }

  lately() {
    const events = live.events.filter(event => !NOISE.includes(event.event)).slice(0, 20);
    if (events.length === 0) return nothing;
    return html`
      <section aria-labelledby="lately-title">
        <h2 id="lately-title">Since you opened this page</h2>
        <ul class="events">${events.map(
          event => html`
          <li><time datetime=${event.at}>${CLOCK.format(new Date(event.at))}</time><span>${told(event)}</span></li>`,
        )}</ul>
      </section>`;
  }
}

/** @param {Record<string, any>} event @returns {unknown} */
function told(event) {
  switch (event.event) {
    case 'transfer-finished':
      return event.outcome === 'done'
        ? html`<b>${event.account}</b> ${event.direction === 'upload' ? 'uploaded' : 'downloaded'} ${event.path}, ${bytes(event.bytes)} in ${duration(event.seconds)}`
        : html`<b>${event.account}</b> broke off ${event.direction === 'upload' ? 'uploading' : 'downloading'} ${event.path} after ${bytes(event.bytes)}: ${event.outcome.replaceAll('-', ' ')}`;
    case 'login-succeeded':
      return html`<b>${event.account}</b> logged in from ${event.address}`;
    case 'logged-out':
      return ending(event);
    case 'login-failed':
      return html`Somebody at ${event.address} was not let in${event.account ? html` as <b>${event.account}</b>` : ''}`;
    default:
      return html`${event.event.replaceAll('-', ' ')}${event.account ? html`: <b>${event.account}</b>` : ''}${event.path ? ` ${event.path}` : ''}`;
  }
}

/** Why sessions end of which nobody logged out. @type {Record<string, string>} */
const REASONS = {
  unused: 'the password is not shown any more',
  expired: 'the time is over',
  'password-changed': 'the password was changed',
  'password-reset': 'the password was reset',
  'account-removed': 'the account was removed',
  'token-revoked': 'the token was revoked',
};

/** @param {Record<string, any>} event @returns {unknown} */
function ending({ account, sessions, reason }) {
  if (reason === 'logout') return html`<b>${account}</b> logged out${sessions > 1 ? ` of ${sessions} sessions` : ''}`;
  const which = sessions > 1 ? `${sessions} sessions` : 'A session';
  return html`${which} of <b>${account}</b> ended: ${REASONS[reason] ?? reason.replaceAll('-', ' ')}`;
}

customElements.define('w-live', Live);
