import { html, nothing, repeat } from '../../vendor/lit.js';
import { Problem } from './api.js';
import { icon } from './icons.js';
import { Plain, Store } from './store.js';

/**
 * @typedef {object} Notice
 * @property {number} id
 * @property {'done' | 'wrong' | 'waiting'} kind
 * @property {string} text
 * @property {string} [detail] what to do next
 * @property {{ label: string, run: () => void }} [action]
 * @property {number} [seconds] how long a waiting notice waits
 */

/** Results of what was asked for. Each stays until somebody has seen it and says so. */
class Notices extends Store {
  constructor() {
    super();
    /** @type {Notice[]} */
    this.all = [];
    this.next = 1;
  }

  /** @param {Omit<Notice, 'id'>} notice @returns {number} its id */
  add(notice) {
    const id = this.next++;
    // Of many results of the same kind the newest are kept; what went wrong is never dropped.
    const done = this.all.filter(other => other.kind === 'done');
    const crowded = done.length >= 3 && notice.kind === 'done' ? done[0].id : -1;
    this.all = [...this.all.filter(other => other.id !== crowded), { ...notice, id }];
    this.changed();
    return id;
  }

  /** @param {string} text @param {Notice['action']} [action] */
  done(text, action) {
    return this.add({ kind: 'done', text, action });
  }

  /** @param {string} text what was tried @param {unknown} error */
  failed(text, error) {
    return this.add({ kind: 'wrong', text, detail: Problem.of(error).message });
  }

  /** @param {number} id */
  dismiss(id) {
    this.all = this.all.filter(notice => notice.id !== id);
    this.changed();
  }

  clear() {
    this.all = this.all.filter(notice => notice.kind === 'waiting');
    this.changed();
  }
}

export const notices = new Notices();

const SYMBOLS = /** @type {const} */ ({ done: 'check', wrong: 'warning', waiting: 'trash' });

class NoticesElement extends Plain {
  watched() {
    return [notices];
  }

  render() {
    const lasting = notices.all.filter(notice => notice.kind !== 'waiting').length;
    return html`
      <section class="notices" aria-label="Results" role="region">
        ${lasting > 1 ? html`<button class="link" @click=${() => notices.clear()}>Dismiss all</button>` : nothing}
        <div aria-live="polite">${repeat(
          notices.all,
          notice => notice.id,
          notice => this.row(notice),
        )}</div>
      </section>`;
  }

  /** @param {Notice} notice */
  row(notice) {
    return html`
      <div class="notice ${notice.kind}">
        ${icon(SYMBOLS[notice.kind])}
        <p><span>${notice.text}</span>${notice.detail ? html` <small>${notice.detail}</small>` : nothing}</p>
        ${
          notice.action
            ? html`<button class="small" @click=${notice.action.run}>${notice.action.label}</button>`
            : nothing
        }
        ${
          notice.kind === 'waiting'
            ? html`<span class="fuse" aria-hidden="true"></span>`
            : html`<button class="bare" aria-label="Dismiss: ${notice.text}" title="Dismiss"
              @click=${() => notices.dismiss(notice.id)}>${icon('close')}</button>`
        }
      </div>`;
  }
}

customElements.define('w-notices', NoticesElement);

/**
 * Something that went wrong, beside what it concerns.
 *
 * @param {Problem | undefined} problem
 * @param {() => void} [dismiss]
 * @param {() => void} [retry]
 */
export const trouble = (problem, dismiss, retry) =>
  problem
    ? html`
        <div class="trouble" role="alert">
          ${icon('warning')}
          <p>${problem.message}</p>
          ${retry ? html`<button class="small" type="button" @click=${retry}>Try again</button>` : nothing}
          ${
            dismiss
              ? html`<button class="bare" type="button" aria-label="Dismiss" title="Dismiss" @click=${dismiss}>${icon('close')}</button>`
              : nothing
          }
        </div>`
    : nothing;
