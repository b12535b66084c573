import { html, nothing, render } from '../../vendor/lit.js';
import { Problem } from './api.js';
import { trouble } from './notices.js';

let count = 0;

/**
 * Shows a native dialog until it is closed.
 *
 * @template T
 * @param {string} title
 * @param {(shown: { close: (result?: T) => void, update: () => void }) => unknown} content what it shows; drawn again by `update`
 * @param {{ wide?: boolean }} [look]
 * @returns {Promise<T | undefined>} what it was closed with; nothing when it was given up
 */
export function showDialog(title, content, { wide = false } = {}) {
  const dialog = document.createElement('dialog');
  const heading = `dialog-${++count}`;
  dialog.setAttribute('aria-labelledby', heading);
  dialog.classList.toggle('wide', wide);
  return new Promise(resolve => {
    /** @type {T | undefined} */
    let result;
    const close = (/** @type {T | undefined} */ with_) => {
      result = with_;
      dialog.close();
    };
    const update = () => render(html`<h2 id=${heading}>${title}</h2>${content({ close, update })}`, dialog);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    update();
    dialog.showModal();
  });
}

/**
 * Asks for one thing and does something with it. Stays open while that goes wrong, and says what did.
 *
 * @param {object} asked
 * @param {string} asked.title
 * @param {unknown} [asked.text]
 * @param {unknown} asked.fields the inputs, each with a name
 * @param {string} asked.action what the button says
 * @param {boolean} [asked.grave] whether what it does cannot be undone
 * @param {(given: FormData) => Promise<unknown>} asked.run
 * @returns {Promise<boolean>} whether it was done
 */
export async function formDialog({ title, text, fields, action, grave = false, run }) {
  /** @type {Problem | undefined} */
  let problem;
  let busy = false;
  const done = await showDialog(title, ({ close, update }) => {
    const submit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (busy) return;
      busy = true;
      problem = undefined;
      update();
      try {
        await run(new FormData(form));
        close(true);
      } catch (error) {
        problem = Problem.of(error);
      }
      busy = false;
      update();
    };
    return html`
      <form @submit=${submit}>
        ${text ? html`<p>${text}</p>` : nothing}
        ${fields}
        ${trouble(problem, () => {
          problem = undefined;
          update();
        })}
        <div class="actions">
          <button type="button" @click=${() => close()}>Cancel</button>
          <button type="submit" class=${grave ? 'grave' : 'main'} aria-busy=${busy}>${action}</button>
        </div>
      </form>`;
  });
  return done === true;
}

/** @param {string} title @param {unknown} text @param {string} action @param {() => Promise<unknown>} run */
export const confirmDialog = (title, text, action, run) =>
  formDialog({ title, text, fields: nothing, action, grave: true, run });

/** @param {string} text @returns {Promise<boolean>} whether the browser took it */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    await showDialog(
      'Copy this',
      ({ close }) => html`
      <p>The browser keeps the clipboard to itself. Select the text and copy it by hand:</p>
      <textarea readonly rows="3" aria-label="Text to copy" @focus=${(/** @type {FocusEvent} */ event) =>
        /** @type {HTMLTextAreaElement} */ (event.target).select()} .value=${text}></textarea>
      <div class="actions"><button class="main" @click=${() => close()}>Close</button></div>`,
    );
    return false;
  }
}
