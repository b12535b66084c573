import { DefaultHttpStack } from '../../vendor/tus.js';

/** @param {ArrayBuffer | Uint8Array} bytes */
export const base64 = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)));

/** @param {string} text of base64 @returns {string} the same bytes in hexadecimal */
export const hexOf = text => [...atob(text)].map(char => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/**
 * Sends requests as tus-js-client does, and with each part of a file the SHA-256 of just that part (tus' checksum
 * extension): a part that was damaged on the way does not count, and is sent again.
 */
export class CheckedStack {
  constructor() {
    this.inner = new DefaultHttpStack();
  }

  getName() {
    return 'CheckedStack';
  }

  /** @param {string} method @param {string} url */
  createRequest(method, url) {
    const request = this.inner.createRequest(method, url);
    const send = request.send.bind(request);
    const abort = request.abort.bind(request);
    let aborted = false;
    request.abort = () => {
      aborted = true;
      return abort();
    };
    request.send = async body => {
      // Browsers give WebCrypto to secure pages only; behind a proxy without TLS, TCP's own checksum has to do.
      if (method === 'PATCH' && body instanceof Blob && body.size > 0 && crypto.subtle) {
        const digest = await crypto.subtle.digest('SHA-256', await body.arrayBuffer());
        // Whoever aborted does not wait for an answer, and must not get an error.
        if (aborted) return new Promise(() => {});
        request.setHeader('Upload-Checksum', `sha256 ${base64(digest)}`);
      }
      return send(body);
    };
    return request;
  }
}
