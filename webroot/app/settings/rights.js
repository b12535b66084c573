import { html, nothing } from '../../vendor/lit.js';
import { icon } from '../core/icons.js';
import { Plain } from '../core/store.js';

const RIGHTS = /** @type {const} */ (['list', 'read', 'write', 'delete', 'share', 'administer']);

/** @typedef {{ path: string, rights: Set<string> }} Rule */

/** @param {string} text such as `/team:list,read` @returns {Rule} */
function parsed(text) {
  const colon = text.lastIndexOf(':');
  return {
    path: text.slice(0, colon),
    rights: new Set(
      text
        .slice(colon + 1)
        .split(',')
        .filter(Boolean),
    ),
  };
}

/** Rules for what an account may do: each a folder, and what holds for all below it. The most particular one decides. */
export class Rights extends Plain {
  constructor() {
    super();
    /** @type {Rule[]} */
    this.list = [];
    /** @type {string[] | undefined} */
    this.given = undefined;
  }

  /** @param {string[]} texts */
  set rules(texts) {
    if (this.given === texts) return;
    this.given = texts;
    this.list = texts.map(parsed);
    this.requestUpdate();
  }

  /** @returns {string[]} */
  get rules() {
    return this.list
      .filter(rule => rule.path.trim() !== '')
      .map(rule => `${rule.path.trim()}:${RIGHTS.filter(right => rule.rights.has(right)).join(',')}`);
  }

  /** @param {() => void} change */
  change(change) {
    change();
    this.requestUpdate();
  }

  render() {
    return html`
      <fieldset class="rights">
        <legend>May, in a folder and all below it</legend>
        ${this.list.map(
          (rule, index) => html`
          <div class="rule" role="group" aria-label="Rule for ${rule.path}">
            <input aria-label="Folder" .value=${rule.path} spellcheck="false"
              @input=${(/** @type {Event} */ event) => {
                rule.path = /** @type {HTMLInputElement} */ (event.target).value;
              }}>
            <button type="button" class="bare" aria-label="Remove the rule for ${rule.path}" title="Remove the rule"
              @click=${() => this.change(() => this.list.splice(index, 1))}>${icon('close')}</button>
            <div class="which">${RIGHTS.map(
              right => html`
              <label class="check"><input type="checkbox" .checked=${rule.rights.has(right)}
                @change=${() => this.change(() => (rule.rights.has(right) ? rule.rights.delete(right) : rule.rights.add(right)))}> ${right}</label>`,
            )}</div>
          </div>`,
        )}
        ${this.list.length === 0 ? html`<p class="quiet">No rule: nothing at all.</p>` : nothing}
        <button type="button" class="small" @click=${() => this.change(() => this.list.push({ path: '/', rights: new Set(['list', 'read']) }))}>
          ${icon('plus')} Another folder</button>
      </fieldset>`;
  }
}

customElements.define('w-rights', Rights);
