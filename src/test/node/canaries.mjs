/**
 * Files that strangers made to run something in whoever looks at them, opened every way that the page offers. A canary
 * that sings is heard at the nest's address, and in the page. The control is a server that gives the same files as `text/html`.
 */
import { createServer } from 'node:http';
import { ADMIN, assert, inBrowser, isThere, logIn, newPage, row, server, tell } from './browser.mjs';

const nest = createServer((request, response) => {
  heard.push(request.url);
  response.end();
});
const heard = [];
await new Promise(listening => nest.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${nest.address().port}`;

/** What runs if it can: each says its own name. @param {number} n */
const sings = n => `(window.top.sang=(window.top.sang||0)+1,new Image().src='${address}/${n}')`;
const script = n => `<script>${sings(n)}</script>`;
const markup = n => `<img src=x onerror="${sings(n)}">`;

/** Name and content, by the number of the canary. @type {((n: number) => [string, string | Buffer])[]} */
const EGGS = [
  n => ['page.html', `<!doctype html>${script(n)}`],
  n => ['page.htm', `<body onload="${sings(n)}">`],
  n => ['page.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml"><script>${sings(n)}</script></html>`],
  n => ['drawing.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="${sings(n)}"/>`],
  n => ['script.svg', `<svg xmlns="http://www.w3.org/2000/svg"><script>${sings(n)}</script></svg>`],
  n => ['foreign.svg', `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject>${markup(n)}</foreignObject></svg>`],
  n => ['data.xml', `<?xml version="1.0"?><x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>${sings(n)}</h:script></x>`],
  n => ['picture.png', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.from(script(n))])],
  n => ['picture.gif', `GIF89a/*${script(n)}*/=1`],
  n => ['picture.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(script(n))])],
  n => ['picture.webp', `RIFF\0\0\0\0WEBP${script(n)}`],
  n => ['picture.bmp', `BM${markup(n)}`],
  n => ['film.mp4', `\0\0\0\x18ftypisom${script(n)}`],
  n => ['film.webm', `\x1aE\xdf\xa3${script(n)}`],
  n => ['sound.mp3', `ID3${script(n)}`],
  n => ['text.txt', script(n)],
  n => ['notes.md', `[x](javascript:${sings(n)}) ${markup(n)}`],
  n => ['table.csv', `=cmd,${script(n)}`],
  n => ['data.json', `{"a":"${script(n).replaceAll('"', '')}"}`],
  n => ['style.css', `${script(n)}`],
  n => ['program.js', `${sings(n)}//${script(n)}`],
  n => ['paper.pdf', `%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>${script(n)}`],
  n => ['no-ending', script(n)],
  n => ['archive.zip', `PK\x03\x04${script(n)}`],
  n => [`"><img src=x onerror=top.sang=${n}>.txt`, script(n)],
  n => ['<script>top.sang=1<\u2215script>.html', script(n)],
  n => ['javascript:top.sang=1', script(n)],
  n => ["quotes'\"` and 🛶.html", script(n)],
  n => ['%3Cscript%3E.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="${sings(n)}"/>`],
  n => ['${alert(1)}{{7*7}}.txt', markup(n)],
];

await inBrowser(async browser => {
  const eggs = EGGS.map((egg, n) => egg(n));
  await control(browser, eggs);
  // As high as all of them are, for rows out of sight are not drawn.
  const { context, page, errors } = await newPage(browser, { viewport: { width: 1200, height: 2600 } });
  await logIn(page, ...ADMIN, '#/files/');
  await page.getByRole('button', { name: 'New folder' }).waitFor();
  for (const [name, content] of eggs) {
    const status = await page.evaluate(async ([path, bytes]) => (await fetch(path, {
      method: 'PUT', headers: { 'X-Wherry': 'page' }, body: new Uint8Array(bytes),
    })).status, [`/files/nest/${encodeURIComponent(name)}?parents=true&overwrite=true`, [...Buffer.from(content)]]);
    assert.ok([200, 201].includes(status), `${name}: ${status}`);
  }
  await page.goto(`${server}/#/files/nest/`);
  await isThere(page, 'page.html');
  const opened = { previewed: 0, addressed: 0, framed: 0 };
  for (const [name] of eggs) {
    await page.goto(`${server}/#/files/nest/${encodeURIComponent(name)}`);
    await page.locator('dialog .stage > *:not(.quiet)').first().waitFor();
    opened.previewed++;
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await row(page, name).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await row(page, name).getByRole('checkbox').uncheck();
    await navigates(context, `/files/nest/${encodeURIComponent(name)}`);
    await navigates(context, `/files/nest/${encodeURIComponent(name)}?download`);
    opened.addressed += 2;
    opened.framed += await frames(page, `/files/nest/${encodeURIComponent(name)}`);
  }
  await page.goto(`${server}/#/history/`);
  await page.getByText('{{7*7}}').first().waitFor();
  await page.goto(`${server}/#/live/`);
  await page.getByRole('heading', { name: 'Live' }).waitFor();
  assert.equal(await page.evaluate(() => window.sang), undefined);
  assert.deepEqual(heard, [], 'a canary sang');
  assert.deepEqual(errors.filter(error => !error.includes('Content Security Policy')), []);
  tell({ opened, kinds: new Set(eggs.map(([name]) => name)).size });
  nest.close();
});

/** The same files from a server that calls all of them a page: most of them have to sing, or the test hears nothing. */
async function control(browser, eggs) {
  const careless = createServer((request, response) => {
    const content = eggs[Number(request.url.slice(1))]?.[1] ?? '';
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(content);
  });
  await new Promise(listening => careless.listen(0, '127.0.0.1', listening));
  const { context } = await newPage(browser);
  const page = await context.newPage();
  for (const n of eggs.keys()) {
    const sung = page.waitForRequest(`${address}/${n}`, { timeout: 500 }).catch(() => undefined);
    await page.goto(`http://127.0.0.1:${careless.address().port}/${n}`);
    await sung;
  }
  await context.close();
  careless.close();
  const sang = new Set(heard).size;
  assert.ok(sang >= 20, `only ${sang} of ${eggs.length} canaries can sing at all`);
  tell({ control: sang });
  heard.length = 0;
}

/** As somebody who follows a link to it, in a tab of its own. */
async function navigates(context, path) {
  const tab = await context.newPage();
  // What is a download ends the navigation, which is well.
  await tab.goto(server + path).catch(error => assert.match(String(error), /ERR_ABORTED|Download is starting/));
  await tab.waitForTimeout(20);
  assert.equal(await tab.evaluate(() => window.sang), undefined, path);
  await tab.close();
}

/** As another site would show it, or our own page: no frame takes it, and an `object` neither. */
async function frames(page, path) {
  return page.evaluate(async path => {
    let tried = 0;
    for (const [tag, attribute] of [['iframe', 'src'], ['object', 'data'], ['embed', 'src'], ['img', 'src']]) {
      const element = document.createElement(tag);
      element[attribute] = path;
      document.body.append(element);
      await new Promise(next => setTimeout(next, 15));
      element.remove();
      tried++;
    }
    return tried;
  }, path);
}
