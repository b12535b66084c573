/** The frame of the page: who is logged in, where one is, and what is always there. */
import { html, nothing, render } from '../vendor/lit.js';
import { notices } from './core/notices.js';
import { href, route } from './core/route.js';
import { session } from './core/session.js';
import { Plain } from './core/store.js';
import { live } from './live/feed.js';
import { uploads } from './uploads/queue.js';
import './login/view.js';
import './files/view.js';
import './uploads/tray.js';
import './uploads/begun.js';
import './uploads/drop.js';
import './live/view.js';
import './history/view.js';
import './settings/view.js';

const VIEWS = /** @type {const} */ ([
  ['files', 'Files'],
  ['live', 'Live'],
  ['history', 'History'],
  ['settings', 'Settings'],
]);

class App extends Plain {
  constructor() {
    super();
    /** @type {string | undefined} */
    this.view = undefined;
    /** @type {string | undefined} */
    this.user = undefined;
  }

  watched() {
    return [session, route];
  }

  updated() {
    const who = session.who;
    // What was told to one is not for the next.
    if (who && this.user !== undefined && who.user !== this.user) notices.clear();
    this.user = who?.user ?? this.user;
    live.follow(Boolean(who && !who.mustChangePassword));
    uploads.belongTo(who && !who.mustChangePassword ? who.user : undefined);
    const name = VIEWS.find(([view]) => view === route.view)?.[1] ?? '';
    document.title = who ? `${route.view === 'files' ? route.file || route.folder : name} · Wherry` : 'Wherry';
    if (this.view !== undefined && this.view !== route.view) this.querySelector('main')?.focus();
    this.view = route.view;
  }

  render() {
    if (!session.known)
      return html`<main id="main" class="login" aria-busy="true"><p class="quiet">One moment…</p></main>`;
    if (!session.who || session.who.mustChangePassword) return html`<w-login></w-login>`;
    return html`
      <a class="skip" href="#main" @click=${(/** @type {Event} */ event) => this.skip(event)}>Skip to the content</a>
      <header class="bar">
        <a class="brand" href=${href('files')}><img src="/favicon.svg" alt="" width="28" height="28"><span>Wherry</span></a>
        <nav aria-label="Views">
          ${VIEWS.map(
            ([view, name]) => html`
            <a href=${href(view)} aria-current=${view === route.view ? 'page' : nothing}>${name}</a>`,
          )}
        </nav>
        <div class="who"><span title="Logged in as">${session.who.user}</span>
          <button class="link" @click=${() => this.logOut()}>Log out</button></div>
      </header>
      <main id="main" tabindex="-1">${this.content()}</main>
      <w-tray></w-tray>
      <w-notices></w-notices>`;
  }

  content() {
    switch (route.view) {
      case 'live':
        return html`<w-live></w-live>`;
      case 'history':
        return html`<w-history></w-history>`;
      case 'settings':
        return html`<w-settings></w-settings>`;
      default:
        return html`<w-files></w-files>`;
    }
  }

  /** The part behind the `#` says where one is, so that it cannot be jumped to. @param {Event} event */
  skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }

  async logOut() {
    try {
      await session.logOut();
    } catch (error) {
      notices.failed('You are still logged in.', error);
    }
  }
}

customElements.define('w-app', App);
render(html`<w-app></w-app>`, document.body);
session.load();
