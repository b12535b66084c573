import { html, nothing } from '../../vendor/lit.js';
import { bytes, counted, exactly } from '../core/amounts.js';
import { Problem, ask, send } from '../core/api.js';
import { formDialog, showDialog } from '../core/dialog.js';
import { notices } from '../core/notices.js';
import { badName, fileUrl, join } from '../core/paths.js';
import { session } from '../core/session.js';
import { chooseFolder } from './picker.js';

/** @typedef {import('./listing.js').Entry} Entry */
/** @typedef {import('./listing.js').Listing} Listing */

/** How long a deletion can be taken back before it is sent. */
const GRACE = 8_000;
/** An address longer than this no server takes. */
const MAX_ADDRESS = 6_000;

/** @param {Listing} listing @param {Entry} entry */
const pathOf = (listing, entry) => join(listing.folder, entry.name) + (entry.kind === 'folder' ? '/' : '');

/** @param {Entry[]} entries */
const named = entries => (entries.length === 1 ? `“${entries[0].name}”` : counted(entries.length, 'entry', 'entries'));

/** @param {FormData} given */
function nameIn(given) {
  const name = String(given.get('name')).trim();
  const wrong = badName(name);
  if (wrong) throw new Problem('bad-name', wrong);
  return name;
}

/** @param {Listing} listing */
export function newFolder(listing) {
  return formDialog({
    title: 'New folder',
    fields: html`<label>Name<input name="name" required autocomplete="off" spellcheck="false"></label>`,
    action: 'Make it',
    run: async given => {
      const name = nameIn(given);
      await ask('POST', fileUrl(`${join(listing.folder, name)}/`, 'mkdir'));
      notices.done(`The folder “${name}” is made.`);
      await listing.load();
    },
  });
}

/** @param {Listing} listing @param {Entry} entry */
export function rename(listing, entry) {
  return formDialog({
    title: `Rename “${entry.name}”`,
    fields: html`<label>New name<input name="name" required autocomplete="off" spellcheck="false" .value=${entry.name}></label>`,
    action: 'Rename',
    run: async given => {
      const name = nameIn(given);
      if (name === entry.name) return;
      await move(pathOf(listing, entry), join(listing.folder, name));
      notices.done(`“${entry.name}” is now called “${name}”.`);
      await listing.load();
    },
  });
}

/** @param {string} from @param {string} to @param {string} [etag] of the version there that may be replaced */
const move = (from, to, etag) =>
  send('POST', fileUrl(from.replace(/\/$/, ''), `move=${encodeURIComponent(to)}`), {
    headers: etag ? { 'If-Match': `"${etag}"` } : {},
  });

/** @param {Listing} listing @param {Entry[]} entries */
export async function moveTo(listing, entries) {
  const folder = await chooseFolder(`Move ${named(entries)}`, listing.folder);
  if (folder === undefined || folder === listing.folder) return;
  let moved = 0;
  /** @type {{ forAll?: 'replace' | 'skip' }} */
  const batch = {};
  for (const entry of entries) {
    const target = join(folder, entry.name);
    try {
      await move(pathOf(listing, entry), target);
      moved++;
    } catch (error) {
      const problem = Problem.of(error);
      if (problem.code === 'exists' && entry.kind === 'file') {
        const decision = batch.forAll ?? (await askAboutMove(entry, folder, problem, entries.length > 1, batch));
        if (decision !== 'replace') continue;
        try {
          await move(pathOf(listing, entry), target, problem.facts.etag);
          moved++;
        } catch (second) {
          notices.failed(`“${entry.name}” was not moved.`, second);
        }
      } else {
        notices.failed(`“${entry.name}” was not moved.`, error);
      }
    }
  }
  if (moved > 0)
    notices.done(`${moved === entries.length ? named(entries) : `${moved} of ${entries.length}`} moved to ${folder}`);
  await listing.load();
}

/** @param {Entry} entry @param {string} folder @param {Problem} problem @param {boolean} others @param {{ forAll?: 'replace' | 'skip' }} batch */
async function askAboutMove(entry, folder, problem, others, batch) {
  let forAll = false;
  const decision = await showDialog(
    `“${entry.name}” is there already`,
    ({ close }) => html`
    <p>In <b>${folder}</b> there is a file of this name${
      problem.facts.size === undefined ? '' : `: ${bytes(problem.facts.size)}, ${exactly(problem.facts.modified)}`
    }. This one: ${bytes(entry.size)}, ${exactly(entry.modified)}.</p>
    ${
      others
        ? html`<label class="check"><input type="checkbox" @change=${(/** @type {Event} */ event) => {
            forAll = /** @type {HTMLInputElement} */ (event.target).checked;
          }}> Do the same for all others</label>`
        : nothing
    }
    <div class="actions">
      <button @click=${() => close('skip')}>Skip</button>
      <button class="main" @click=${() => close('replace')}>Replace</button>
    </div>`,
  );
  const decided = /** @type {'replace' | 'skip'} */ (decision ?? 'skip');
  if (forAll) batch.forAll = decided;
  return decided;
}

/**
 * Waits eight seconds, in which it can be taken back. Who closes the page in that time deletes nothing.
 *
 * @param {Listing} listing
 * @param {Entry[]} entries
 */
export function remove(listing, entries) {
  const paths = entries.map(entry => pathOf(listing, entry));
  const names = entries.map(entry => entry.name);
  const folder = listing.folder;
  const user = session.who?.user;
  listing.markLeaving(names, true);
  const timer = setTimeout(finish, GRACE);
  const notice = notices.add({
    kind: 'waiting',
    text: `Deleting ${named(entries)}${entries.some(entry => entry.kind === 'folder') ? ' with all that is in it' : ''}…`,
    action: { label: 'Undo', run: undo },
    seconds: GRACE / 1000,
  });

  function undo() {
    clearTimeout(timer);
    notices.dismiss(notice);
    if (listing.folder === folder) listing.markLeaving(names, false);
    notices.done(`Nothing was deleted: ${named(entries)} ${entries.length === 1 ? 'is' : 'are'} still there.`);
  }

  async function finish() {
    // Somebody else, or nobody, is here by now: it was not theirs to ask.
    if (session.who?.user !== user) return undo();
    notices.dismiss(notice);
    let gone = 0;
    for (const path of paths) {
      try {
        await ask('DELETE', fileUrl(path, path.endsWith('/') ? 'recursive=true' : undefined));
        gone++;
      } catch (error) {
        notices.failed(`“${path}” was not deleted.`, error);
      }
    }
    if (gone > 0)
      notices.done(`Deleted: ${gone === entries.length ? named(entries) : `${gone} of ${entries.length}`}.`);
    if (listing.folder !== folder) return;
    await listing.load();
    listing.markLeaving(names, false);
  }
}

/** One file as it is; several, or a folder, as a zip. @param {Listing} listing @param {Entry[]} entries */
export function download(listing, entries) {
  const address = addressOf(listing, entries);
  if (address.length > MAX_ADDRESS) {
    notices.failed(
      `${named(entries)} are too many for one archive.`,
      new Problem('too-many', 'Choose fewer, or download the whole folder.'),
    );
    return;
  }
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/** @param {Listing} listing @param {Entry[]} entries */
function addressOf(listing, entries) {
  if (entries.length === 1) {
    const path = pathOf(listing, entries[0]);
    return fileUrl(path, path.endsWith('/') ? 'archive=zip' : 'download');
  }
  const all = entries.length === listing.all.length;
  return fileUrl(
    listing.folder,
    ['archive=zip', ...(all ? [] : entries.map(entry => `name=${encodeURIComponent(entry.name)}`))].join('&'),
  );
}
