/**
 * One upload that is interrupted in every way that happens: the server stops, the link goes, the page is reloaded.
 *
 * Arguments: as always, and the size in MiB.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, PATIENCE, assert, choose, inBrowser, logIn, newPage, server, shot, turn, upload, work } from './browser.mjs';

const MEBIBYTE = 1 << 20;
const size = Number(process.argv[5]) * MEBIBYTE;
/** Slow enough that there is a middle to interrupt, and not slower: bytes a second. */
const RATE = 24 * MEBIBYTE;

function make(name) {
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
async function slow(context, page) {
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: RATE });
}

const arrived = (page, name) => upload(page, name).locator('progress').evaluate(bar => bar.value).catch(() => 100);

/** Waits until so many of a hundred have gone. */
async function until(page, name, percent) {
  const end = Date.now() + PATIENCE;
  while ((await arrived(page, name)) < percent) {
    if (Date.now() > end) throw new Error(`${name} does not reach ${percent} %`);
    await new Promise(next => setTimeout(next, 50));
  }
  assert.ok((await arrived(page, name)) < 100, `${name} was whole before it could be interrupted`);
}

/** @returns {Promise<void>} once the page says that it is whole, with the right digest */
const whole = (page, { name, sha256 }) => upload(page, name).filter({ hasText: sha256 }).waitFor({ timeout: 3 * PATIENCE });

await inBrowser(async browser => {
  const { context, page, errors } = await newPage(browser);
  await logIn(page, ...ADMIN);
  await page.getByRole('button', { name: 'Choose files' }).waitFor();

  const stopped = make('stopped.bin');
  await slow(context, page);
  await choose(page, 'Choose files', [stopped.file]);
  await until(page, stopped.name, 40);
  await turn({ turn: 'stop' });
  await upload(page, stopped.name).filter({ hasText: 'goes on by itself' }).waitFor();
  await shot(page, 'interrupted-lost');
  await turn({ turn: 'start' });
  await whole(page, stopped);

  const offline = make('offline.bin');
  await choose(page, 'Choose files', [offline.file]);
  await until(page, offline.name, 40);
  await context.setOffline(true);
  await upload(page, offline.name).filter({ hasText: 'goes on by itself' }).waitFor();
  await context.setOffline(false);
  await whole(page, offline);

  const reloaded = make('reloaded.bin');
  await slow(context, page);
  await choose(page, 'Choose files', [reloaded.file]);
  await until(page, reloaded.name, 60);
  await page.reload();
  const unfinished = page.getByRole('region', { name: 'Unfinished uploads' });
  await unfinished.getByText('reloaded.bin', { exact: true }).waitFor();
  await shot(page, 'interrupted-unfinished');
  const sent = [];
  page.on('request', request => request.method() === 'PATCH' && sent.push(Number(request.headers()['upload-offset'])));
  await page.getByLabel('Choose the file to go on with reloaded.bin').setInputFiles(reloaded.file);
  await whole(page, reloaded);
  assert.ok(sent[0] > size / 4, `what was there is not sent again, but it began at ${sent[0]}`);
  await turn({ turn: 'compare', digests: Object.fromEntries([stopped, offline, reloaded].map(one => [one.name, one.sha256])) });
  assert.deepEqual(errors, []);
});
