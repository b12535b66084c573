import { html, nothing } from '../../vendor/lit.js';
import { bytes, counted } from '../core/amounts.js';
import { icon } from '../core/icons.js';
import { trouble } from '../core/notices.js';
import { segments } from '../core/paths.js';
import { href, route } from '../core/route.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';
import { live } from '../live/feed.js';
import { uploads } from '../uploads/queue.js';
import { download, moveTo, newFolder, remove, rename } from './actions.js';
import { Listing } from './listing.js';
import './preview.js';
import './table.js';

/** Files that come through other doors are shown this soon, but not more often. */
const CALM = 1_500;

/** A folder: the place to drop things, what is unfinished, what is in it, and what can be done with that. */
class Files extends Plain {
  constructor() {
    super();
    this.listing = new Listing();
    this.published = (/** @type {any} */ event) => this.newIn(event.detail);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.due = undefined;
    /** @type {Record<string, () => void>} */
    this.keys = {
      Delete: () => this.removeChosen(),
      F2: () => this.renameOne(),
      '/': () => this.focusFilter(),
    };
  }

  connectedCallback() {
    super.connectedCallback();
    uploads.addEventListener('published', this.published);
    live.addEventListener('published', this.published);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    uploads.removeEventListener('published', this.published);
    live.removeEventListener('published', this.published);
    clearTimeout(this.due);
  }

  watched() {
    return [route, session, this.listing];
  }

  willUpdate() {
    if (route.view === 'files') this.listing.open(route.folder);
  }

  /** Something was published; if it is here, or in a folder that is made here, it is shown. @param {string} folder */
  newIn(folder) {
    if (!folder.startsWith(this.listing.folder)) return;
    this.due ??= setTimeout(() => {
      this.due = undefined;
      this.listing.load();
    }, CALM);
  }

  /** What is chosen, or else the row that the keyboard is at. */
  get meant() {
    const chosen = this.listing.chosenEntries;
    const at = /** @type {any} */ (this.querySelector('w-table'))?.at ?? 0;
    const entry = this.listing.shown[at];
    return chosen.length > 0 ? chosen : entry && entry.kind !== 'refused' ? [entry] : [];
  }

  removeChosen() {
    if (this.meant.length > 0 && session.may('delete', this.listing.folder)) remove(this.listing, this.meant);
  }

  renameOne() {
    if (this.meant.length === 1) rename(this.listing, this.meant[0]);
  }

  focusFilter() {
    /** @type {HTMLElement | null} */ (this.querySelector('input[type=search]'))?.focus();
  }

  render() {
    const { listing } = this;
    return html`
      <h1 class="aside">Files in ${listing.folder}</h1>
      <w-drop></w-drop>
      <w-unfinished></w-unfinished>
      <div class="toolbar">
        ${this.crumbs()}
        <label class="filter">${icon('search')}<input type="search" placeholder="Filter" aria-label="Filter by name" .value=${listing.filter}
          @input=${(/** @type {Event} */ event) => listing.filterBy(/** @type {HTMLInputElement} */ (event.target).value)}></label>
        <div class="buttons">
          ${
            session.may('write', listing.folder)
              ? html`<button @click=${() => newFolder(listing)}>${icon('newFolder')} New folder</button>`
              : nothing
          }
          ${
            listing.all.length > 0
              ? html`<button @click=${() => download(listing, listing.all)}>${icon('download')} Zip of all</button>`
              : nothing
          }
        </div>
      </div>
      ${this.chosenBar()}
      ${trouble(listing.problem, undefined, () => listing.load())}
      ${this.contents()}
      <p class="summary quiet" role="status">${this.summary()}</p>
      ${route.file ? html`<w-preview .listing=${listing}></w-preview>` : nothing}`;
  }

