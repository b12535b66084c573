import { createRef, html, nothing, ref } from '../../vendor/lit.js';
import { ask, items } from '../core/api.js';
import { moment } from '../core/amounts.js';
import { confirmDialog, formDialog } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { notices } from '../core/notices.js';
import { session } from '../core/session.js';
import { ListPart, showSecret } from './part.js';
import './rights.js';

/** @typedef {{ name: string, admin: boolean, rights: string[], created?: string, mustChangePassword?: boolean, oneTimePassword?: string }} User */

const USUAL = ['/:list,read,write,delete'];

/** Accounts, for administrators. @extends {ListPart<User>} */
class People extends ListPart {
  /** @returns {Promise<any[]>} */
  fetch() {
    return items('/users');
  }

  async add() {
    const rights = createRef();
    /** @type {User | undefined} */
    let made;
    const done = await formDialog({
      title: 'New user',
      fields: html`
        <label>Name<input name="name" required autocomplete="off" autocapitalize="none" spellcheck="false"></label>
        <label class="check"><input type="checkbox" name="admin"> Administrator: may administer everything</label>
        <w-rights .rules=${USUAL} ${ref(rights)}></w-rights>`,
      action: 'Add',
      run: async given => {
        made = await ask('POST', '/users', {
          name: String(given.get('name')).trim(),
          admin: given.has('admin'),
          rights: /** @type {import('./rights.js').Rights} */ (rights.value).rules,
        });
      },
    });
    if (!done || !made) return;
    await this.load();
    await this.handOver(made);
  }

  /** @param {User} user */
  async handOver(user) {
    if (!user.oneTimePassword) return;
    await showSecret(
      `First login of ${user.name}`,
      html`Tell <b>${user.name}</b> this one-time password. At the first login it has to be changed.`,
      user.oneTimePassword,
    );
  }

  /** @param {User} user */
  async setRights(user) {
    const rights = createRef();
    await formDialog({
      title: `What ${user.name} may do`,
      text: 'It holds at once, also for sessions that are open. Where two rules speak of a path, the longer one decides.',
      fields: html`<w-rights .rules=${user.rights} ${ref(rights)}></w-rights>`,
      action: 'Save',
      run: async () => {
        await ask('PATCH', `/users/${encodeURIComponent(user.name)}`, {
          rights: /** @type {import('./rights.js').Rights} */ (rights.value).rules,
        });
        notices.done(`The rights of ${user.name} are saved.`);
        if (user.name === session.who?.user) await session.load();
      },
    });
    await this.load();
  }

  /** @param {User} user */
  async reset(user) {
    /** @type {User | undefined} */
    let answer;
    await confirmDialog(
      `A new password for ${user.name}?`,
      `The old one is void at once and every session of ${user.name} ends. You get a one-time password to pass on.`,
      'Reset the password',
      async () => {
        answer = await ask('POST', `/users/${encodeURIComponent(user.name)}/reset`);
      },
    );
    if (answer) await this.handOver(answer);
    await this.load();
  }

  /** @param {User} user */
  async removeUser(user) {
    await confirmDialog(
      `Remove ${user.name}?`,
      'The account and its tokens go, and its sessions end. The files that it uploaded stay.',
      'Remove',
      async () => {
        await ask('DELETE', `/users/${encodeURIComponent(user.name)}`);
        notices.done(`The account ${user.name} is removed.`);
      },
    );
    await this.load();
  }

  render() {
    return html`
      <section aria-labelledby="people-title">
        <div class="heading"><h2 id="people-title">Users</h2>
          <button class="main" @click=${() => this.add()}>${icon('plus')} New user</button></div>
        ${this.shown(all => html`<ul class="rows">${all.map(user => this.row(user))}</ul>`, 'Nobody.')}
      </section>`;
  }

  /** @param {User} user */
  row(user) {
    return html`
      <li><div class="what"><b>${user.name}</b>${user.admin ? html` <span class="tag">administrator</span>` : nothing}${user.name === session.who?.user ? html` <span class="tag">you</span>` : nothing}
          <small>${user.mustChangePassword ? 'has not logged in with an own password yet · ' : ''}${user.created ? `since ${moment(user.created)}` : ''}</small>
          <small>${user.rights.length > 0 ? user.rights.map(rule => html`<code>${rule}</code> `) : 'no rights'}</small></div>
        <div class="buttons">
          <button class="small" aria-label="Rights of ${user.name}" @click=${() => this.setRights(user)}>Rights</button>
          <button class="small" aria-label="Reset password of ${user.name}" @click=${() => this.reset(user)}>Reset password</button>
          ${user.name === session.who?.user ? nothing : html`<button class="small" aria-label="Remove ${user.name}" @click=${() => this.removeUser(user)}>Remove</button>`}
        </div></li>`;
  }
}

customElements.define('w-people', People);
