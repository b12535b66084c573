import { html, nothing } from '../../vendor/lit.js';
import { Problem, ask } from '../core/api.js';
import { trouble } from '../core/notices.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';

/** Logging in; and before anything else, changing a one-time password. */
class Login extends Plain {
  constructor() {
    super();
    /** @type {Problem | undefined} */
    this.problem = undefined;
    this.busy = false;
    /** @type {'login' | 'change' | undefined} */
    this.shown = undefined;
    /** Kept just long enough to change a one-time password that was typed a moment ago. */
    this.password = '';
  }

  watched() {
    return [session];
  }

  updated() {
    const shown = session.who?.mustChangePassword ? 'change' : 'login';
    if (shown === this.shown) return;
    this.shown = shown;
    /** @type {HTMLElement | null} */ (this.querySelector('input:not([readonly])'))?.focus();
  }

  /** @param {SubmitEvent} event @param {(given: FormData) => Promise<void>} run */
  async submit(event, run) {
    event.preventDefault();
    if (this.busy) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.busy = true;
    this.problem = undefined;
    this.requestUpdate();
    try {
      await run(new FormData(form));
    } catch (error) {
      this.problem = Problem.of(error);
    }
    this.busy = false;
    this.requestUpdate();
  }

  /** @param {FormData} given */
  async logIn(given) {
    const password = String(given.get('password'));
    this.password = password;
    await session.logIn(String(given.get('user')).trim(), password);
    if (!session.who?.mustChangePassword) this.password = '';
  }

  /** @param {FormData} given */
  async change(given) {
    const fresh = String(given.get('new'));
    if (fresh !== String(given.get('again'))) {
      throw new Problem('bad-password', 'The two new passwords are not the same. Type both again.');
    }
    const user = session.who?.user ?? '';
    await ask('PUT', '/account/password', {
      old: this.password || String(given.get('old')),
      new: fresh,
      keepTokens: false,
    });
    this.password = '';
    // Changing the password ended every session, this one possibly too.
    await session.load();
    if (!session.who) await session.logIn(user, fresh);
  }

  render() {
    return html`
      <main id="main" class="login">
        <div class="brand"><img src="/favicon.svg" alt="" width="44" height="44"><span>Wherry</span></div>
        ${session.who?.mustChangePassword ? this.changing() : this.loggingIn()}
      </main>`;
  }

  loggingIn() {
    const ended = session.ended;
    return html`
      <h1>Log in</h1>
      ${ended && !this.problem ? html`<p class="lead" role="status">${ended.message}</p>` : nothing}
      <form @submit=${(/** @type {SubmitEvent} */ event) => this.submit(event, given => this.logIn(given))}>
        <label>Name
          <input name="user" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required>
        </label>
        <label>Password
          <input name="password" type="password" autocomplete="current-password" required>
        </label>
        ${trouble(this.problem, () => this.dismiss())}
        <button class="main" aria-busy=${this.busy}>${this.busy ? 'Logging in…' : 'Log in'}</button>
      </form>
      <p class="quiet">The first login was printed where the server was started. Later ones come from an administrator.</p>`;
  }

  changing() {
    return html`
      <h1>Choose your password</h1>
      <p class="lead">The one you came in with was for once. The new one needs at least 8 characters; a few words do well.</p>
      <form @submit=${(/** @type {SubmitEvent} */ event) => this.submit(event, given => this.change(given))}>
        <input class="aside" name="user" autocomplete="username" readonly tabindex="-1" aria-hidden="true"
          .value=${session.who?.user ?? ''}>
        ${
          this.password
            ? nothing
            : html`<label>One-time password
              <input name="old" type="password" autocomplete="current-password" required></label>`
        }
        <label>New password
          <input name="new" type="password" autocomplete="new-password" minlength="8" required>
        </label>
        <label>New password, again
          <input name="again" type="password" autocomplete="new-password" minlength="8" required>
        </label>
        ${trouble(this.problem, () => this.dismiss())}
        <button class="main" aria-busy=${this.busy}>Change it and go on</button>
      </form>
      <p class="quiet"><button class="link" @click=${() => session.logOut().catch(() => session.load())}>Log out</button></p>`;
  }

  dismiss() {
    this.problem = undefined;
    this.requestUpdate();
  }
}

customElements.define('w-login', Login);
