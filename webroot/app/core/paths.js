/** Paths of the served tree: `/a/b.txt` is a file, `/a/` a folder, `/` the root. */

/** @param {string} path */
export const segments = path => path.split('/').filter(part => part !== '');

/** @param {string} path @returns {string} the last name in it; of the root, none */
export const nameOf = path => segments(path).at(-1) ?? '';

/** @param {string} path @returns {string} the folder that it lies in */
export function folderOf(path) {
  const above = segments(path).slice(0, -1);
  return above.length === 0 ? '/' : `/${above.join('/')}/`;
}

/** @param {string} folder @param {string} name */
export const join = (folder, name) => (folder.endsWith('/') ? folder : `${folder}/`) + name;

/** @param {string} path @returns {string} as it stands in an address */
export const encoded = path => path.split('/').map(encodeURIComponent).join('/');

/** @param {string} path @param {string} [query] without its question mark */
export const fileUrl = (path, query) => `/files${encoded(path)}${query ? `?${query}` : ''}`;

/** @param {string} path @param {string} folder @returns {boolean} whether it lies in the folder, at any depth */
export const isBelow = (path, folder) => path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/**
 * A name that is likely free: `report (2).pdf` for `report.pdf`.
 *
 * @param {string} name
 * @param {number} number
 */
export function numbered(name, number) {
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? dot : name.length;
  return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}

/** @param {string} name @returns {string | undefined} why it is no name of one file or folder; the server has more to say about names */
export function badName(name) {
  if (name.includes('/')) return 'A name has no slash in it. To put something elsewhere, move it.';
  // Browsers resolve these themselves, before the server sees them.
  if (name === '.' || name === '..') return `“${name}” is no name for a file or folder.`;
  return undefined;
}
