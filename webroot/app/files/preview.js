import { html, nothing } from '../../vendor/lit.js';
import { bytes, moment } from '../core/amounts.js';
import { Problem, send } from '../core/api.js';
import { copyText } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { notices, trouble } from '../core/notices.js';
import { fileUrl, join } from '../core/paths.js';
import { goTo, route } from '../core/route.js';
import { Plain } from '../core/store.js';
import { lookOf } from './kinds.js';

/** As much text as is shown of a file; the rest is for a download. */
const TEXT_CAP = 256 * 1024;

/** @typedef {import('./listing.js').Entry} Entry */

/** Looks at one file; arrow keys go to the ones before and after it. Its place in the address is the file's. */
class Preview extends Plain {
  constructor() {
    super();
    /** Set by the view. @type {import('./listing.js').Listing} */
    this.listing = /** @type {any} */ (undefined);
    this.shownName = '';
    /** For which the folder was read again. */
    this.soughtName = '';
    /** @type {string | undefined} */
    this.text = undefined;
    this.cut = false;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  watched() {
    return [route, this.listing];
  }

  get entry() {
    return this.listing.all.find(entry => entry.name === route.file);
  }

  /** @param {number} step @returns {Entry | undefined} the file that many places further on */
  neighbour(step) {
    const files = this.listing.shown.filter(entry => entry.kind === 'file');
    const at = files.findIndex(entry => entry.name === route.file);
    return at < 0 ? undefined : files[at + step];
  }

  updated() {
    const dialog = /** @type {HTMLDialogElement | null} */ (this.querySelector('dialog'));
    if (!dialog?.isConnected) return;
    if (!dialog.open) dialog.showModal();
    const entry = this.entry;
    if (!entry) this.seek();
    if (!entry || this.shownName === entry.name) return;
    this.shownName = entry.name;
    this.text = undefined;
    this.problem = undefined;
    if (lookOf(entry.name) === 'text') this.readText(entry);
    else this.requestUpdate();
  }

  /** What was uploaded a moment ago may not be listed here yet. */
  seek() {
    if (this.soughtName === route.file || this.listing.loading) return;
    this.soughtName = route.file;
    this.listing.load();
  }

  /** @param {Entry} entry */
  async readText(entry) {
    try {
      const range = entry.size ? { Range: `bytes=0-${TEXT_CAP - 1}` } : undefined;
      const answer = await send('GET', fileUrl(join(this.listing.folder, entry.name)), { headers: range });
      const text = await answer.text();
      if (this.shownName !== entry.name) return;
      this.text = text;
      this.cut = (entry.size ?? 0) > TEXT_CAP;
    } catch (error) {
      if (this.shownName === entry.name) this.problem = Problem.of(error);
    }
    this.requestUpdate();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // In a player the arrows seek, in a text they scroll.
    if (/** @type {Element} */ (event.target).closest('video, audio, pre')) return;
    const next =
      event.key === 'ArrowRight' ? this.neighbour(1) : event.key === 'ArrowLeft' ? this.neighbour(-1) : undefined;
    if (next) this.show(next);
  }

  /** @param {Entry | undefined} entry */
  show(entry) {
    if (entry) goTo(join(this.listing.folder, entry.name), { replace: true });
  }

  close() {
    this.querySelector('dialog')?.close();
  }

  /** Back to the folder; by going back where that leads there, so that the way here is not walked twice. */
  leave() {
    if (!this.isConnected || !route.file) return;
    if (route.steppedIn) history.back();
    else goTo(this.listing.folder, { replace: true });
  }

  render() {
    const entry = this.entry;
    const path = join(this.listing.folder, route.file);
    const [before, after] = [this.neighbour(-1), this.neighbour(1)];
    return html`
      <dialog class="preview" aria-labelledby="preview-name" @close=${() => this.leave()}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}>
        <header>
          <h2 id="preview-name">${route.file}</h2>
          <span class="facts">${entry ? `${bytes(entry.size)} · ${moment(entry.modified)}` : ''}</span>
          <div class="buttons">
            <button class="bare" aria-label="File before" title="Before (←)" ?disabled=${!before} @click=${() => this.show(before)}>${icon('left')}</button>
            <button class="bare" aria-label="Next file" title="Next (→)" ?disabled=${!after} @click=${() => this.show(after)}>${icon('right')}</button>
            <a class="button small" href=${fileUrl(path, 'download')} download>${icon('download')} Download</a>
          </div>
          <button class="bare" aria-label="Close" title="Close (Esc)" @click=${() => this.close()}>${icon('close')}</button>
        </header>
        <div class="stage">${entry ? this.stage(entry, path) : this.absent()}</div>
        ${
          entry?.sha256
            ? html`<footer><span>SHA-256</span><code>${entry.sha256}</code>
              <button class="bare" aria-label="Copy the SHA-256" title="Copy" @click=${() => this.copy(entry)}>${icon('copy')}</button></footer>`
            : nothing
        }
      </dialog>`;
  }

  absent() {
    if (this.listing.loading) return html`<p class="quiet">One moment…</p>`;
    return html`<div class="empty">${icon('refused')}<p><b>There is no such file here</b></p><p>It may have been moved, renamed or deleted.</p></div>`;
  }

  /** @param {Entry} entry @param {string} path */
  stage(entry, path) {
    if (this.problem) return trouble(this.problem, undefined, () => this.readText(entry));
    // A new version has a new address, so that no old one is shown from memory.
    const address = `${fileUrl(path)}${entry.etag ? `?v=${encodeURIComponent(entry.etag)}` : ''}`;
    const failed = () => {
      this.problem = new Problem(
        'unplayable',
        'The browser cannot show this file. Download it and open it with a program.',
      );
      this.requestUpdate();
    };
    switch (lookOf(entry.name)) {
      case 'picture':
        return html`<img src=${address} alt=${entry.name} @error=${failed}>`;
      case 'video':
        return html`<video src=${address} controls preload="metadata" aria-label=${entry.name} @error=${failed}></video>`;
      case 'sound':
        return html`<audio src=${address} controls preload="metadata" aria-label=${entry.name} @error=${failed}></audio>`;
      case 'text':
        return this.text === undefined
          ? html`<p class="quiet">One moment…</p>`
          : html`<pre tabindex="0" aria-label="Text of ${entry.name}">${this.text}</pre>
              ${this.cut ? html`<p class="quiet">The first ${bytes(TEXT_CAP)} of ${bytes(entry.size)}. Download it for the rest.</p>` : nothing}`;
      case 'pdf':
        return html`<div class="empty">${icon('text')}<p><b>PDF opens in a tab of its own</b></p>
          <a class="button main" href=${address} target="_blank" rel="noopener noreferrer">Open it</a></div>`;
      default:
        return html`<div class="empty">${icon('file')}<p><b>Nothing to look at here</b></p>
          <p>Files of this kind open with a program on your machine.</p>
          <a class="button main" href=${fileUrl(path, 'download')} download>Download it</a></div>`;
    }
  }

  /** @param {Entry} entry */
  async copy(entry) {
    if (entry.sha256 && (await copyText(entry.sha256))) notices.done(`The SHA-256 of “${entry.name}” is copied.`);
  }
}

customElements.define('w-preview', Preview);
