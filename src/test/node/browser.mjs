/** Debian's Chromium, driven by Playwright: what every test of the page begins with. */
import assert from 'node:assert/strict';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export { assert };

/** The server's address, and where files and screenshots of this test go. */
export const [server, work, shots] = process.argv.slice(2);
export const PATIENCE = 60_000;

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** @param {string} name @returns {string} where that program is */
function found(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not there.
    }
  }
  throw new Error(`no ${name} in PATH`);
}

export const tell = said => console.log(JSON.stringify(said));

/** Tells the test that this much of it is done. @param {string} name */
export const step = name => tell({ step: name });

/**
 * Makes a file to be given to the page, and the folders that it is in.
 *
 * @param {string} name
 * @param {string | Uint8Array} bytes
 * @returns {string} where it is
 */
export function write(name, bytes) {
  const file = join(work, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Tells the test how far this is, and waits until it has done its part. */
export async function turn(said) {
  tell(said);
  const { value, done } = await lines.next();
  if (done) throw new Error('nobody is there any more');
  return JSON.parse(value);
}

/**
 * Runs a test in a browser, and ends the process: well, or with what went wrong and how the page looked then.
 *
 * @param {(browser: import('playwright-core').Browser) => Promise<void>} test
 */
export async function inBrowser(test) {
  mkdirSync(shots, { recursive: true });
  const browser = await chromium.launch({ executablePath: found('chromium'), headless: true, args: FLAGS });
  try {
    await test(browser);
    tell({ done: true });
  } catch (error) {
    console.error(error);
    for (const context of browser.contexts()) {
      for (const page of context.pages()) {
        await page.screenshot({ path: join(shots, `failed-${Date.now()}.png`) }).catch(() => {});
      }
    }
    process.exitCode = 1;
  }
  await browser.close();
  process.exit();
}

/**
 * A page in a profile of its own. Whatever it says on its console as an error, and every request that leaves the server,
 * is kept in `errors`.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
    locale: 'en-GB',
    viewport: { width: 1200, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('request', request => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server)) errors.push(`left for ${request.url()}`);
  });
  page.on('console', message => {
    if (/Content.Security.Policy/i.test(message.text())) errors.push(message.text());
  });
  return { context, page, errors };
}

/** @param {import('playwright-core').Page} page */
export async function logIn(page, user, password, view = '') {
  await page.goto(`${server}/${view}`);
  await page.getByLabel('Name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

export const ADMIN = ['admin', process.env.WHERRY_ADMIN_PASSWORD];

/** Asks the server as the page does, with its cookie. */
export const ask = (page, method, path, json) => page.evaluate(async ([method, path, json]) => {
  const answer = await fetch(path, {
    method,
    headers: { 'X-Wherry': 'page', ...(json ? { 'Content-Type': 'application/json' } : {}) },
    body: json && JSON.stringify(json),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text.startsWith('{') && !text.includes('\n{') ? JSON.parse(text) : text;
}, [method, path, json]);

export const row = (page, name) => page.locator('.row', { has: page.getByRole('link', { name, exact: true }) });

/** What the tray says of that file. */
export const upload = (page, name) => page.locator('.tray li.upload', { hasText: name });

export const isThere = (page, name) => row(page, name).waitFor();
export const isGone = (page, name) => row(page, name).waitFor({ state: 'detached' });

/** Gives files to the page by the chooser that this button opens. */
export async function choose(page, button, files) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(files);
}

export const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) });
