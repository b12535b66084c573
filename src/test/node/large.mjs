/** A large file on its way, slow enough to be interrupted. The last argument of the script is its size in MiB. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENCE, assert, upload, work } from './browser.mjs';

export const MEBIBYTE = 1 << 20;
export const size = Number(process.argv[5]) * MEBIBYTE;
/** Slow enough that there is a middle to interrupt, and not slower: bytes a second. */
const RATE = 24 * MEBIBYTE;

export function make(name) {
  const file = join(work, name);
  const digest = createHash('sha256');
  const out = openSync(file, 'w');
  for (let written = 0; written < size; written += MEBIBYTE) {
    const piece = randomBytes(MEBIBYTE);
    digest.update(piece);
    writeSync(out, piece);
  }
  closeSync(out);
  return { name, file, sha256: digest.digest('hex') };
}

/** Chromium's own brake, so that no part of the page knows of it. */
export async function slow(context, page) {
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: RATE });
}

const arrived = (page, name) => upload(page, name).locator('progress').evaluate(bar => bar.value).catch(() => 100);

/** Waits until so many of a hundred have gone. */
export async function until(page, name, percent) {
  const end = Date.now() + PATIENCE;
  while ((await arrived(page, name)) < percent) {
    if (Date.now() > end) throw new Error(`${name} does not reach ${percent} %`);
    await new Promise(next => setTimeout(next, 50));
  }
  assert.ok((await arrived(page, name)) < 100, `${name} was whole before it could be interrupted`);
}

/** @returns {Promise<void>} once the page says that it is whole, with the right digest */
export const whole = (page, { name, sha256 }) => upload(page, name).filter({ hasText: sha256 }).waitFor({ timeout: 3 * PATIENCE });
