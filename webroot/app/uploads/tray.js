import { html, nothing, repeat } from '../../vendor/lit.js';
import { bytes, counted, duration, rate } from '../core/amounts.js';
import { copyText } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { notices, trouble } from '../core/notices.js';
import { href, route } from '../core/route.js';
import { Plain } from '../core/store.js';
import { uploads } from './queue.js';

/** More rows than these nobody reads; the rest is told as a number. */
const SHOWN = 60;

/** Most pressing first. */
const ORDER = ['asking', 'failed', 'lost', 'sending', 'paused', 'queued', 'done', 'skipped'];

/** @typedef {import('./item.js').Item} Item */

/** What is being uploaded, at the edge of the page, whatever else it shows. */
class Tray extends Plain {
  constructor() {
    super();
    /** What somebody chose, from then on. @type {boolean | undefined} */
    this.opened = undefined;
    /** @type {Element | null} */
    this.measured = null;
    this.sizes = new ResizeObserver(() => this.makeRoom());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.measured = null;
    this.makeRoom();
  }

  updated() {
    const tray = this.querySelector('.tray');
    if (tray === this.measured) return;
    this.sizes.disconnect();
    this.measured = tray;
    if (tray) this.sizes.observe(tray);
    this.makeRoom();
  }

  /** Tells the style sheets how much of the window's lower end is covered, so that every view can be scrolled out of it. */
  makeRoom() {
    document.documentElement.style.setProperty('--covered', `${this.measured?.clientHeight ?? 0}px`);
  }

  watched() {
    return [uploads, route];
  }

  /** Live shows by itself what is sent, where a large tray would cover it; what went wrong is shown everywhere. */
  get open() {
    return this.opened ?? (route.view !== 'live' || uploads.of('failed').length > 0);
  }

