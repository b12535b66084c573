import { html, nothing } from '../../vendor/lit.js';
import { showDialog } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { trouble } from '../core/notices.js';
import { folderOf, join } from '../core/paths.js';
import { Listing } from './listing.js';

/**
 * Lets somebody walk to a folder.
 *
 * @param {string} title
 * @param {string} start
 * @returns {Promise<string | undefined>}
 */
export async function chooseFolder(title, start) {
  const listing = new Listing();
  let end = () => {};
  const chosen = await showDialog(title, ({ close, update }) => {
    if (listing.folder === '') {
      end = listing.watch(update);
      listing.open(start);
    }
    const folders = listing.shown.filter(entry => entry.kind === 'folder');
    return html`
      <p>To <b>${listing.folder}</b></p>
      <ul class="folders" aria-label="Folders in ${listing.folder}" aria-busy=${listing.loading}>
        ${
          listing.folder === '/'
            ? nothing
            : html`<li><button @click=${() => listing.open(folderOf(listing.folder))}>${icon('up')} Up</button></li>`
        }
        ${folders.map(
          entry => html`
          <li><button @click=${() => listing.open(`${join(listing.folder, entry.name)}/`)}>${icon('folder')} ${entry.name}</button></li>`,
        )}
        ${folders.length === 0 && !listing.loading && !listing.problem ? html`<li class="quiet">No folders in here.</li>` : nothing}
      </ul>
      ${trouble(listing.problem, undefined, () => listing.load())}
      <div class="actions">
        <button @click=${() => close()}>Cancel</button>
        <button class="main" ?disabled=${listing.folder === start} @click=${() => close(listing.folder)}>Move here</button>
      </div>`;
  });
  end();
  return chosen;
}
