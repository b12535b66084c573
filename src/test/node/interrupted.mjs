/**
 * One upload that is interrupted in every way that happens: the server stops, the link goes, the page is reloaded.
 *
 * Arguments: as always, and the size in MiB.
 */
import { ADMIN, assert, choose, inBrowser, logIn, newPage, server, shot, turn, upload } from './browser.mjs';
import { make, size, slow, until, whole } from './large.mjs';

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
  await foundInEveryFolder(page, unfinished);
  const sent = [];
  page.on('request', request => request.method() === 'PATCH' && sent.push(Number(request.headers()['upload-offset'])));
  await page.getByLabel('Choose the file to go on with reloaded.bin').setInputFiles(reloaded.file);
  await whole(page, reloaded);
  assert.ok(sent[0] > size / 4, `what was there is not sent again, but it began at ${sent[0]}`);
  await turn({ turn: 'compare', digests: Object.fromEntries([stopped, offline, reloaded].map(one => [one.name, one.sha256])) });
  assert.deepEqual(errors, []);
});

/** One line in other folders, opened by who wants it; here, where it belongs, it is open. What was cut is nobody else's. */
async function foundInEveryFolder(page, unfinished) {
  const file = unfinished.getByText('reloaded.bin', { exact: true });
  const line = unfinished.getByRole('button', { name: /^1 unfinished upload .+ of .+ here$/ });
  assert.equal(await unfinished.getByText('elsewhere').count(), 1, 'only the sentence above the list');
  await page.goto(`${server}/#/files/nowhere/`);
  await page.getByRole('alert').first().waitFor();
  await file.waitFor({ state: 'hidden' });
  assert.equal(await line.getAttribute('aria-expanded'), 'false');
  await shot(page, 'interrupted-elsewhere');
  await line.focus();
  await page.keyboard.press('Enter');
  await file.waitFor();
  assert.equal(await line.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Space');
  await file.waitFor({ state: 'hidden' });
  await page.goto(`${server}/#/files/`);
  await file.waitFor({ state: 'hidden' });
  await line.click();
  await file.waitFor();
}
