import { createRef, html, nothing, ref } from '../../vendor/lit.js';
import { icon } from '../core/icons.js';
import { notices } from '../core/notices.js';
import { route } from '../core/route.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';
import { chosen, dropped } from './gather.js';
import { uploads } from './queue.js';

/** Where what is dropped anywhere on the page goes: the folder that is shown, or was. */
const target = () => (route.view === 'files' ? route.folder : '/');

/** @param {DragEvent} event */
const bringsFiles = event => event.dataTransfer?.types.includes('Files') === true;

/** The place to drop things, which is the whole page; and two buttons for who has no mouse. */
class Drop extends Plain {
  constructor() {
    super();
    this.over = 0;
    this.files = createRef();
    this.folder = createRef();
    /** @type {[string, (event: any) => void][]} */
    this.handlers = [
      ['dragenter', event => this.hover(event, 1)],
      ['dragleave', event => this.hover(event, -1)],
      ['dragover', event => bringsFiles(event) && event.preventDefault()],
      ['drop', event => this.drop(event)],
      ['paste', event => this.paste(event)],
    ];
  }

  connectedCallback() {
    super.connectedCallback();
    this.handlers.forEach(([name, handler]) => addEventListener(name, handler));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.handlers.forEach(([name, handler]) => removeEventListener(name, handler));
  }

  watched() {
    return [route, session];
  }

  /** @param {DragEvent} event @param {number} step */
  hover(event, step) {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    this.over = Math.max(0, this.over + step);
    this.requestUpdate();
  }

  /** @param {DragEvent} event */
  drop(event) {
    if (!bringsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    this.over = 0;
    this.requestUpdate();
    this.give(dropped(event.dataTransfer));
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    if (event.clipboardData && event.clipboardData.files.length > 0) this.give(chosen(event.clipboardData.files));
  }

  /** @param {AsyncIterable<import('./queue.js').Gathered> | import('./queue.js').Gathered[]} gathered */
  give(gathered) {
    uploads
      .add(gathered, target())
      .catch(error => notices.failed('Not everything that you dropped could be read.', error));
  }

  /** @param {Event} event */
  choose(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    this.give(chosen(input.files));
    input.value = '';
  }

  /** @param {import('../../vendor/lit.js').Ref} input */
  press(input) {
    /** @type {HTMLInputElement} */ (input.value)?.click();
  }

  render() {
    if (!session.may('write', target())) {
      if (!session.may('list', target())) return nothing;
      return html`<p class="drop shut">${icon('info')} You may look at <b>${target()}</b>, but not upload to it.</p>`;
    }
    return html`
      <section class="drop ${this.over > 0 ? 'over' : ''}" aria-label="Upload">
        ${icon('upload')}
        <p><b>Drop files or folders anywhere</b><small>They go to ${target() === '/' ? 'the top folder' : html`<b>${target()}</b>`}. Whatever breaks off goes on later.</small></p>
        <div class="buttons">
          <button class="main" @click=${() => this.press(this.files)}>Choose files</button>
          <button @click=${() => this.press(this.folder)}>Choose a folder</button>
        </div>
        <input class="aside" tabindex="-1" type="file" multiple aria-label="Files to upload" ${ref(this.files)} @change=${this.choose}>
        <input class="aside" tabindex="-1" type="file" webkitdirectory aria-label="Folder to upload" ${ref(this.folder)} @change=${this.choose}>
      </section>
      ${this.over > 0 ? html`<div class="curtain" aria-hidden="true"><p>${icon('upload')} Let go to upload to <b>${target()}</b></p></div>` : nothing}`;
  }
}

customElements.define('w-drop', Drop);
