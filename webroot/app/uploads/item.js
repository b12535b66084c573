import { DetailedError, Upload } from '../../vendor/tus.js';
import { OWN, Problem, noticeSession, send, unreachable } from '../core/api.js';
import { folderOf, join, nameOf, numbered } from '../core/paths.js';
import { base64, CheckedStack, hexOf } from './checked.js';
import { Meter } from './meter.js';

/** What one part holds: enough that the pauses between parts do not count, little enough to keep a few in memory. */
const PART = 8 * 1024 * 1024;

/**
 * `lost`: the server cannot be reached, it goes on by itself. `asking`: there is a file of this name, somebody has to decide.
 *
 * @typedef {'queued' | 'sending' | 'asking' | 'paused' | 'lost' | 'failed' | 'done' | 'skipped'} State
 * @typedef {{ etag?: string, size?: number, modified?: string }} Existing
 */

let count = 0;

/** One file on its way to the server: a thin layer over tus-js-client that says how it stands. */
export class Item {
  /**
   * @param {File} file
   * @param {string} path where it shall lie
   * @param {string} account whose upload it is
   * @param {{ forAll?: 'replace' | 'keep' | 'skip' }} batch what was decided for all that were given together
   * @param {string} base the folder that it was dropped on; those between it and the file are made
   */
  constructor(file, path, account, batch, base = folderOf(path)) {
    this.id = ++count;
    this.file = file;
    /** Where it was meant to go, and where it goes once both files are kept. */
    this.wanted = path;
    this.path = path;
    this.account = account;
    this.batch = batch;
    this.base = base;
    /** @type {State} */
    this.state = 'queued';
    /** Bytes handed to the network, and of these what the server has said that it has. */
    this.sent = 0;
    this.accepted = 0;
    this.meter = new Meter();
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {Existing | undefined} */
    this.existing = undefined;
    /** The etag of the version that may be replaced. @type {string | undefined} */
    this.replaces = undefined;
    /** @type {string | undefined} */
    this.sha256 = undefined;
    /** Where to go on, when that is known before anything was sent. @type {string | undefined} */
    this.resumeAt = undefined;
    /** The server has begun it, and the name that it is to have was taken meanwhile. */
    this.late = false;
    this.attempts = 0;
    this.copies = 1;
    this.movedAt = 0;
    /** @type {Upload | undefined} */
    this.upload = undefined;
    /** Set by the queue. @type {(what: 'progress' | 'state') => void} */
    this.tell = () => {};
  }

  get size() {
    return this.file.size;
  }

  get name() {
    return nameOf(this.path);
  }

  /** @returns {string | undefined} the id under which the server knows it */
  get uploadId() {
    return (this.upload?.url ?? this.resumeAt)?.split('/').at(-1);
  }

  get secondsLeft() {
    const rate = this.meter.rate;
    return rate > 0 ? (this.size - this.sent) / rate : undefined;
  }

  /** Begins, or goes on from what the server has. */
  async start() {
    this.become('sending');
    this.problem = undefined;
    this.movedAt = performance.now();
    this.meter.clear();
    const upload = (this.upload ??= this.made());
    if (this.late) return this.rename(this.size);
    if (!upload.url && !this.resumeAt) {
      const previous = await upload.findPreviousUploads().catch(() => []);
      if (this.state !== 'sending') return;
      if (previous.length > 0) upload.resumeFromPreviousUpload(previous[previous.length - 1]);
    }
    upload.start();
  }

