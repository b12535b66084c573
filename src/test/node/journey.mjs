/** What somebody does who has only a browser, from the first login on. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, ask, assert, choose, inBrowser, isGone, isThere, logIn, newPage, row, server, shot, step, upload, work, write } from './browser.mjs';

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const content = name => Buffer.from(`${name}: été, 東京\n`.repeat(2000));

await inBrowser(async browser => {
  const { page, errors } = await newPage(browser);
  await logIn(page, ...ADMIN);
  await page.getByText('Nothing here yet').waitFor();
  const made = await ask(page, 'POST', '/users', { name: 'nora', rights: ['/:list,read,write,delete'] });
  const nora = await newPage(browser);
  await firstLogin(nora.page, made.oneTimePassword);
  await uploads(nora.page);
  await looking(nora.page);
  await changing(nora.page);
  await archives(nora.page);
  await views(page);
  assert.deepEqual([...errors, ...nora.errors], []);
});

async function firstLogin(page, oneTime) {
  await logIn(page, 'nora', 'not that one');
  await page.getByRole('alert').waitFor();
  await shot(page, 'journey-wrong-password');
  await page.getByLabel('Password').fill(oneTime);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Choose your password').waitFor();
  await page.getByLabel('New password', { exact: true }).fill('a few good words');
  await page.getByLabel('New password, again').fill('other good words');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByText('not the same').waitFor();
  await page.getByLabel('New password, again').fill('a few good words');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByText('Nothing here yet').waitFor();
  await page.reload();
  await page.getByText('Nothing here yet').waitFor();
  step('logged in');
}

/** A picture and a film, made here. @param {import('playwright-core').Page} page */
function media(page) {
  return page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const paint = canvas.getContext('2d');
    paint.fillStyle = 'teal';
    paint.fillRect(0, 0, 160, 90);
    const bytesOf = async blob => Array.from(new Uint8Array(await blob.arrayBuffer()));
    const picture = await bytesOf(await new Promise(taken => canvas.toBlob(taken, 'image/png')));
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const pieces = [];
    recorder.ondataavailable = event => pieces.push(event.data);
    const stopped = new Promise(done => (recorder.onstop = done));
    recorder.start();
    for (let at = 0; at < 20; at++) {
      paint.fillStyle = at % 2 ? 'navy' : 'teal';
      paint.fillRect(at * 8, 0, 8, 90);
      await new Promise(next => setTimeout(next, 50));
    }
    recorder.stop();
    await stopped;
    return { picture, film: await bytesOf(new Blob(pieces)) };
  });
}

async function uploads(page) {
  const { picture, film } = await media(page);
  const files = [
    write('boat.png', Buffer.from(picture)),
    write('boat.webm', Buffer.from(film)),
    write('letter.txt', content('letter')),
    write('<b>été & "1".txt', content('markup')),
    write('empty.bin', Buffer.alloc(0)),
  ];
  await choose(page, 'Choose files', files);
  for (const name of ['boat.png', 'boat.webm', 'letter.txt', '<b>été & "1".txt', 'empty.bin']) await isThere(page, name);
  await page.locator('.tray .count', { hasText: '5 of 5' }).waitFor();
  const said = await upload(page, 'letter.txt').locator('code').textContent();
  assert.equal(said, sha256(content('letter')), 'the page shows the digest of what was stored');
  await shot(page, 'journey-uploaded');
  step('files uploaded');

  write('holiday/day 1/sea.txt', content('sea'));
  write('holiday/sand.txt', content('sand'));
  await choose(page, 'Choose a folder', join(work, 'holiday'));
  await isThere(page, 'holiday');
  await page.getByRole('link', { name: 'holiday', exact: true }).click();
  await isThere(page, 'sand.txt');
  await page.getByRole('link', { name: 'day 1', exact: true }).click();
  await isThere(page, 'sea.txt');
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'All files' }).click();
  await isThere(page, 'letter.txt');
  step('folder uploaded');

  await page.getByRole('button', { name: 'Clear finished' }).click();
  write('letter.txt', content('another letter'));
  await choose(page, 'Choose files', [join(work, 'letter.txt')]);
  const dialog = page.getByRole('dialog', { name: 'is there already' });
  await dialog.waitFor();
  await shot(page, 'journey-conflict');
  await dialog.getByRole('button', { name: 'Keep both' }).click();
  await isThere(page, 'letter (2).txt');
  await choose(page, 'Choose files', [join(work, 'letter.txt')]);
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await upload(page, 'letter.txt').filter({ hasText: sha256(content('another letter')) }).first().waitFor();
  await page.locator('.tray .count', { hasText: '2 of 2' }).waitFor();
  assert.equal(await ask(page, 'GET', '/files/letter.txt'), String(content('another letter')));
  await choose(page, 'Choose files', [join(work, 'letter.txt')]);
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await page.locator('.tray li.skipped').waitFor();
  step('existing names asked about');
}

