/** What hands do: a folder dropped from the desktop; a name that is taken while a file is on its way; looking at a PDF, hearing a sound. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, ask, assert, choose, inBrowser, isThere, logIn, newPage, row, server, shot, step, turn, upload, work, write } from './browser.mjs';

await inBrowser(async browser => {
  await comingIn(browser);
  const { page, errors } = await newPage(browser);
  await logIn(page, ...ADMIN);
  await page.getByText('Nothing here yet').waitFor();
  await dropping(page);
  await clashing(page);
  await lookingAndListening(page);
  await beingLoggedIn(page);
  await nothingStaysCovered(page);
  assert.deepEqual(errors, []);
});

/** That nobody is logged in yet is no error. */
async function comingIn(browser) {
  const { context, page } = await newPage(browser);
  const said = [];
  page.on('console', message => message.type() === 'error' && said.push(message.text()));
  await page.goto(server);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  assert.deepEqual(said, []);
  await context.close();
}

/** As the system's file manager hands them over: by path, so that the browser itself reads the folder. */
async function drop(page, paths) {
  const hand = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver']) await hand.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data });
  await page.getByText('Let go to upload to').waitFor();
  await shot(page, 'hands-dragging');
  await hand.send('Input.dispatchDragEvent', { type: 'drop', x: 600, y: 300, data });
}

async function dropping(page) {
  for (let i = 0; i < 120; i++) write(`voyage/many/${String(i).padStart(3, '0')}.txt`, `page ${i}`);
  write('voyage/log.txt', 'fair wind');
  mkdirSync(join(work, 'voyage/empty'), { recursive: true });
  const alone = write('alone.txt', 'a file beside it');
  await drop(page, [join(work, 'voyage'), alone]);
  await page.locator('.tray .count', { hasText: '122 of 122' }).waitFor();
  await isThere(page, 'voyage');
  await isThere(page, 'alone.txt');
  assert.equal(await ask(page, 'GET', '/files/voyage/many/119.txt'), 'page 119');
  assert.equal((await ask(page, 'GET', '/files/voyage/empty?stat')).kind, 'folder');
  assert.equal(await page.getByText('Let go to upload to').count(), 0);
  await page.getByRole('button', { name: 'Clear finished' }).click();
  step('dropped');
}

async function clashing(page) {
  const bytes = Buffer.alloc(9 << 20, 'mine');
  const dialog = page.getByRole('dialog', { name: 'is there already' });
  for (const decision of ['Keep both', 'Replace', 'Discard mine']) {
    const name = `${decision}.bin`;
    let parts = 0;
    await page.route('**/uploads/*', async route => {
      if (route.request().method() === 'PATCH' && ++parts === 2) await turn({ turn: 'take', name });
      await route.continue();
    });
    await choose(page, 'Choose files', [write(name, bytes)]);
    await dialog.waitFor();
    await shot(page, 'hands-late-clash');
    await dialog.getByRole('button', { name: decision }).click();
    await page.unroute('**/uploads/*');
    if (decision === 'Discard mine') await page.locator('.tray li.skipped').waitFor();
    else await upload(page, decision).and(page.locator('.done')).waitFor();
  }
  const size = async name => (await ask(page, 'GET', `/files/${encodeURIComponent(name)}?stat`)).size;
  assert.equal(await size('Keep both.bin'), 6);
  assert.equal(await size('Keep both (2).bin'), bytes.length);
  assert.equal(await size('Replace.bin'), bytes.length);
  assert.equal(await size('Discard mine.bin'), 6);
  const waiting = async () => (await ask(page, 'GET', '/uploads')).items.length;
  for (let i = 0; i < 50 && (await waiting()) > 0; i++) await page.waitForTimeout(100);
  assert.equal(await waiting(), 0, 'nothing is left behind');
  await page.getByRole('button', { name: 'Clear finished' }).click();
  step('clashes resolved');
}

