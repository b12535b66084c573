import { html, nothing } from '../../vendor/lit.js';
import { bytes, exactly } from '../core/amounts.js';
import { showDialog } from '../core/dialog.js';
import { folderOf, nameOf } from '../core/paths.js';

/** @param {{ title: string, size?: number, modified?: string | number, newer: boolean }} version */
const versionBox = ({ title, size, modified, newer }) => html`
  <div class="version">
    <h3>${title}${newer ? html` <em>newer</em>` : nothing}</h3>
    <p>${bytes(size)}</p>
    <p>${exactly(modified)}</p>
  </div>`;

/**
 * There is a file of this name: what shall happen?
 *
 * @param {import('./item.js').Item} item
 * @param {boolean} others whether more came along with it
 * @returns {Promise<'replace' | 'keep' | 'skip'>}
 */
export async function askAboutExisting(item, others) {
  let forAll = false;
  const there = item.existing ?? {};
  // File systems keep times more or less exactly: what is less than a second apart is the same time.
  const apart = there.modified === undefined ? 0 : item.file.lastModified - Date.parse(there.modified);
  const alike = Math.abs(apart) < 1000;
  const same = alike && there.size === item.size;
  const folder = folderOf(item.wanted);
  const decision = await showDialog(
    `“${nameOf(item.wanted)}” is there already`,
    ({ close }) => html`
    <p>In ${folder === '/' ? 'the top folder' : html`<b>${folder}</b>`} there is a file of this name${
      same ? ', of the same size and time: likely the same file' : ''
    }.</p>
    ${item.late ? html`<p>It came while yours was on its way. What came of yours waits on the server.</p>` : nothing}
    <div class="versions">
      ${versionBox({ title: 'On the server', size: there.size, modified: there.modified, newer: !alike && apart < 0 })}
      ${versionBox({ title: 'Yours', size: item.size, modified: item.file.lastModified, newer: !alike && apart > 0 })}
    </div>
    ${
      others
        ? html`<label class="check"><input type="checkbox" @change=${(/** @type {Event} */ event) => {
            forAll = /** @type {HTMLInputElement} */ (event.target).checked;
          }}> Do the same for all others that I gave with it</label>`
        : nothing
    }
    <div class="actions">
      <button class=${same ? 'main' : ''} @click=${() => close('skip')}>${item.late ? 'Discard mine' : 'Skip'}</button>
      <button @click=${() => close('keep')}>Keep both</button>
      <button class=${same ? '' : 'main'} ?disabled=${!there.etag} @click=${() => close('replace')}>Replace</button>
    </div>`,
  );
  const decided = /** @type {'replace' | 'keep' | 'skip'} */ (decision ?? 'skip');
  if (forAll) item.batch.forAll = decided;
  return decided;
}
