import { html, nothing } from '../../vendor/lit.js';
import { href, route } from '../core/route.js';
import { session } from '../core/session.js';
import { Plain } from '../core/store.js';
import './account.js';
import './people.js';
import './quotas.js';
import './tokens.js';

/** @type {[string, string, boolean][]} location, name, and whether only for administrators */
const PARTS = [
  ['account', 'Account', false],
  ['tokens', 'Tokens', false],
  ['users', 'Users', true],
  ['quotas', 'Quotas', true],
];

/** One's own account; for administrators everybody's. */
class Settings extends Plain {
  watched() {
    return [route, session];
  }

  render() {
    const parts = PARTS.filter(([, , admins]) => !admins || session.who?.admin);
    const asked = route.path.replaceAll('/', '');
    const part = parts.some(([place]) => place === asked) ? asked : 'account';
    return html`
      <div class="heading"><h1>Settings</h1>
        <p class="quiet">${session.who?.user} on ${session.who?.server}</p></div>
      <nav class="tabs" aria-label="Settings">${parts.map(
        ([place, name]) => html`
        <a href=${href('settings', `/${place}/`)} aria-current=${place === part ? 'page' : nothing}>${name}</a>`,
      )}</nav>
      ${this.content(part)}`;
  }

  /** @param {string} part */
  content(part) {
    switch (part) {
      case 'tokens':
        return html`<w-tokens></w-tokens>`;
      case 'users':
        return html`<w-people></w-people>`;
      case 'quotas':
        return html`<w-quotas></w-quotas>`;
      default:
        return html`<w-password></w-password><w-sessions></w-sessions>${this.identity()}`;
    }
  }

  identity() {
    return html`
      <section aria-labelledby="identity-title">
        <h2 id="identity-title">This server’s identity</h2>
        <p class="quiet">What the command line shows when it meets this server for the first time. It must be the same there.</p>
        <p><code class="long">${session.who?.fingerprint}</code></p>
      </section>`;
  }
}

customElements.define('w-settings', Settings);