/** One page with a line of text, as small as a PDF can be. */
function pdf() {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    '<< /Length 44 >>\nstream\nBT /F 24 Tf 40 100 Td (Ahoy from Wherry) Tj ET\nendstream',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
  return `${text}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
}

/** A second of a tone: 8 bits, 8 kHz, one channel. */
function wav() {
  const samples = Buffer.from(Array.from({ length: 8000 }, (_, at) => 128 + Math.round(90 * Math.sin(at / 3))));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

async function open(page, name) {
  await row(page, name).getByRole('link', { name, exact: true }).click();
}

async function lookingAndListening(page) {
  await choose(page, 'Choose files', [write('chart.pdf', pdf()), write('horn.wav', wav())]);
  await isThere(page, 'horn.wav');
  await open(page, 'horn.wav');
  const sound = page.getByRole('dialog', { name: 'horn.wav' }).locator('audio');
  const heard = await sound.evaluate(async audio => {
    audio.muted = true;
    await audio.play();
    await new Promise(moved => (audio.ontimeupdate = () => audio.currentTime > 0.2 && moved()));
    return audio.duration;
  });
  assert.ok(Math.abs(heard - 1) < 0.1, `a second long: ${heard}`);
  await shot(page, 'hands-sound');
  await page.keyboard.press('Escape');
  await sound.waitFor({ state: 'detached' });

  // By the tray the same, whether its folder is open or another view.
  for (const view of ['files', 'history']) {
    await page.goto(`${server}/#/${view}/`);
    await upload(page, 'horn.wav').getByRole('link', { name: 'horn.wav' }).click();
    await sound.waitFor();
    await page.keyboard.press('Escape');
    await sound.waitFor({ state: 'detached' });
    await page.locator('.bar a[aria-current][href="#/files/"]').waitFor();
  }

  await isThere(page, 'chart.pdf');
  await open(page, 'chart.pdf');
  const opened = page.context().waitForEvent('page');
  const answered = page.context().waitForEvent('response', answer => answer.url().includes('chart.pdf'));
  await page.getByRole('dialog', { name: 'chart.pdf' }).getByRole('link', { name: 'Open it' }).click();
  const answer = await answered;
  assert.equal(answer.status(), 200);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  const tab = await opened;
  await tab.waitForTimeout(1500);
  await shot(tab, 'hands-pdf');
  await tab.close();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  // It is gone when the browser has gone back; who went elsewhere before that would be led back too.
  await page.getByRole('dialog', { name: 'chart.pdf' }).waitFor({ state: 'detached' });
  step('looked and listened');
}

async function beingLoggedIn(page) {
  await page.goto(`${server}/#/settings/`);
  const own = page.locator('w-sessions li', { hasText: 'This browser' });
  await own.locator('code', { hasText: /^(127\.0\.0\.1|::1)$/ }).waitFor();
  assert.ok((await page.locator('w-sessions li').count()) <= 5, 'the others are shown on request');
  assert.match((await own.locator('b').getAttribute('title')) ?? '', /Chrom/);
  await shot(page, 'hands-sessions');
  step('where one is logged in');
}

/** Whatever a view ends with can be scrolled out from under the tray; Live, which shows the transfers itself, has only its head. */
async function nothingStaysCovered(page) {
  await page.goto(`${server}/#/files/`);
  await choose(page, 'Choose files', ['a', 'b', 'c', 'd'].map(name => write(`covering/${name}.bin`, Buffer.alloc(1000, name))));
  await page.locator('.tray .count', { hasText: '6 of 6' }).waitFor();
  const tray = page.getByRole('region', { name: 'Uploads', exact: true });
  const title = tray.getByRole('button', { name: /^Uploads/ });
  const views = ['files', 'live', 'history', 'settings'];
  for (const [view, width] of [...views.map(view => [view, 1200]), ...views.map(view => [view, 360])]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${server}/#/${view}/`);
    await page.locator(`.bar a[aria-current][href="#/${view}/"]`).waitFor();
    assert.equal(await title.getAttribute('aria-expanded'), String(view !== 'live'), view);
    const room = () => page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      const end = Math.max(...Array.from(document.querySelectorAll('main > * > *'), one => one.getBoundingClientRect().bottom));
      return document.querySelector('.tray').getBoundingClientRect().top - end;
    });
    for (let i = 0; i < 50 && (await room()) < 0; i++) await page.waitForTimeout(100);
    assert.ok((await room()) >= 0, `${view}, ${width} wide: the tray covers its end`);
    await shot(page, `hands-covered-${view}-${width}`);
  }
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.goto(`${server}/#/live/`);
  await title.click();
  await page.locator('.tray li').first().waitFor();
  await page.goto(`${server}/#/files/`);
  await title.click();
  const covered = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--covered'));
  const shut = await covered();
  await tray.getByRole('button', { name: 'Clear finished' }).click();
  await tray.waitFor({ state: 'detached' });
  assert.equal(await covered(), '0px', `no room is kept for what is not there; it was ${shut}`);
  step('nothing stays covered');
}