  crumbs() {
    const names = segments(this.listing.folder);
    return html`<nav class="crumbs" aria-label="Where you are"><ol>
      <li><a href=${href('files')} aria-current=${names.length === 0 ? 'page' : nothing}>All files</a></li>
      ${names.map(
        (name, index) => html`<li><a href=${href('files', `/${names.slice(0, index + 1).join('/')}/`)}
        aria-current=${index === names.length - 1 ? 'page' : nothing}>${name}</a></li>`,
      )}
    </ol></nav>`;
  }

  /** What can be done with what is chosen. */
  chosenBar() {
    const { listing } = this;
    const chosen = listing.chosenEntries;
    if (chosen.length === 0) return nothing;
    const size = chosen.reduce((sum, entry) => sum + (entry.size ?? 0), 0);
    const folders = chosen.some(entry => entry.kind === 'folder');
    return html`
      <div class="chosen" role="toolbar" aria-label="With what is chosen">
        <span>${counted(chosen.length, 'entry', 'entries')} chosen${size > 0 ? ` · ${bytes(size)}${folders ? ' and folders' : ''}` : ''}</span>
        <button @click=${() => download(listing, chosen)}>${icon('download')} Download</button>
        ${
          session.may('write', listing.folder) && session.may('delete', listing.folder)
            ? html`
            ${chosen.length === 1 ? html`<button @click=${() => rename(listing, chosen[0])}>${icon('rename')} Rename</button>` : nothing}
            <button @click=${() => moveTo(listing, chosen)}>${icon('move')} Move</button>`
            : nothing
        }
        ${
          session.may('delete', listing.folder)
            ? html`<button @click=${() => remove(listing, chosen)}>${icon('trash')} Delete</button>`
            : nothing
        }
        <button class="link" @click=${() => listing.chooseNone()}>Choose none</button>
      </div>`;
  }

  contents() {
    const { listing } = this;
    if (listing.problem && listing.all.length === 0) return this.elsewhere();
    if (listing.all.length === 0) {
      return listing.loading
        ? html`<p class="empty quiet">One moment…</p>`
        : html`<div class="empty">${icon('folder')}<p><b>Nothing here yet</b></p>
            <p>${session.may('write', listing.folder) ? 'Drop the first file onto the page, or choose one above.' : 'What others put here, you will see.'}</p></div>`;
    }
    if (listing.shown.length === 0 && listing.filter) {
      return html`<div class="empty">${icon('search')}<p><b>No name has “${listing.filter}” in it</b></p>
        <button @click=${() => listing.filterBy('')}>Show all</button></div>`;
    }
    return html`<w-table .listing=${listing} .keys=${this.keys}></w-table>`;
  }

  /** Who may not see this folder is told which others there are. */
  elsewhere() {
    const folders = session.rules.filter(
      rule => rule.rights.includes('list') && `${rule.path}/` !== this.listing.folder && rule.path !== '/',
    );
    if (this.listing.problem?.code !== 'denied' || folders.length === 0) return nothing;
    return html`
      <section class="elsewhere" aria-labelledby="elsewhere-title">
        <h2 id="elsewhere-title">Folders that are open to you</h2>
        <ul class="folders">${folders.map(
          ({ path }) => html`
          <li><a class="button" href=${href('files', `${path}/`)}>${icon('folder')} ${path}</a></li>`,
        )}</ul>
      </section>`;
  }

  summary() {
    const { all, shown, leaving, loading, limit, filter } = this.listing;
    if (all.length === 0) return '';
    const staying = all.length - leaving.size;
    const size = shown.reduce((sum, entry) => sum + (entry.size ?? 0), 0);
    const count = filter
      ? `${shown.length.toLocaleString()} of ${counted(staying, 'entry', 'entries')}`
      : counted(staying, 'entry', 'entries');
    const more = limit ? ` The folder has more: the server lists no more than ${limit.toLocaleString()}.` : '';
    // Of folders alone no size is known here.
    const known = size > 0 || shown.some(entry => entry.kind === 'file') ? `, ${bytes(size)}` : '';
    return `${count}${known}${loading ? ', reading on…' : '.'}${more}`;
  }
}

customElements.define('w-files', Files);
