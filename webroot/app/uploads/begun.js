import { html, nothing, repeat } from '../../vendor/lit.js';
import { bytes, counted, listed } from '../core/amounts.js';
import { Problem, send } from '../core/api.js';
import { confirmDialog, copyText } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { notices, trouble } from '../core/notices.js';
import { folderOf, nameOf } from '../core/paths.js';
import { route } from '../core/route.js';
import { Plain } from '../core/store.js';
import { live } from '../live/feed.js';
import { uploads } from './queue.js';
import { differs, unfinished } from './unfinished.js';

/** @typedef {import('./unfinished.js').Begun} Begun */

/** As many are shown without being asked for; of more, a line tells. */
const FEW = 2;

/** @param {string} text as a shell reads it */
const quoted = text => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** @param {Begun[]} all @returns {string} such as `120 MB of 400 MB here`: on the server */
function amount(all) {
  const durable = bytes(all.reduce((sum, one) => sum + one.durable, 0));
  const size = all.reduce((sum, one) => sum + (one.size ?? Number.NaN), 0);
  return Number.isNaN(size) ? `${durable} here` : `${durable} of ${bytes(size)} here`;
}

/**
 * The unfinished uploads of this account, and how to finish them: here, or in a terminal. A line above each folder, since
 * they are there to be found and not what one came for; it opens by itself where one of a few belongs to the folder.
 */
class UnfinishedElement extends Plain {
  constructor() {
    super();
    /** @type {Map<string, Problem>} */
    this.problems = new Map();
    /** What somebody chose, from then on. @type {boolean | undefined} */
    this.opened = undefined;
    /** What was finished at another door is not unfinished any more. */
    this.uploaded = (/** @type {any} */ event) => unfinished.forget(event.detail);
  }

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('uploaded', this.uploaded);
    unfinished.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('uploaded', this.uploaded);
  }

  watched() {
    return [unfinished, uploads, route];
  }

  render() {
    const here = new Set(uploads.items.map(item => item.uploadId));
    const waiting = unfinished.all.filter(one => !here.has(one.upload));
    if (unfinished.problem) {
      return trouble(unfinished.problem, undefined, () => unfinished.load());
    }
    if (waiting.length === 0) return nothing;
    const isOfFolder = (/** @type {Begun} */ one) => folderOf(one.path) === route.folder;
    const ofFolder = waiting.filter(isOfFolder);
    const open = this.opened ?? (ofFolder.length > 0 && waiting.length <= FEW);
    return html`
      <section class="unfinished" aria-label="Unfinished uploads">
        <h2><button class="title" aria-expanded=${open} aria-controls="unfinished-rows" @click=${() => this.toggle(!open)}>
          ${icon('right')}<b>${counted(waiting.length, 'unfinished upload')}</b> <span class="count">${amount(waiting)}${
            ofFolder.length > 0 && ofFolder.length < waiting.length ? ` · ${ofFolder.length} for this folder` : ''
          }</span></button></h2>
        <div id="unfinished-rows" ?hidden=${!open}>
          <p class="quiet">Begun earlier or elsewhere. Choose the same file again and it goes on where it stopped.</p>
          <ul>${repeat(
            [...ofFolder, ...waiting.filter(one => !isOfFolder(one))],
            one => one.upload,
            one => this.row(one),
          )}</ul>
        </div>
      </section>`;
  }

  /** @param {boolean} open */
  toggle(open) {
    this.opened = open;
    this.requestUpdate();
  }

  /** @param {Begun} one */
  row(one) {
    const name = nameOf(one.path);
    const folder = folderOf(one.path);
    const facts = [
      folder === route.folder ? '' : folder === '/' ? 'top folder' : folder,
      amount([one]),
      unfinished.isMoving(one) ? 'being sent elsewhere' : '',
      one.expires ? `kept until ${listed(one.expires)}` : '',
    ].filter(Boolean);
    const command = `wherry put --resume ${one.upload} ${quoted(one.source ?? name)}`;
    return html`
      <li>
        <div class="what"><b>${name}</b>
          <small>${facts.join(' · ')}</small>
          ${one.size ? html`<progress max=${one.size} .value=${one.durable} aria-label="${name}: how much has arrived"></progress>` : nothing}
        </div>
        <div class="buttons">
          <label class="button small" tabindex="-1">Choose the file
            <input class="aside" type="file" aria-label="Choose the file to go on with ${name}"
              @change=${(/** @type {Event} */ event) => this.choose(one, /** @type {HTMLInputElement} */ (event.target))}></label>
          <button class="small" title=${command} @click=${() => this.copy(command)}>${icon('copy')} Copy command</button>
        </div>
        <button class="bare" aria-label="Discard what came of ${name}" title="Discard" @click=${() => this.discard(one)}>${icon('trash')}</button>
        ${trouble(this.problems.get(one.upload), () => {
          this.problems.delete(one.upload);
          this.requestUpdate();
        })}
      </li>`;
  }

  /** @param {Begun} one @param {HTMLInputElement} input */
  choose(one, input) {
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    const difference = differs(one, file);
    if (difference) {
      this.problems.set(
        one.upload,
        new Problem('changed', `${difference} Choose that file, or discard the upload and start over.`),
      );
    } else {
      this.problems.delete(one.upload);
      uploads.resume(file, one.path, one.upload);
    }
    this.requestUpdate();
  }

  /** @param {string} command */
  async copy(command) {
    if (await copyText(command))
      notices.done('The command is copied. In a terminal, in the folder of the file, it finishes the upload.');
  }

  /** @param {Begun} one */
  discard(one) {
    return confirmDialog(
      'Discard this upload?',
      html`The server lets go of ${bytes(one.durable)} that came of <b>${nameOf(one.path)}</b>. The file at the place you sent it from stays.`,
      'Discard',
      async () => {
        await send('DELETE', `/uploads/${one.upload}`, { headers: { 'Tus-Resumable': '1.0.0' } });
        unfinished.forget(one.upload);
      },
    );
  }
}

customElements.define('w-unfinished', UnfinishedElement);
