import { html } from '../../vendor/lit.js';
import { Problem } from '../core/api.js';
import { copyText, showDialog } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { trouble } from '../core/notices.js';
import { Plain } from '../core/store.js';

/** A part of the settings that shows a list from the server. @template T */
export class ListPart extends Plain {
  constructor() {
    super();
    /** @type {T[] | undefined} */
    this.items = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  /** @returns {Promise<T[]>} */
  fetch() {
    return Promise.resolve([]);
  }

  async load() {
    try {
      this.items = await this.fetch();
      this.problem = undefined;
    } catch (error) {
      this.problem = Problem.of(error);
    }
    this.requestUpdate();
  }

  /** @param {(items: T[]) => unknown} list @param {unknown} empty */
  shown(list, empty) {
    if (this.problem) return trouble(this.problem, undefined, () => this.load());
    if (!this.items) return html`<p class="quiet">One moment…</p>`;
    return this.items.length === 0 ? html`<p class="none">${empty}</p>` : list(this.items);
  }
}

/**
 * Something secret that is shown this once.
 *
 * @param {string} title
 * @param {unknown} text
 * @param {string} secret
 */
export function showSecret(title, text, secret) {
  let copied = false;
  return showDialog(
    title,
    ({ close, update }) => html`
    <p>${text}</p>
    <div class="secret"><code>${secret}</code>
      <button class="small" @click=${async () => {
        copied = await copyText(secret);
        update();
      }}>${icon(copied ? 'check' : 'copy')} ${copied ? 'Copied' : 'Copy'}</button></div>
    <p class="quiet">It is shown this once.</p>
    <div class="actions"><button class="main" @click=${() => close()}>Done</button></div>`,
  );
}
