import { Store } from './store.js';
import { badName, encoded } from './paths.js';

/** Where in the page one is, kept behind the `#` of its address: so reloading, going back and sharing a link work. */
class Route extends Store {
  constructor() {
    super();
    /** `files`, `live`, `history` or `settings` */
    this.view = 'files';
    /** In the files: the folder, ending in a slash, or the file that is looked at. In the settings: the section. */
    this.path = '/';
    /** Whether the step before this one was the folder of the file that is looked at: then going back leads there. */
    this.steppedIn = false;
    this.read();
    this.steppedIn = false;
    addEventListener('hashchange', () => {
      this.read();
      this.changed();
    });
  }

  /** @private */
  read() {
    const [viewBefore, folderBefore, fileBefore] = [this.view, this.folder, this.file];
    const [view = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/');
    this.view = ['files', 'live', 'history', 'settings'].includes(view) ? view : 'files';
    this.path = `/${rest
      .map(decoded)
      .filter(name => !badName(name))
      .join('/')}`;
    this.steppedIn = this.view === viewBefore && this.folder === folderBefore && (fileBefore === '' || this.steppedIn);
  }

  /** The folder whose entries are listed, also while one of them is looked at. */
  get folder() {
    return this.path.slice(0, this.path.lastIndexOf('/') + 1);
  }

  /** The name of the file that is looked at, if one is. */
  get file() {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const route = new Route();

/** @param {string} view @param {string} [path] */
export const href = (view, path = '/') => `#/${view}${encoded(path)}`;

/** @param {string} path @param {{ replace?: boolean }} [how] `replace`: going back does not come here again */
export function goTo(path, { replace = false } = {}) {
  const target = href('files', path);
  if (replace) location.replace(target);
  else location.hash = target;
}
