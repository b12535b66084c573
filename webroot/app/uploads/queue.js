import { ask } from '../core/api.js';
import { notices } from '../core/notices.js';
import { join, fileUrl, folderOf } from '../core/paths.js';
import { Store } from '../core/store.js';
import { askAboutExisting } from './conflict.js';
import { Item } from './item.js';
import { unfinished } from './unfinished.js';

/** How many are sent at once. */
const AT_ONCE = 3;
/** After how long without progress a link counts as lost though nothing said so. */
const SILENCE = 60_000;

/** @typedef {{ file: File, relative: string } | { folder: string }} Gathered `relative` to where it was dropped */

/** Every upload of this page: what waits, what is being sent, what was done. */
class Uploads extends Store {
  constructor() {
    super();
    /** @type {Item[]} */
    this.items = [];
    /** @type {string | undefined} */
    this.account = undefined;
    this.asking = false;
    this.drawing = false;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.watchdog = undefined;
    addEventListener('offline', () => this.of('sending').forEach(item => item.stop('lost')));
    addEventListener('online', () => this.goOn());
  }

  /** @param {...import('./item.js').State} states */
  of(...states) {
    return this.items.filter(item => states.includes(item.state));
  }

  get running() {
    return this.of('queued', 'sending', 'asking', 'lost').length;
  }

  /** @param {string | undefined} account who is logged in now; another one's uploads do not go on */
  belongTo(account) {
    if (account === this.account) return;
    if (account === undefined) {
      this.of('sending').forEach(item => item.stop('lost'));
    } else {
      this.items = this.items.filter(item => item.account === account);
      unfinished.load();
      this.account = account;
      this.goOn();
    }
    this.account = account;
    this.changed();
  }

  /** @param {AsyncIterable<Gathered> | Iterable<Gathered>} gathered @param {string} folder where they shall go */
  async add(gathered, folder) {
    const account = this.account;
    if (!account) return;
    const batch = {};
    for await (const one of gathered) {
      if ('folder' in one) await this.makeFolder(join(folder, one.folder));
      else this.put(new Item(one.file, join(folder, one.relative), account, batch, folder));
    }
  }

  /** Goes on with an upload that the server knows. @param {File} file @param {string} path @param {string} id */
  resume(file, path, id) {
    if (!this.account) return;
    const item = new Item(file, path, this.account, {});
    item.resumeAt = `/uploads/${id}`;
    this.put(item);
  }

  /** @private @param {string} path */
  async makeFolder(path) {
    try {
      await ask('POST', fileUrl(`${path}/`, 'mkdir'));
    } catch (error) {
      const problem = /** @type {any} */ (error);
      if (problem.code !== 'exists') notices.failed(`The folder “${path}” was not made.`, error);
    }
  }

  /** @private @param {Item} item */
  put(item) {
    if (this.items.some(other => other.path === item.path && !['done', 'skipped', 'failed'].includes(other.state)))
      return;
    const begun = item.resumeAt ? undefined : unfinished.match(item.path, item.file);
    if (begun) item.resumeAt = `/uploads/${begun.upload}`;
    item.tell = what => (what === 'progress' ? this.drawSoon() : this.stateChanged(item));
    this.items.push(item);
    this.drawSoon();
    this.pump();
  }

  /** @private @param {Item} item */
  stateChanged(item) {
    if (item.state === 'lost') this.tryLater(item);
    if (item.state === 'asking') this.askNext();
    if (item.state === 'done') {
      this.dispatchEvent(new CustomEvent('published', { detail: folderOf(item.path) }));
      unfinished.forget(item.uploadId);
    }
    this.drawSoon();
    if (item.state !== 'sending') queueMicrotask(() => this.pump());
  }

  /** @private */
  pump() {
    let sending = this.of('sending').length;
    for (const item of this.items) {
      if (sending >= AT_ONCE || !navigator.onLine || !this.account) break;
      if (item.state !== 'queued') continue;
      sending++;
      item.start();
    }
    if (sending > 0 && this.watchdog === undefined) this.watchdog = setInterval(() => this.look(), 1000);
  }

  /** @private each second while something is sent: rates fall, and silent links are given up */
  look() {
    for (const item of this.of('sending')) {
      if (performance.now() - item.movedAt > SILENCE) item.stop('lost');
    }
    if (this.of('sending', 'lost').length === 0) {
      clearInterval(this.watchdog);
      this.watchdog = undefined;
    }
    this.drawSoon();
  }

  /** @private @param {Item} item */
  tryLater(item) {
    const seconds = Math.min(2 ** item.attempts++, 15);
    setTimeout(() => {
      if (item.state === 'lost' && navigator.onLine && this.account === item.account) item.become('queued');
    }, seconds * 1000);
  }

  /** @private */
  goOn() {
    this.of('lost').forEach(item => item.become('queued'));
  }

  /** @private asks about one name at a time; what was answered for all, it does not ask again */
  async askNext() {
    if (this.asking) return;
    this.asking = true;
    for (let item = this.of('asking')[0]; item; item = this.of('asking')[0]) {
      const others = this.items.some(
        other => other !== item && other.batch === item.batch && ['queued', 'asking', 'sending'].includes(other.state),
      );
      item.decide(item.batch.forAll ?? (await askAboutExisting(item, others)));
    }
    this.asking = false;
  }

  /** @param {Item} item */
  pause(item) {
    if (['sending', 'queued', 'lost'].includes(item.state)) item.stop('paused');
  }

  /** @param {Item} item */
  goOnWith(item) {
    if (['paused', 'lost', 'failed'].includes(item.state)) item.become('queued');
  }

  pauseAll() {
    this.of('queued', 'lost', 'sending').forEach(item => this.pause(item));
  }

  goOnAll() {
    this.of('paused', 'failed').forEach(item => this.goOnWith(item));
  }

  /** @param {Item} item */
  async cancel(item) {
    const known = item.uploadId;
    this.dismiss(item);
    try {
      await item.cancel();
      unfinished.forget(known);
    } catch (error) {
      notices.failed(`The server may still hold what came of “${item.name}”; it lets go of it in time.`, error);
    }
    this.pump();
  }

  /** @param {Item} item */
  dismiss(item) {
    this.items = this.items.filter(other => other !== item);
    this.changed();
  }

  dismissFinished() {
    this.items = this.items.filter(item => !['done', 'skipped'].includes(item.state));
    this.changed();
  }

  /** @private at most eight times a second: nobody reads faster */
  drawSoon() {
    if (this.drawing) return;
    this.drawing = true;
    setTimeout(() => {
      this.drawing = false;
      this.changed();
    }, 120);
  }
}

export const uploads = new Uploads();
