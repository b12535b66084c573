import { bytes, moment } from '../core/amounts.js';
import { Problem, items } from '../core/api.js';
import { Store } from '../core/store.js';
import { live } from '../live/feed.js';

/**
 * @typedef {object} Begun an upload that is not finished, whichever door it came through
 * @property {string} upload
 * @property {string} path
 * @property {number} [size]
 * @property {number} durable
 * @property {string} [modified]
 * @property {string} [source]
 * @property {string} [begun]
 * @property {string} [expires]
 */

/** The unfinished uploads of this account. */
class Unfinished extends Store {
  constructor() {
    super();
    /** @type {Begun[]} */
    this.all = [];
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** What had arrived of each when it was first seen to run; what moves has more. @type {Map<string, number>} */
    this.arrived = new Map();
    /** @type {Set<string>} */
    this.moving = new Set();
    live.watch(() => this.follow(live.snapshot?.transfers ?? []));
  }

  /**
   * Whether somebody sends it now. The server calls an upload running for a while after its sender has gone, since that
   * may only be a pause; so it moves once more of it has arrived than before.
   *
   * @param {Begun} one
   */
  isMoving(one) {
    return this.moving.has(one.upload);
  }

  /** @private @param {import('../live/feed.js').Transfer[]} transfers those that run, as each second tells them */
  follow(transfers) {
    if (this.all.length === 0) return;
    /** @type {Map<string, number>} */
    const arrived = new Map();
    const moving = new Set();
    let grown = false;
    for (const { transfer, bytes: now, durable = 0, stalled } of transfers) {
      const one = this.all.find(({ upload }) => upload === transfer);
      if (!one) continue;
      const first = this.arrived.get(transfer) ?? now;
      arrived.set(transfer, first);
      if (now > first && !stalled) moving.add(transfer);
      if (durable > one.durable) {
        one.durable = durable;
        grown = true;
      }
    }
    const other = moving.size !== this.moving.size || [...moving].some(transfer => !this.moving.has(transfer));
    this.arrived = arrived;
    this.moving = moving;
    if (grown || other) this.changed();
  }

  async load() {
    try {
      this.all = await items('/uploads');
      this.problem = undefined;
    } catch (error) {
      this.problem = Problem.of(error);
    }
    this.changed();
  }

  /** @param {string} path @param {File} file @returns {Begun | undefined} the one that this file was begun with */
  match(path, file) {
    return this.all.find(one => one.path === path && differs(one, file) === undefined);
  }

  /** @param {string | undefined} id */
  forget(id) {
    this.all = this.all.filter(one => one.upload !== id);
    this.changed();
  }
}

export const unfinished = new Unfinished();

/** @param {Begun} one @param {File} file @returns {string | undefined} how it is another file */
export function differs(one, file) {
  if (one.size !== undefined && one.size !== file.size) {
    return `This file has ${bytes(file.size)}; the upload was begun with one of ${bytes(one.size)}.`;
  }
  if (one.modified !== undefined && Math.abs(Date.parse(one.modified) - file.lastModified) >= 1000) {
    return `This file was changed on ${moment(file.lastModified)}; the upload was begun with one of ${moment(one.modified)}.`;
  }
  return undefined;
}
