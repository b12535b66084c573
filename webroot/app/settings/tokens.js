import { html, nothing } from '../../vendor/lit.js';
import { moment } from '../core/amounts.js';
import { ask, items } from '../core/api.js';
import { confirmDialog, formDialog } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { notices } from '../core/notices.js';
import { ListPart, showSecret } from './part.js';
import './rights.js';

/** @typedef {{ name: string, created: string, expires?: string, rights: string[] }} Token */

/** @type {[string, number][]} days; 0: for ever */
const LASTING = [
  ['30 days', 30],
  ['90 days', 90],
  ['a year', 365],
  ['until revoked', 0],
];

/** Tokens: what programs log in with instead of a password. @extends {ListPart<Token>} */
class Tokens extends ListPart {
  /** @returns {Promise<any[]>} */
  fetch() {
    return items('/account/tokens');
  }

  async create() {
    /** @type {any} */
    let made;
    const done = await formDialog({
      title: 'New token',
      text: 'A program that has it acts in your name, within what you may do yourself.',
      fields: html`
        <label>Name<input name="name" required autocomplete="off" spellcheck="false" placeholder="backup of the laptop"></label>
        <label>Lasts<select name="days">${LASTING.map(([label, days]) => html`<option value=${days} ?selected=${days === 90}>${label}</option>`)}</select></label>
        <label>May<select name="may">
          <option value="">whatever I may</option>
          <option value="/:list,read">only look and download</option>
          <option value="/:list,read,write">look, download and upload</option></select></label>`,
      action: 'Make it',
      run: async given => {
        const days = Number(given.get('days'));
        const may = String(given.get('may'));
        made = await ask('POST', '/account/tokens', {
          name: String(given.get('name')).trim(),
          ...(days > 0 ? { expires: new Date(Date.now() + days * 86_400_000).toISOString() } : {}),
          ...(may ? { rights: [may] } : {}),
        });
      },
    });
    if (!done) return;
    await this.load();
    await showSecret(
      `The token “${made.name}”`,
      html`Give it to the program, or save it in a file and name that in <code>WHERRY_TOKEN_FILE</code>.`,
      made.token,
    );
  }

  /** @param {Token} token */
  async revoke(token) {
    await confirmDialog(`Revoke “${token.name}”?`, 'Programs that use it are cut off at once.', 'Revoke', async () => {
      await ask('DELETE', `/account/tokens/${encodeURIComponent(token.name)}`);
      notices.done(`The token “${token.name}” is revoked.`);
    });
    await this.load();
  }

  render() {
    return html`
      <section aria-labelledby="tokens-title">
        <div class="heading"><h2 id="tokens-title">Tokens</h2>
          <button class="main" @click=${() => this.create()}>${icon('plus')} New token</button></div>
        ${this.shown(
          all => html`
          <ul class="rows">${all.map(
            token => html`
            <li><div class="what"><b>${token.name}</b>
                <small>since ${moment(token.created)} · ${token.expires ? `until ${moment(token.expires)}` : 'until revoked'}</small>
                ${token.rights.length > 0 ? html`<small>${token.rights.map(rule => html`<code>${rule}</code> `)}</small>` : nothing}</div>
              <button class="small" aria-label="Revoke ${token.name}" @click=${() => this.revoke(token)}>Revoke</button></li>`,
          )}</ul>`,
          'None yet. Scripts, backups and the command line on other machines each get one of their own, so that each can be revoked alone.',
        )}
      </section>`;
  }
}

customElements.define('w-tokens', Tokens);
