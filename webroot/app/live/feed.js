import { SESSION_ENDED, Problem } from '../core/api.js';
import { folderOf } from '../core/paths.js';
import { Store } from '../core/store.js';

/** Five minutes, a point a second. */
const KEPT = 300;
const EVENTS_KEPT = 50;
/** What the server closes the socket with when the session has ended. */
const ENDED = 4401;

/** @typedef {{ count: number, p50: number, p99: number }} Spread */
/**
 * @typedef {object} Transfer one that runs, or in an event one that ended
 * @property {string} transfer
 * @property {'upload' | 'download'} direction
 * @property {string} account
 * @property {string} address
 * @property {string} door
 * @property {string} path
 * @property {number} [size]
 * @property {number} bytes
 * @property {number} [durable]
 * @property {number} bytesPerSecond
 * @property {number} [secondsLeft]
 * @property {boolean} [stalled]
 */
/**
 * @typedef {object} Snapshot
 * @property {string} at
 * @property {string} since
 * @property {number} running
 * @property {Transfer[]} transfers
 * @property {number} upBytesPerSecond
 * @property {number} downBytesPerSecond
 * @property {Record<string, number>} [connections]
 * @property {{ count: number, failed: number, lastMinute?: Spread }} [requests]
 * @property {{ free?: number, size?: number }} [disk]
 */

/** What happens on the server, as it happens: the snapshot of each second, and the events that this user may see. */
class Feed extends Store {
  constructor() {
    super();
    /** @type {Snapshot | undefined} */
    this.snapshot = undefined;
    /** The newest first. @type {Record<string, any>[]} */
    this.events = [];
    /** Seconds since 1970, and rates up and down. @type {[number[], number[], number[]]} */
    this.series = [[], [], []];
    this.connected = false;
    this.wanted = false;
    this.attempts = 0;
    /** @type {WebSocket | undefined} */
    this.socket = undefined;
  }

  /** @param {boolean} wanted whether somebody is logged in */
  follow(wanted) {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted) {
      this.connect();
    } else {
      this.socket?.close();
      this.snapshot = undefined;
      this.events = [];
      this.series = [[], [], []];
    }
  }

  /** @private */
  connect() {
    if (!this.wanted) return;
    const socket = (this.socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live`));
    socket.onopen = () => {
      this.connected = true;
      this.attempts = 0;
      this.changed();
    };
    socket.onmessage = message => this.take(JSON.parse(message.data));
    socket.onclose = event => {
      if (socket !== this.socket) return;
      this.connected = false;
      this.changed();
      if (event.code === ENDED) {
        dispatchEvent(
          new CustomEvent(SESSION_ENDED, { detail: new Problem('session-ended', 'The session has ended.') }),
        );
      } else {
        setTimeout(() => socket === this.socket && this.connect(), Math.min(2 ** this.attempts++, 15) * 1000);
      }
    };
  }

  /** @private @param {Record<string, any>} message */
  take(message) {
    if (message.event) this.takeEvent(message);
    else if (message.upBytesPerSecond !== undefined) this.takeSnapshot(/** @type {any} */ (message));
    this.changed();
  }

  /** @private @param {Record<string, any>} event */
  takeEvent(event) {
    this.events = [event, ...this.events].slice(0, EVENTS_KEPT);
    if (event.event === 'transfer-finished' && event.direction === 'upload' && event.outcome === 'done') {
      this.dispatchEvent(new CustomEvent('published', { detail: folderOf(event.path) }));
      this.dispatchEvent(new CustomEvent('uploaded', { detail: event.transfer }));
    }
  }

  /** @private @param {Snapshot} snapshot */
  takeSnapshot(snapshot) {
    this.snapshot = snapshot;
    const [times, up, down] = this.series;
    this.series = [
      [...times, Date.parse(snapshot.at) / 1000].slice(-KEPT),
      [...up, snapshot.upBytesPerSecond].slice(-KEPT),
      [...down, snapshot.downBytesPerSecond].slice(-KEPT),
    ];
  }
}

export const live = new Feed();