async function looking(page) {
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('BOAT');
  await isGone(page, 'letter.txt');
  assert.equal(await page.locator('.rows .row').count(), 2);
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('nothing of the kind');
  await page.getByText('No name has').waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('link', { name: 'boat.png', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'boat.png' });
  const width = await preview.locator('img').evaluate(async picture => {
    await picture.decode();
    return picture.naturalWidth;
  });
  assert.equal(width, 160);
  await shot(page, 'journey-picture');
  await page.keyboard.press('ArrowRight');
  const film = page.getByRole('dialog', { name: 'boat.webm' }).locator('video');
  await film.evaluate(async video => {
    video.muted = true;
    await video.play();
    await new Promise(moved => (video.ontimeupdate = () => video.currentTime > 0.2 && moved()));
  });
  await shot(page, 'journey-film');
  await page.keyboard.press('Escape');
  await film.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: '<b>été & "1".txt', exact: true }).click();
  await page.locator('pre', { hasText: '東京' }).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  step('looked at');
}

async function changing(page) {
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('letters');
  await page.getByRole('button', { name: 'Make it' }).click();
  await isThere(page, 'letters');

  await page.getByLabel('Choose letter (2).txt').check();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('New name').fill('sea.txt');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await isThere(page, 'sea.txt');

  await page.getByLabel('Choose sea.txt').check();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'letters' }).click();
  await page.getByText('To /letters/').waitFor();
  await page.getByRole('button', { name: 'Move here' }).click();
  await isGone(page, 'sea.txt');
  await page.goto(`${server}/#/files/letters/`);
  await isThere(page, 'sea.txt');
  await page.goto(`${server}/#/files/`);
  step('renamed and moved');

  await page.getByLabel('Choose empty.bin').check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await isGone(page, 'empty.bin');
  await shot(page, 'journey-undo');
  await page.getByRole('button', { name: 'Undo' }).click();
  await isThere(page, 'empty.bin');
  await ask(page, 'GET', '/files/empty.bin?stat');
  await page.getByLabel('Choose empty.bin').check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Deleted: “empty.bin”.', { exact: true }).waitFor();
  await isGone(page, 'empty.bin');
  await assert.rejects(ask(page, 'GET', '/files/empty.bin?stat'), /404/);
  step('deleted');
}

async function archives(page) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Zip of all' }).click();
  const zip = join(work, 'all.zip');
  await (await download).saveAs(zip);
  const bytes = readFileSync(zip);
  assert.equal(bytes.readUInt32LE(0), 0x04034b50);
  for (const name of ['letters/sea.txt', 'holiday/day 1/sea.txt', 'boat.png']) assert.ok(bytes.includes(Buffer.from(name)), name);
  const one = page.waitForEvent('download');
  await row(page, 'letter.txt').getByRole('link', { name: 'Download letter.txt' }).click();
  await (await one).saveAs(join(work, 'fetched.txt'));
  assert.deepEqual(readFileSync(join(work, 'fetched.txt')), content('another letter'));
  step('downloaded');
}

async function views(page) {
  await page.goto(`${server}/#/history/`);
  await page.getByRole('link', { name: '/holiday/day 1/sea.txt' }).first().waitFor();
  await page.goto(`${server}/#/live/`);
  await page.getByText('Running transfers').first().waitFor();
  await page.goto(`${server}/#/settings/users/`);
  await page.getByText('nora', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  step('other views');
}
