const WINDOW = 5_000;

/** How fast something goes: over the last five seconds, so that a rate falls to nothing when nothing moves. */
export class Meter {
  constructor() {
    /** @type {{ at: number, bytes: number }[]} */
    this.samples = [];
  }

  /** @param {number} bytes so far */
  note(bytes) {
    const at = performance.now();
    const last = this.samples.at(-1);
    if (last && bytes < last.bytes) this.samples = [];
    this.samples.push({ at, bytes });
    this.trim(at);
  }

  /** @private @param {number} now */
  trim(now) {
    while (this.samples.length > 2 && this.samples[1].at < now - WINDOW) this.samples.shift();
  }

  /** @returns {number} bytes a second */
  get rate() {
    const now = performance.now();
    this.trim(now);
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last === first || now - last.at > WINDOW) return 0;
    return ((last.bytes - first.bytes) * 1000) / Math.max(now - first.at, 250);
  }

  clear() {
    this.samples = [];
  }
}
