/** Asks the server, and turns what went wrong into a {@link Problem}: the one kind of error that views show. */

/** What the server (or the way to it) has against a request, in words for the person who asked. */
export class Problem extends Error {
  /**
   * @param {string} code as every door of the server names it, or `unreachable`
   * @param {string} message what happened, to what, and what to do next
   * @param {Record<string, any>} [facts] whatever else the server told
   */
  constructor(code, message, facts = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }

  /** Whether the same may go well later, without anybody changing anything. */
  get passes() {
    return ['unreachable', 'unavailable', 'busy', 'too-many', 'too-slow', 'stopped', 'login-too-fast'].includes(
      this.code,
    );
  }

  /**
   * @param {unknown} error whatever was thrown
   * @returns {Problem}
   */
  static of(error) {
    return error instanceof Problem
      ? error
      : new Problem('page-failed', `The page failed: ${error}. Reload it and try again.`);
  }

  /**
   * @param {number} status
   * @param {string} body a problem document (RFC 9457), if all is as it should be
   * @returns {Problem}
   */
  static ofAnswer(status, body) {
    try {
      const { code, detail, ...facts } = JSON.parse(body);
      if (code && detail) return new Problem(code, sentence(detail), facts);
    } catch {
      // Something between the server and here answered instead.
    }
    return status >= 500
      ? new Problem('unavailable', `The server does not answer as it should (${status}). Try again in a moment.`)
      : new Problem('refused', `The request was refused (${status}). Reload the page and try again.`);
  }
}

export const unreachable = () =>
  new Problem('unreachable', 'The server cannot be reached. Check the connection, then try again.');

/** @param {string} text */
function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** Tells the frame of the page that nobody is logged in any more. */
export const SESSION_ENDED = 'wherry-session-ended';

/** @param {Problem} problem */
export function noticeSession(problem) {
  if (['login-required', 'session-ended', 'password-change-required'].includes(problem.code)) {
    dispatchEvent(new CustomEvent(SESSION_ENDED, { detail: problem }));
  }
  return problem;
}

/** Every request that changes something says that the page sent it, so that no other site can do so in its name. */
export const OWN = { 'X-Wherry': 'page' };

/**
 * @param {string} method
 * @param {string} path with its query
 * @param {{ json?: unknown, signal?: AbortSignal, headers?: Record<string, string>, quiet?: boolean }} [options] `quiet`: that nobody
 *     is logged in is no news
 * @returns {Promise<Response>} whose status is one of success
 */
export async function send(method, path, { json, signal, headers, quiet = false } = {}) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: {
        ...(method === 'GET' ? {} : OWN),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  if (response.ok) return response;
  const problem = Problem.ofAnswer(response.status, await response.text().catch(() => ''));
  if (!quiet) noticeSession(problem);
  throw problem;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [json]
 * @returns {Promise<any>} the answer's object
 */
export async function ask(method, path, json) {
  const response = await send(method, path, { json });
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}

/** @param {string} path @returns {Promise<any[]>} */
export const items = async path => (await ask('GET', path)).items;

/**
 * Reads newline-delimited JSON as it comes, so that a folder of a hundred thousand entries shows its first at once.
 *
 * @param {string} path
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<any[]>} batches of objects
 */
export async function* batches(path, signal) {
  const response = await send('GET', path, { signal, headers: { Accept: 'application/x-ndjson' } });
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch(error => {
      throw signal.aborted ? error : unreachable();
    });
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : /** @type {string} */ (lines.pop());
    const batch = lines.filter(line => line !== '').map(line => JSON.parse(line));
    if (batch.length > 0) yield batch;
    if (done) return;
  }
}
