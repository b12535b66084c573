import { html, nothing } from '../../vendor/lit.js';
import { bytes, duration, exactly, listed, rate } from '../core/amounts.js';
import { Problem, ask } from '../core/api.js';
import { icon } from '../core/icons.js';
import { trouble } from '../core/notices.js';
import { folderOf } from '../core/paths.js';
import { href } from '../core/route.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';

/**
 * @typedef {object} Past a transfer that ended
 * @property {string} transfer
 * @property {'upload' | 'download'} direction
 * @property {string} account
 * @property {string} address
 * @property {string} door
 * @property {string} path
 * @property {number} offset where it began
 * @property {number} [size] of the whole file
 * @property {number} bytes moved by this transfer
 * @property {string} finished
 * @property {number} seconds
 * @property {number} bytesPerSecond
 * @property {string} outcome
 * @property {string} [sha256]
 */

/** Of a transfer that was not all of the file: how much of it, and where it began. @param {Past} past */
function amount({ offset, size, bytes: moved }) {
  if (offset === 0 && (size === undefined || size === moved)) return bytes(moved);
  const part = size === undefined ? bytes(moved) : `${bytes(moved)} of ${bytes(size)}`;
  return offset === 0 ? part : html`${part} <small>from ${bytes(offset)} on</small>`;
}

/** What ran: the newest first, older ones on request. */
class History extends Plain {
  constructor() {
    super();
    /** @type {Past[]} */
    this.items = [];
    this.more = false;
    this.loading = true;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {Record<string, string>} */
    this.filters = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  /** @param {Record<string, string>} [extra] */
  query(extra = {}) {
    return `/history?${new URLSearchParams({ ...this.filters, ...extra })}`;
  }

  /** @param {boolean} [older] those before the ones that are shown */
  async load(older = false) {
    this.loading = true;
    this.problem = undefined;
    this.requestUpdate();
    const asked = this.filters;
    try {
      const last = this.items.at(-1);
      const answer = await ask('GET', this.query(older && last ? { until: last.finished } : {}));
      if (asked !== this.filters) return;
      this.items = older ? [...this.items, ...answer.items] : answer.items;
      this.more = answer.more === true;
    } catch (error) {
      if (asked !== this.filters) return;
      this.problem = Problem.of(error);
    }
    this.loading = false;
    this.requestUpdate();
  }

  /** @param {Event} event */
  filter(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const given = new FormData(form);
    /** @type {Record<string, string>} */
    const filters = {};
    for (const name of ['user', 'path']) {
      const text = String(given.get(name) ?? '').trim();
      if (text) filters[name] = text;
    }
    for (const [name, days] of /** @type {const} */ ([
      ['since', 0],
      ['until', 1],
    ])) {
      const text = String(given.get(name) ?? '');
      if (!text) continue;
      const day = new Date(`${text}T00:00`);
      day.setDate(day.getDate() + days);
      filters[name] = day.toISOString();
    }
    this.filters = filters;
    this.load();
  }

  clear() {
    /** @type {HTMLFormElement} */ (this.querySelector('form')).reset();
    this.filters = {};
    this.load();
  }

  render() {
    return html`
      <div class="heading"><h1>History</h1>
        <p class="quiet">${session.who?.admin ? 'Every transfer that ended' : 'Your transfers that ended'}, the newest first</p></div>
      <form class="filters" @submit=${this.filter} @change=${this.filter} aria-label="Filters">
        ${session.who?.admin ? html`<label>User<input name="user" autocomplete="off" spellcheck="false"></label>` : nothing}
        <label>File or folder<input name="path" placeholder="/" autocomplete="off" spellcheck="false"></label>
        <label>From<input name="since" type="date"></label>
        <label>To<input name="until" type="date"></label>
        <div class="buttons"><button>Filter</button>
          <a class="button" href=${this.query({ format: 'csv', limit: '1000' })} download="history.csv">${icon('download')} CSV</a></div>
      </form>
      ${trouble(this.problem, undefined, () => this.load())}
      ${this.contents()}`;
  }

  contents() {
    if (this.items.length === 0) {
      if (this.problem) return nothing;
      if (this.loading) return html`<p class="empty quiet">One moment…</p>`;
      return Object.keys(this.filters).length > 0
        ? html`<div class="empty">${icon('search')}<p><b>Nothing of this kind</b></p><button @click=${() => this.clear()}>Show all</button></div>`
        : html`<div class="empty">${icon('info')}<p><b>Nothing yet</b></p><p>Uploads and downloads are told here when they have ended.</p></div>`;
    }
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Transfers that ended">
        <table class="list" role="table">
          <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Ended</th><th role="columnheader" scope="col">What</th><th role="columnheader" scope="col">Who</th><th role="columnheader" scope="col" class="number">Amount</th>
            <th role="columnheader" scope="col" class="number">Took</th><th role="columnheader" scope="col">How it ended</th></tr></thead>
          <tbody role="rowgroup">${this.items.map(past => this.row(past))}</tbody>
        </table>
      </div>
      ${this.more ? html`<p class="after"><button aria-busy=${this.loading} @click=${() => this.load(true)}>Show older ones</button></p>` : nothing}`;
  }

  /** @param {Past} past */
  row(past) {
    return html`
      <tr role="row">
        <td role="cell" title=${exactly(past.finished)}>${listed(past.finished)}</td>
        <td role="cell" class="path"><span class="symbol" title=${past.direction}>${icon(past.direction === 'upload' ? 'up' : 'down')}<span class="aside">${past.direction} of</span></span>
          <a href=${href('files', folderOf(past.path))}>${past.path}</a></td>
        <td role="cell"><span title="${past.address}, ${past.door} door">${past.account}</span></td>
        <td role="cell" class="number">${amount(past)}</td>
        <td role="cell" class="number" title=${rate(past.bytesPerSecond)}>${duration(past.seconds)}</td>
        <td role="cell">${
          past.outcome === 'done'
            ? html`<span class="good" title=${past.sha256 ? `SHA-256 ${past.sha256}` : ''}>done</span>`
            : html`<span class="bad">${past.outcome.replaceAll('-', ' ')}</span>`
        }</td>
      </tr>`;
  }
}

customElements.define('w-history', History);
