/** What was dropped or chosen, folders with all that is in them. */

/** @typedef {import('./queue.js').Gathered} Gathered */

/**
 * Must be called while the drop is being handled: afterwards the browser shows nothing of it.
 *
 * @param {DataTransfer} transfer
 * @returns {AsyncGenerator<Gathered>}
 */
export function dropped(transfer) {
  const roots = [...transfer.items]
    .filter(item => item.kind === 'file')
    .map(item => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return walkAll(roots);
}

/** @param {(FileSystemEntry | File | null)[]} roots @returns {AsyncGenerator<Gathered>} */
async function* walkAll(roots) {
  for (const root of roots) {
    if (root instanceof File) yield { file: root, relative: root.name };
    else if (root) yield* walk(root);
  }
}

/** @param {FileSystemEntry} entry @returns {AsyncGenerator<Gathered>} */
async function* walk(entry) {
  const relative = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) =>
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject),
    );
    yield { file, relative };
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  let empty = true;
  for (;;) {
    // A reader hands out a hundred at a time, until it has none left.
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    empty = false;
    for (const child of some) yield* walk(child);
  }
  if (empty) yield { folder: relative };
}

/** @param {FileList | null} files @returns {Gathered[]} */
export const chosen = files =>
  [...(files ?? [])].map(file => ({ file, relative: file.webkitRelativePath || file.name }));
