import { Store } from './store.js';
import { Problem, SESSION_ENDED, ask, send } from './api.js';
import { isBelow } from './paths.js';

/**
 * @typedef {object} Who
 * @property {string} user
 * @property {string[]} rights rules such as `/team:list,read`
 * @property {boolean} admin whether one may administer everything
 * @property {boolean} mustChangePassword
 * @property {string} server such as `wherry 1.0.0`
 * @property {string} fingerprint
 * @property {{ fileSize: number, checksum: number, listing: number }} limits
 */

/** Who is logged in. */
class Session extends Store {
  constructor() {
    super();
    /** @type {Who | undefined} */
    this.who = undefined;
    /** Whether the server has been asked yet. */
    this.known = false;
    /** Why one has to log in again. @type {Problem | undefined} */
    this.ended = undefined;
    addEventListener(SESSION_ENDED, event => this.end(/** @type {CustomEvent} */ (event).detail));
  }

  async load() {
    try {
      const answer = await (await send('GET', '/session?anybody', { quiet: true })).json();
      this.who = answer.user ? answer : undefined;
      this.ended = undefined;
    } catch (error) {
      const problem = Problem.of(error);
      this.who = undefined;
      this.ended = ['login-required', 'session-ended'].includes(problem.code) ? undefined : problem;
    }
    this.known = true;
    this.changed();
  }

  /** @param {string} user @param {string} password */
  async logIn(user, password) {
    const answer = await send('POST', '/session', { json: { user, password }, quiet: true });
    this.who = await answer.json();
    this.known = true;
    this.ended = undefined;
    this.changed();
  }

  /** @param {boolean} [everywhere] */
  async logOut(everywhere = false) {
    await ask('DELETE', everywhere ? '/session?all' : '/session');
    this.who = undefined;
    this.ended = undefined;
    this.changed();
  }

  /** @private @param {Problem} problem */
  end(problem) {
    if (!this.who) return;
    if (problem.code === 'password-change-required') {
      this.who = { ...this.who, mustChangePassword: true };
    } else {
      this.who = undefined;
      this.ended = new Problem(problem.code, 'You were logged out. Log in to go on where you were.');
    }
    this.changed();
  }

  /** What was granted, folder by folder. */
  get rules() {
    return (this.who?.rights ?? []).map(rule => {
      const colon = rule.lastIndexOf(':');
      return { path: rule.slice(0, colon), rights: rule.slice(colon + 1).split(',') };
    });
  }

  /**
   * A hint for what to offer; the server decides.
   *
   * @param {'list' | 'read' | 'write' | 'delete' | 'share' | 'administer'} right
   * @param {string} path
   */
  may(right, path) {
    if (!this.who) return false;
    if (this.who.admin && right === 'administer') return true;
    const rules = this.rules
      .filter(rule => rule.path === '/' || isBelow(`${path}/`.replace('//', '/'), rule.path))
      .sort((a, b) => b.path.length - a.path.length);
    return rules.length > 0 && rules[0].rights.includes(right);
  }
}

export const session = new Session();