  render() {
    const all = uploads.items;
    if (all.length === 0) return nothing;
    const rows = [...all].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.id - b.id);
    const done = uploads.of('done', 'skipped').length;
    return html`
      <section class="tray" aria-labelledby="tray-title">
        <header>
          <button class="title" aria-expanded=${this.open} aria-controls="tray-rows" @click=${() => this.toggle()}>
            ${icon(this.open ? 'down' : 'up')}<h2 id="tray-title">Uploads</h2> <span class="count">${done} of ${all.length}</span>
          </button>
          ${this.total()}
          ${this.headButtons()}
        </header>
        <p class="aside" aria-live="polite">${this.spoken()}</p>
        <div id="tray-rows" ?hidden=${!this.open} tabindex="0" role="group" aria-label="Each upload">
          <ul>${repeat(
            rows.slice(0, SHOWN),
            item => item.id,
            item => this.row(item),
          )}</ul>
          ${rows.length > SHOWN ? html`<p class="quiet more">and ${counted(rows.length - SHOWN, 'other')}</p>` : nothing}
        </div>
      </section>`;
  }

  toggle() {
    this.opened = !this.open;
    this.requestUpdate();
  }

  total() {
    const sending = uploads.of('sending');
    const waiting = uploads.of('sending', 'queued', 'lost');
    if (waiting.length === 0) return nothing;
    const speed = sending.reduce((sum, item) => sum + item.meter.rate, 0);
    const left = waiting.reduce((sum, item) => sum + item.size - item.sent, 0);
    return html`<small>${speed > 0 ? `${rate(speed)} · ${duration(left / speed)} left` : `${bytes(left)} left`}</small>`;
  }

  headButtons() {
    const pausable = uploads.of('queued', 'sending', 'lost').length;
    const startable = uploads.of('paused').length;
    const finished = uploads.of('done', 'skipped').length;
    return html`<div class="buttons">
      ${pausable > 1 ? html`<button class="small" @click=${() => uploads.pauseAll()}>Pause all</button>` : nothing}
      ${startable > 1 ? html`<button class="small" @click=${() => uploads.goOnAll()}>Resume all</button>` : nothing}
      ${
        finished > 0 && pausable === 0
          ? html`<button class="small" @click=${() => uploads.dismissFinished()}>Clear finished</button>`
          : nothing
      }
    </div>`;
  }

  /** What a screen reader says: results, not every percent. */
  spoken() {
    const failed = uploads.of('failed').length;
    const done = uploads.of('done').length;
    const parts = [];
    if (done > 0) parts.push(`${done} of ${counted(uploads.items.length, 'file')} uploaded.`);
    if (failed > 0) parts.push(`${failed} failed.`);
    if (uploads.of('lost').length > 0) parts.push('The link is lost; uploads go on by themselves when it is back.');
    return parts.join(' ');
  }

  /** @param {Item} item */
  row(item) {
    const percent = item.size === 0 ? 100 : (100 * item.sent) / item.size;
    const done = item.state === 'done';
    return html`
      <li class="upload ${item.state}">
        <div class="line">
          ${done ? html`<span class="good">${icon('check')}</span>` : icon('file')}
          ${
            done
              ? html`<a class="name" title=${item.path} href=${href('files', item.path)}>${item.name}</a>`
              : html`<span class="name" title=${item.path}>${item.name}</span>`
          }
          ${this.buttons(item)}
        </div>
        ${
          done || item.state === 'skipped'
            ? nothing
            : html`<progress max="100" .value=${percent} aria-label="${item.name}: uploaded"></progress>`
        }
        <div class="line facts">
          <span>${this.told(item)}</span>
          ${
            item.sha256
              ? html`<code title="SHA-256 of the file as the server stored it: ${item.sha256}">${item.sha256}</code>
                <button class="bare" aria-label="Copy the SHA-256 of ${item.name}" title="Copy the SHA-256"
                  @click=${() => this.copy(item)}>${icon('copy')}</button>`
              : nothing
          }
        </div>
        ${
          item.state === 'failed'
            ? trouble(item.problem, undefined, () => uploads.goOnWith(item))
            : nothing
        }
      </li>`;
  }

  /** @param {Item} item */
  told(item) {
    const amount = `${bytes(item.sent)} of ${bytes(item.size)}`;
    switch (item.state) {
      case 'queued':
        return `waits · ${bytes(item.size)}`;
      case 'sending': {
        const speed = item.meter.rate;
        if (item.sent >= item.size && item.size > 0)
          return `${bytes(item.size)} sent · the server checks and stores it`;
        return speed > 0 ? `${amount} · ${rate(speed)} · ${duration(item.secondsLeft)} left` : amount;
      }
      case 'asking':
        return 'waits for your decision: there is a file of this name';
      case 'paused':
        return `paused · ${amount}`;
      case 'lost':
        return `${amount} · ${item.problem && item.problem.code !== 'unreachable' ? item.problem.message : 'The link is lost; goes on by itself.'}`;
      case 'failed':
        return amount;
      case 'skipped':
        return 'left out; the one on the server stays as it is';
      case 'done':
        return bytes(item.size);
    }
  }

  /** @param {Item} item */
  buttons(item) {
    /** @param {import('../core/icons.js').IconName} symbol @param {string} name @param {() => unknown} run */
    const button = (symbol, name, run) =>
      html`<button class="bare" aria-label="${name} ${item.name}" title=${name} @click=${run}>${icon(symbol)}</button>`;
    switch (item.state) {
      case 'queued':
      case 'sending':
        return html`${button('pause', 'Pause', () => uploads.pause(item))}${button('close', 'Cancel', () => uploads.cancel(item))}`;
      case 'lost':
        return html`${button('retry', 'Try now', () => uploads.goOnWith(item))}${button('close', 'Cancel', () => uploads.cancel(item))}`;
      case 'paused':
        return html`${button('play', 'Resume', () => uploads.goOnWith(item))}${button('close', 'Cancel', () => uploads.cancel(item))}`;
      case 'done':
      case 'skipped':
        return button('close', 'Dismiss', () => uploads.dismiss(item));
      default:
        return button('close', 'Cancel', () => uploads.cancel(item));
    }
  }

  /** @param {Item} item */
  async copy(item) {
    if (item.sha256 && (await copyText(item.sha256))) notices.done(`The SHA-256 of “${item.name}” is copied.`);
  }
}

customElements.define('w-tray', Tray);
