import { bytes, moment } from '../core/amounts.js';
import { Problem, items } from '../core/api.js';
import { Store } from '../core/store.js';

/**
 * @typedef {object} Begun an upload that is not finished, whichever door it came through
 * @property {string} upload
 * @property {string} path
 * @property {number} [size]
 * @property {number} durable
 * @property {boolean} [running]
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