  /**
   * Has the server publish under the name that was decided on what it has, or go on with it under that name.
   *
   * @private
   * @param {number} offset where it stands, as far as is known
   */
  async rename(offset) {
    const metadata = Object.entries(this.metadata())
      .map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`)
      .join(',');
    const headers = {
      'Content-Type': 'application/offset+octet-stream',
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(offset),
      'Upload-Metadata': metadata,
    };
    try {
      const response = await send('PATCH', /** @type {string} */ (this.upload?.url), { headers });
      this.late = false;
      if (offset === this.size) this.finish(response.headers.get('Repr-Digest') ?? undefined);
      else if (this.state === 'sending') this.upload?.start();
    } catch (error) {
      const problem = Problem.of(error);
      if (problem.code === 'wrong-offset' && offset === this.size) await this.rename(Number(problem.facts.offset));
      else this.failed(problem);
    }
  }

  /** @private */
  metadata() {
    const relative = this.path.slice(this.base.length);
    /** @type {Record<string, string>} */
    const metadata = {
      filename: this.name,
      folder: this.base.replace(/(.)\/$/, '$1'),
      source: relative,
      filetype: this.file.type || 'application/octet-stream',
      modified: String(this.file.lastModified),
    };
    if (relative.includes('/')) metadata.relativePath = relative;
    if (this.replaces) metadata.ifMatch = this.replaces;
    return metadata;
  }

  /** @private */
  made() {
    return new Upload(this.file, {
      endpoint: '/uploads',
      uploadUrl: this.resumeAt,
      metadata: this.metadata(),
      headers: OWN,
      chunkSize: PART,
      retryDelays: null,
      httpStack: new CheckedStack(),
      storeFingerprintForResuming: true,
      removeFingerprintOnSuccess: true,
      fingerprint: async () => ['wherry', this.account, this.path, this.size, this.file.lastModified].join(':'),
      onProgress: sent => this.progress(sent),
      onChunkComplete: (_, accepted) => {
        this.accepted = accepted;
        this.attempts = 0;
      },
      onSuccess: ({ lastResponse }) => this.finish(lastResponse.getHeader('Repr-Digest')),
      onError: error => this.fail(error),
    });
  }

  /** @private @param {number} sent */
  progress(sent) {
    if (sent !== this.sent) this.movedAt = performance.now();
    this.sent = sent;
    this.meter.note(sent);
    this.tell('progress');
  }

  /** @private @param {string | undefined} digest as RFC 9530 writes it */
  finish(digest) {
    const match = /sha-256=:([^:]+):/.exec(digest ?? '');
    this.sha256 = match ? hexOf(match[1]) : undefined;
    this.sent = this.accepted = this.size;
    this.become('done');
  }

  /** @private @param {Error | DetailedError} error */
  fail(error) {
    this.failed(problemOf(error));
    noticeSession(/** @type {Problem} */ (this.problem));
  }

  /** @private @param {Problem} problem */
  failed(problem) {
    this.problem = problem;
    this.sent = this.accepted;
    if (problem.code === 'exists' || problem.code === 'changed') {
      this.existing = problem.facts;
      this.late = this.upload?.url != null;
      if (!this.late) this.upload = undefined;
      this.become('asking');
      return;
    }
    if (problem.passes || problem.code === 'session-ended' || problem.code === 'login-required') {
      this.become('lost');
    } else if (['wrong-checksum', 'wrong-offset'].includes(problem.code) && this.attempts < 5) {
      this.become('lost');
    } else {
      this.become('failed');
    }
  }

  /** Stops sending; what the server has, it keeps. @param {'paused' | 'lost' | 'queued'} state */
  stop(state) {
    this.upload?.abort();
    this.sent = this.accepted;
    this.become(state);
  }

  /** Stops, and has the server forget what it got. */
  async cancel() {
    const upload = this.upload;
    this.state = 'skipped';
    if (upload?.url) await upload.abort(true);
    else await upload?.abort();
  }

  /** @param {'replace' | 'keep' | 'skip'} decision about the file that is there already */
  decide(decision) {
    this.problem = undefined;
    if (decision === 'skip') {
      if (this.late) this.upload?.abort(true).catch(() => {});
      this.become('skipped');
      return;
    }
    if (!this.late) this.upload = undefined;
    if (decision === 'replace') this.replaces = this.existing?.etag;
    else this.path = join(folderOf(this.wanted), numbered(nameOf(this.wanted), ++this.copies));
    this.become('queued');
  }

  /** @param {State} state */
  become(state) {
    this.state = state;
    this.tell('state');
  }
}

/** @param {Error | DetailedError} error @returns {Problem} */
function problemOf(error) {
  if (!(error instanceof DetailedError)) return new Problem('page-failed', `The upload failed: ${error.message}`);
  const response = error.originalResponse;
  if (response && response.getStatus() !== 0) return Problem.ofAnswer(response.getStatus(), response.getBody());
  if (error.causingError instanceof DOMException) {
    return new Problem(
      'unreadable',
      'The file cannot be read any more: it was changed, moved or removed. Choose it again.',
    );
  }
  return unreachable();
}
