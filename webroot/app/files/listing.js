import { Problem, batches } from '../core/api.js';
import { fileUrl } from '../core/paths.js';
import { Store } from '../core/store.js';

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {'file' | 'folder' | 'refused'} kind
 * @property {number} [size]
 * @property {string} modified
 * @property {string} [etag]
 * @property {string} [sha256]
 * @property {string} [refused] why the server does not serve it
 */
/** @typedef {'name' | 'size' | 'modified'} Column */

const BY_NAME = new Intl.Collator(undefined, { numeric: true });

/** @type {Record<Column, (a: Entry, b: Entry) => number>} */
const COMPARE = {
  name: (a, b) => BY_NAME.compare(a.name, b.name),
  size: (a, b) => (a.size ?? 0) - (b.size ?? 0),
  modified: (a, b) => (a.modified < b.modified ? -1 : a.modified > b.modified ? 1 : 0),
};

/** The entries of one folder: as they come, filtered and sorted, and which of them are chosen. */
export class Listing extends Store {
  constructor() {
    super();
    this.folder = '';
    /** @type {Entry[]} */
    this.all = [];
    /** What is shown, in its order. @type {Entry[]} */
    this.shown = [];
    this.loading = false;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** Set when the folder has more entries than the server lists. @type {number | undefined} */
    this.limit = undefined;
    this.filter = '';
    /** @type {{ by: Column, down: boolean }} */
    this.order = { by: 'name', down: false };
    /** Names. @type {Set<string>} */
    this.chosen = new Set();
    /** Names that are about to be deleted: they look gone already. @type {Set<string>} */
    this.leaving = new Set();
    /** @type {AbortController | undefined} */
    this.reading = undefined;
  }

  /** @param {string} folder */
  open(folder) {
    if (folder === this.folder) return;
    this.folder = folder;
    this.all = [];
    this.shown = [];
    this.filter = '';
    this.chosen = new Set();
    this.leaving = new Set();
    this.problem = undefined;
    this.limit = undefined;
    this.load();
  }

  /** Reads it again; what is shown stays until there is something newer. */
  async load() {
    this.reading?.abort();
    const reading = (this.reading = new AbortController());
    this.loading = true;
    const fresh = this.all.length === 0;
    /** @type {Entry[]} */
    const found = [];
    let limit;
    let due = 0;
    this.changed();
    try {
      for await (const batch of batches(fileUrl(this.folder), reading.signal)) {
        for (const line of batch) {
          if (line.truncated) limit = line.limit;
          else found.push(line);
        }
        // The first entries at once; then less and less often, for sorting many takes its time.
        if (fresh && performance.now() > due) {
          this.show(found);
          due = performance.now() + 300 + found.length / 20;
        }
      }
      this.problem = undefined;
      this.limit = limit;
      this.show(found);
    } catch (error) {
      if (reading.signal.aborted) return;
      this.problem = Problem.of(error);
    }
    this.loading = false;
    this.changed();
  }

  /** @private @param {Entry[]} found */
  show(found) {
    this.all = found;
    if (this.chosen.size > 0) {
      const names = new Set(found.map(entry => entry.name));
      this.chosen = new Set([...this.chosen].filter(name => names.has(name)));
    }
    this.arrange();
  }

  arrange() {
    const wanted = this.filter.trim().toLocaleLowerCase();
    const compare = COMPARE[this.order.by];
    const sign = this.order.down ? -1 : 1;
    this.shown = this.all
      .filter(
        entry => !this.leaving.has(entry.name) && (wanted === '' || entry.name.toLocaleLowerCase().includes(wanted)),
      )
      .sort(
        (a, b) =>
          Number(b.kind === 'folder') - Number(a.kind === 'folder') || sign * compare(a, b) || COMPARE.name(a, b),
      );
    this.changed();
  }

  /** @param {string} text */
  filterBy(text) {
    this.filter = text;
    this.arrange();
  }

  /** @param {Column} by */
  sortBy(by) {
    this.order = { by, down: this.order.by === by ? !this.order.down : by !== 'name' };
    this.arrange();
  }

  /** @returns {Entry[]} */
  get chosenEntries() {
    return this.chosen.size === 0 ? [] : this.all.filter(entry => this.chosen.has(entry.name));
  }

  /** @param {string} name @param {boolean} [chosen] */
  choose(name, chosen = !this.chosen.has(name)) {
    if (chosen) this.chosen.add(name);
    else this.chosen.delete(name);
    this.changed();
  }

  /** @param {number} from @param {number} to both included, in what is shown */
  chooseRange(from, to) {
    this.shown.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(entry => this.chosen.add(entry.name));
    this.changed();
  }

  chooseAll() {
    const all = this.shown.length > 0 && this.shown.every(entry => this.chosen.has(entry.name));
    this.chosen = new Set(all ? [] : this.shown.map(entry => entry.name));
    this.changed();
  }

  chooseNone() {
    this.chosen = new Set();
    this.changed();
  }

  /** @param {string[]} names @param {boolean} leaving */
  markLeaving(names, leaving) {
    names.forEach(name => (leaving ? this.leaving.add(name) : this.leaving.delete(name)));
    if (leaving) names.forEach(name => this.chosen.delete(name));
    this.arrange();
  }
}
