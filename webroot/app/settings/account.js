import { html, nothing } from '../../vendor/lit.js';
import { counted, listed, moment } from '../core/amounts.js';
import { Problem, ask, items } from '../core/api.js';
import { confirmDialog } from '../core/dialog.js';
import { notices, trouble } from '../core/notices.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';
import { ListPart } from './part.js';
import { programOf } from './program.js';

/** How many sessions are shown at once. */
const SHOWN = 5;

/** Changing one's password. */
class Password extends Plain {
  constructor() {
    super();
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  /** @param {SubmitEvent} event */
  async change(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const given = new FormData(form);
    const fresh = String(given.get('new'));
    try {
      if (fresh !== given.get('again'))
        throw new Problem('bad-password', 'The two new passwords are not the same. Type both again.');
      await ask('PUT', '/account/password', { old: given.get('old'), new: fresh, keepTokens: given.has('keep') });
      form.reset();
      this.problem = undefined;
      notices.done('The password is changed. Every other session of yours has ended.');
      await session.load();
    } catch (error) {
      this.problem = Problem.of(error);
    }
    this.requestUpdate();
  }

  render() {
    return html`
      <section aria-labelledby="password-title">
        <h2 id="password-title">Password</h2>
        <form class="narrow" @submit=${this.change}>
          <input class="aside" name="user" autocomplete="username" readonly tabindex="-1" aria-hidden="true" .value=${session.who?.user ?? ''}>
          <label>The one you have<input name="old" type="password" autocomplete="current-password" required></label>
          <label>A new one<input name="new" type="password" autocomplete="new-password" minlength="8" required></label>
          <label>The new one, again<input name="again" type="password" autocomplete="new-password" minlength="8" required></label>
          <label class="check"><input type="checkbox" name="keep"> Keep my tokens for programs</label>
          ${trouble(this.problem, () => {
            this.problem = undefined;
            this.requestUpdate();
          })}
          <div class="actions"><button class="main">Change it</button></div>
        </form>
      </section>`;
  }
}

/** @typedef {{ id: string, created: string, used: string, expires: string, current: boolean,
 *   address: string, door: string, program: string }} OpenSession */

/** Where one is logged in. @extends {ListPart<OpenSession>} */
class Sessions extends ListPart {
  constructor() {
    super();
    /** Whether those that were not used lately are shown, too. */
    this.all = false;
  }

  /** This one first, then those used last. @returns {Promise<any[]>} */
  async fetch() {
    const open = await items('/account/sessions');
    return open.sort((a, b) => Number(b.current) - Number(a.current) || Date.parse(b.used) - Date.parse(a.used));
  }

  /** @param {OpenSession} one */
  async end(one) {
    try {
      await ask('DELETE', `/account/sessions/${encodeURIComponent(one.id)}`);
      notices.done('That session has ended.');
    } catch (error) {
      notices.failed('The session did not end.', error);
    }
    await this.load();
  }

  endAll() {
    return confirmDialog(
      'Log out everywhere?',
      'Every session of yours ends, this one too, and your tokens with them. Uploads that run wait and can be resumed.',
      'Log out everywhere',
      () => session.logOut(true),
    );
  }

  render() {
    return html`
      <section aria-labelledby="sessions-title">
        <div class="heading"><h2 id="sessions-title">Where you are logged in</h2>
          <button @click=${() => this.endAll()}>Log out everywhere</button></div>
        ${this.shown(
          all => html`
          <ul class="rows">${(this.all ? all : all.slice(0, SHOWN)).map(
            one => html`
            <li><div class="what"><b title=${one.program}>${one.current ? 'This browser' : programOf(one)}</b>
                <small title="Since ${moment(one.created)}; ends ${moment(one.expires)}">${
                  one.address ? html`<code>${one.address}</code> · ` : nothing
                }last used ${listed(one.used)}</small></div>
              ${
                one.current
                  ? nothing
                  : html`<button class="small" @click=${() => this.end(one)}
                aria-label="End it: the session since ${moment(one.created)}">End it</button>`
              }</li>`,
          )}</ul>
          ${
            this.all || all.length <= SHOWN
              ? nothing
              : html`<p class="after"><button @click=${() => this.showAll()}>Show ${counted(all.length - SHOWN, 'other')}</button></p>`
          }`,
          'None.',
        )}
      </section>`;
  }

  showAll() {
    this.all = true;
    this.requestUpdate();
  }
}

customElements.define('w-password', Password);
customElements.define('w-sessions', Sessions);
