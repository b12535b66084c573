/** Every view by name, light, dark and narrow: axe-core finds no serious fault, nothing is cut off, and a screenshot is kept. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ADMIN, assert, ask, inBrowser, isThere, logIn, newPage, server, shot, tell } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Name of a look, and what a browser is told to be for it. */
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', locale: 'en-US', viewport: { width: 360, height: 740 } },
};

const heading = name => page => page.getByRole('heading', { name, level: 1 }).waitFor();

/** Name of a view, where it is, and when it is there. @type {[string, string, (page: any) => Promise<any>][]} */
const VIEWS = [
  ['files with data', '#/files/view/', page => isThere(page, 'letter.txt')],
  ['files chosen', '#/files/view/', async page => {
    await page.getByLabel('Choose letter.txt').check();
    await page.getByRole('toolbar', { name: 'With what is chosen' }).waitFor();
  }],
  ['files unfinished', '#/files/view/', async page => {
    const line = page.getByRole('button', { name: /^3 unfinished uploads.* 1 for this folder$/ });
    assert.equal(await line.getAttribute('aria-expanded'), 'false', 'of more than a few a line tells');
    await line.click();
    await page.getByText('tide.bin', { exact: true }).waitFor();
  }],
  ['files empty', '#/files/empty/', page => page.getByText('Nothing here yet').waitFor()],
  ['preview', '#/files/view/letter.txt', page => page.locator('pre', { hasText: 'Dear' }).waitFor()],
  ['error', '#/files/nowhere/', page => page.getByRole('alert').first().waitFor()],
  ['dialog', '#/files/view/', async page => {
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByRole('dialog').waitFor();
  }],
  ['live', '#/live/', page => page.getByText('Server started').waitFor()],
  ['history', '#/history/', page => page.getByRole('link', { name: '/view/letter.txt' }).first().waitFor()],
  ['settings', '#/settings/', heading('Settings')],
  ['tokens', '#/settings/tokens/', heading('Settings')],
  ['users', '#/settings/users/', page => page.getByText('administrator').first().waitFor()],
  ['quotas', '#/settings/quotas/', heading('Settings')],
];

await inBrowser(async browser => {
  const faults = [];
  for (const [look, options] of Object.entries(LOOKS)) {
    const { page, context } = await newPage(browser, { bypassCSP: true, ...options });
    await context.addInitScript(noteWords);
    await page.goto(server);
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    faults.push(...(await lookAt(page, 'log in', look)));
    await page.getByLabel('Name').fill('admin');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    faults.push(...(await lookAt(page, 'log in refused', look)));
    await logIn(page, ...ADMIN);
    await page.getByRole('button', { name: 'New folder' }).waitFor();
    if (look === 'light') await fill(page);
    for (const [name, place, isThere] of VIEWS) {
      await page.goto('about:blank');
      await page.goto(`${server}/${place}`);
      await isThere(page);
      faults.push(...(await lookAt(page, name, look)));
    }
    tell({ look });
    await control(page);
    await context.close();
  }
  assert.deepEqual(faults, []);
});

async function fill(page) {
  await ask(page, 'POST', '/files/empty/?mkdir');
  for (const name of ['letter.txt', 'a name that is rather long, as people’s names of files are, and goes on and on and on.txt', 'boat.png']) {
    await page.evaluate(path => fetch(path, { method: 'PUT', headers: { 'X-Wherry': 'page' }, body: 'Dear all,\n'.repeat(99) }),
      `/files/view/${encodeURIComponent(name)}?parents=true`);
  }
  for (const [folder, name] of [['/view', 'tide.bin'], ['/', 'sand.bin'], ['/', 'rope.bin']]) {
    await page.evaluate(metadata => fetch('/uploads', {
      method: 'POST',
      headers: { 'X-Wherry': 'page', 'Tus-Resumable': '1.0.0', 'Upload-Length': '12345678', 'Upload-Metadata': metadata },
    }), `folder ${btoa(folder)},filename ${btoa(name)}`);
  }
  await ask(page, 'POST', '/users', { name: 'nora', rights: ['/view:list,read'] });
  await ask(page, 'POST', '/account/tokens', { name: 'backup' });
  await ask(page, 'PUT', '/quotas/view', { bytes: 1 << 30 });
}

/** Runs in the page: keeps where words of a plot were last drawn, which no element tells. */
function noteWords() {
  const drawn = (window.drawn = new Map());
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const half = this.measureText(text).width / 2;
    if (/ago|now/.test(text)) drawn.set(text, { text, left: x - half, right: x + half });
    return fillText.call(this, text, x, y, ...more);
  };
}

/** Runs in the page: what is cut off, in each other's way, or not at the edge that it belongs to. */
function misplaced() {
  const said = [];
  for (const cell of document.querySelectorAll('.row:not(.refused) :is(.size, .modified)')) {
    if (cell.scrollWidth > cell.clientWidth) said.push(`cut: ${cell.textContent}`);
  }
  const close = document.querySelector('.preview [aria-label=Close]')?.getBoundingClientRect();
  const { right } = document.querySelector('.preview')?.getBoundingClientRect() ?? {};
  if (close && right - close.right > 24) said.push('the preview is closed in its middle');
  const words = [...window.drawn.values()].sort((a, b) => a.left - b.left);
  words.forEach((word, at) => at > 0 && word.left < words[at - 1].right && said.push(`${words[at - 1].text}${word.text}`));
  if (document.querySelector('w-plot') && words.length < 2) said.push('the plot has no times');
  return said;
}

/** What is seriously wrong here, each with where and why. */
async function lookAt(page, name, look) {
  await shot(page, `${name.replaceAll(' ', '-')}-${look}`);
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ content: AXE });
  const { violations } = await page.evaluate(() => window.axe.run());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...violations
      .filter(violation => ['serious', 'critical'].includes(violation.impact))
      .map(({ id, nodes }) => `${name}, ${look}: ${id}: ${nodes.map(node => `${node.target} ${node.failureSummary}`).join(' | ')}`),
    ...(await page.evaluate(misplaced)).map(what => `${name}, ${look}: ${what}`),
    ...(wide > 0 ? [`${name}, ${look}: wider than the window by ${wide}`] : []),
  ];
}

/** What axe-core has to find, if it looks at all. */
async function control(page) {
  await page.evaluate(() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/favicon.svg"><button></button>'));
  const { violations } = await page.evaluate(() => window.axe.run());
  const ids = violations.map(violation => violation.id);
  assert.ok(ids.includes('image-alt') && ids.includes('button-name'), `axe-core does not look: ${ids}`);
}
