import { html, nothing, repeat } from '../../vendor/lit.js';
import { NARROW, bytes, exactly, listed } from '../core/amounts.js';
import { icon } from '../core/icons.js';
import { fileUrl, join } from '../core/paths.js';
import { href } from '../core/route.js';
import { Plain } from '../core/store.js';
import { symbolOf } from './kinds.js';

/** Rows that are drawn above and below what can be seen, so that scrolling shows no gaps. */
const SPARE = 8;

/** @typedef {import('./listing.js').Entry} Entry */
/** @typedef {import('./listing.js').Listing} Listing */

/**
 * The entries of a folder, as a grid of which only the rows in sight exist: a hundred thousand scroll as quickly as ten.
 * One row has the focus; arrow keys move it, and the row under it is drawn even when it is out of sight.
 */
export class Table extends Plain {
  constructor() {
    super();
    /** Set by the view before this element is first drawn. @type {Listing} */
    this.listing = /** @type {any} */ (undefined);
    /** The row that the keyboard is at, and the one that a range began with. */
    this.at = 0;
    this.anchor = 0;
    this.first = 0;
    this.last = 40;
    this.look = () => this.measure();
    /** @type {Record<string, () => void>} what else keys do */
    this.keys = {};
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('scroll', this.look, { passive: true });
    addEventListener('resize', this.look, { passive: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('scroll', this.look);
    removeEventListener('resize', this.look);
  }

  watched() {
    return [this.listing];
  }

  get rowHeight() {
    return NARROW.matches ? 60 : 44;
  }

  updated() {
    this.place();
    this.measure();
  }

  /** Puts the rows where they belong; from here, since the page's policy allows no style in a template. */
  place() {
    const body = /** @type {HTMLElement} */ (this.querySelector('.rows'));
    body.style.height = `${this.listing.shown.length * this.rowHeight}px`;
    for (const row of /** @type {Iterable<HTMLElement>} */ (body.children)) {
      row.style.transform = `translateY(${Number(row.dataset.index) * this.rowHeight}px)`;
    }
  }

  /** Which rows are in sight now. */
  measure() {
    const body = this.querySelector('.rows');
    if (!body) return;
    const top = -body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / this.rowHeight) - SPARE);
    const last = first + Math.ceil(innerHeight / this.rowHeight) + 2 * SPARE;
    if (first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    this.requestUpdate();
  }

  render() {
    const { shown, order, chosen } = this.listing;
    this.at = Math.max(0, Math.min(this.at, shown.length - 1));
    const indexes = [];
    for (let index = this.first; index < Math.min(this.last, shown.length); index++) indexes.push(index);
    if (shown.length > 0 && !indexes.includes(this.at)) indexes.push(this.at);
    const all = shown.length > 0 && chosen.size >= shown.length;
    return html`
      <div class="table" role="grid" aria-multiselectable="true" aria-rowcount=${shown.length + 1}
        aria-label="Contents of ${this.listing.folder}" @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}>
        <div class="head" role="row" aria-rowindex="1">
          <span role="columnheader" class="pick"><input type="checkbox" aria-label="Choose all" .checked=${all}
            .indeterminate=${chosen.size > 0 && !all} @change=${() => this.listing.chooseAll()}></span>
          ${this.column('name', 'Name', order)}${this.column('size', 'Size', order)}${this.column('modified', 'Changed', order)}
          <span role="columnheader" class="act"><span class="aside">Download</span></span>
        </div>
        <div class="rows" role="rowgroup">
          ${repeat(
            indexes,
            index => shown[index].name,
            index => this.row(shown[index], index),
          )}
        </div>
      </div>`;
  }

  /** @param {import('./listing.js').Column} by @param {string} label @param {Listing['order']} order */
  column(by, label, order) {
    const sorted = order.by === by;
    return html`<span role="columnheader" class=${by} aria-sort=${sorted ? (order.down ? 'descending' : 'ascending') : 'none'}>
      <button class="link" @click=${() => this.listing.sortBy(by)}>${label}${sorted ? icon(order.down ? 'down' : 'up') : nothing}</button></span>`;
  }

  /** @param {Entry} entry @param {number} index */
  row(entry, index) {
    const { folder, chosen } = this.listing;
    const path = join(folder, entry.name);
    const isChosen = chosen.has(entry.name);
    const refused = entry.kind === 'refused';
    return html`
      <div class="row ${entry.kind}" role="row" aria-rowindex=${index + 2} aria-selected=${isChosen} data-index=${index}
        tabindex=${index === this.at ? 0 : -1}
        @focus=${() => this.moveTo(index)} @click=${(/** @type {MouseEvent} */ event) => this.pick(event, index)}>
        <span role="gridcell" class="pick"><input type="checkbox" tabindex="-1" aria-label="Choose ${entry.name}"
          ?disabled=${refused} .checked=${isChosen}></span>
        <span role="gridcell" class="name">${icon(symbolOf(entry))}
          ${
            refused
              ? html`<span title=${entry.refused ?? ''}>${entry.name} <small>${entry.refused}</small></span>`
              : html`<a tabindex="-1" draggable="false" href=${href('files', entry.kind === 'folder' ? `${path}/` : path)}>${entry.name}</a>`
          }
        </span>
        <span role="gridcell" class="size">${entry.kind === 'file' ? bytes(entry.size) : ''}</span>
        <span role="gridcell" class="modified" title=${exactly(entry.modified)}>${listed(entry.modified)}</span>
        <span role="gridcell" class="act">${
          refused
            ? nothing
            : html`<a class="bare" tabindex="-1" aria-label="Download ${entry.name}" title="Download" download
              href=${entry.kind === 'folder' ? fileUrl(`${path}/`, 'archive=zip') : fileUrl(path, 'download')}>${icon('download')}</a>`
        }</span>
      </div>`;
  }

  /** @param {number} index */
  moveTo(index) {
    if (index === this.at) return;
    this.at = index;
    this.requestUpdate();
  }

  /** A click on the row's box, or with a key held, chooses; a click on its name opens it. @param {MouseEvent} event @param {number} index */
  pick(event, index) {
    const target = /** @type {Element} */ (event.target);
    const entry = this.listing.shown[index];
    if (target.closest('a') && !event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    if (target.closest('a.bare') || entry.kind === 'refused') return;
    if (target.closest('a')) event.preventDefault();
    if (event.shiftKey) this.listing.chooseRange(this.anchor, index);
    else this.listing.choose(entry.name);
    this.anchor = index;
    this.moveTo(index);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest('.row');
    if (!row || event.altKey) return;
    const page = Math.max(1, Math.floor(innerHeight / this.rowHeight) - 4);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      const before = this.at;
      this.focusRow(this.at + steps[event.key]);
      if (event.shiftKey) this.listing.chooseRange(before, this.at);
    } else if (event.key === ' ') {
      this.anchor = this.at;
      if (this.listing.shown[this.at].kind !== 'refused') this.listing.choose(this.listing.shown[this.at].name);
    } else if (event.key === 'Enter') {
      /** @type {HTMLElement | null} */ (row.querySelector('.name a'))?.click();
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      this.listing.chooseAll();
    } else if (event.key in this.keys) {
      this.keys[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {number} index */
  async focusRow(index) {
    this.at = Math.max(0, Math.min(index, this.listing.shown.length - 1));
    this.requestUpdate();
    await this.updateComplete;
    const row = /** @type {HTMLElement | null} */ (this.querySelector(`[data-index="${this.at}"]`));
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }
}

customElements.define('w-table', Table);
