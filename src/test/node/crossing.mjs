/**
 * Uploads that cross between this browser and a terminal: one is begun here, continued there and finished here; the other
 * begun there, continued here and finished there.
 *
 * Arguments: as always, and the size in MiB.
 */
import { ADMIN, assert, choose, inBrowser, logIn, newPage, server, turn } from './browser.mjs';
import { make, slow, until, whole } from './large.mjs';

await inBrowser(async browser => {
  const { context, page, errors } = await newPage(browser);
  await logIn(page, ...ADMIN);
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  await slow(context, page);

  const here = make('begun here.bin');
  await choose(page, 'Choose files', [here.file]);
  await until(page, here.name, 40);
  await page.goto('about:blank');
  await turn({ turn: 'continue', ...here });
  await page.goBack();
  await page.getByLabel(`Choose the file to go on with ${here.name}`).setInputFiles(here.file);
  await whole(page, here);

  const there = make('begun there.bin');
  await turn({ turn: 'begin', ...there });
  await page.reload();
  await page.getByLabel(`Choose the file to go on with ${there.name}`).setInputFiles(there.file);
  await until(page, there.name, 60);
  await page.goto('about:blank');
  await turn({ turn: 'finish', ...there });
  await page.goBack();
  await page.getByRole('link', { name: there.name, exact: true }).waitFor();
  await page.goto(`${server}/#/history/`);
  await page.locator('tr', { hasText: there.name }).filter({ hasText: /of .+ from .+ on/ }).first().waitFor();
  assert.deepEqual(errors, []);
});
