import { html, svg } from '../../vendor/lit.js';

/** Line drawings on a grid of 20, in the colour of the text around them. Each stands beside words or in a named button. */
const DRAWINGS = {
  folder: svg`<path d="M2.5 5.5a1 1 0 0 1 1-1h4l2 2h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1z"/>`,
  file: svg`<path d="M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4"/>`,
  picture: svg`<path d="M3 4h14v12H3zM3 14l4-4 3 3 3.5-3.5L17 13"/><circle cx="7.5" cy="7.5" r="1.2"/>`,
  video: svg`<path d="M3 4.5h14v11H3zM8.5 7.5v5l4-2.5z"/>`,
  sound: svg`<path d="M8 14.5v-10l8-1.5v10"/><circle cx="6" cy="14.5" r="2"/><circle cx="14" cy="13" r="2"/>`,
  archive: svg`<path d="M3 4h14v3.5H3zM4 7.5h12V16H4zM8 10.5h4"/>`,
  text: svg`<path d="M5 2.5h10v15H5zM7.5 6.5h5M7.5 9.5h5M7.5 12.5h3"/>`,
  refused: svg`<circle cx="10" cy="10" r="7"/><path d="M5 5l10 10"/>`,
  upload: svg`<path d="M10 13V3.5M6 7l4-4 4 4M3.5 13v3.5h13V13"/>`,
  download: svg`<path d="M10 3v9.5M6 9l4 4 4-4M3.5 13v3.5h13V13"/>`,
  rename: svg`<path d="M4 13.5L13 4.5l2.5 2.5-9 9H4zM11.5 6l2.5 2.5"/>`,
  move: svg`<path d="M2.5 5.5a1 1 0 0 1 1-1h4l2 2h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1zM7 11h6M10.5 8.5L13 11l-2.5 2.5"/>`,
  trash: svg`<path d="M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11.5h8.4L15 5.5M8.3 8.5v5.5M11.7 8.5v5.5"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  newFolder: svg`<path d="M2.5 5.5a1 1 0 0 1 1-1h4l2 2h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1zM10 8.5v5M7.5 11h5"/>`,
  close: svg`<path d="M5 5l10 10M15 5L5 15"/>`,
  pause: svg`<path d="M7 4.5v11M13 4.5v11"/>`,
  play: svg`<path d="M6.5 4v12l9-6z"/>`,
  retry: svg`<path d="M15.5 8A6 6 0 1 0 16 11M16 4v4h-4"/>`,
  copy: svg`<path d="M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7"/>`,
  check: svg`<path d="M4 10.5l4 4 8-9"/>`,
  warning: svg`<path d="M10 3l7.5 13.5h-15zM10 8v4M10 14v.2"/>`,
  search: svg`<circle cx="8.5" cy="8.5" r="5"/><path d="M12.5 12.5L17 17"/>`,
  up: svg`<path d="M10 16V4.5M5.5 9L10 4.5 14.5 9"/>`,
  down: svg`<path d="M10 4v11.5M5.5 11l4.5 4.5 4.5-4.5"/>`,
  left: svg`<path d="M12.5 4L6.5 10l6 6"/>`,
  right: svg`<path d="M7.5 4l6 6-6 6"/>`,
  user: svg`<circle cx="10" cy="7" r="3.5"/><path d="M3.5 17c.8-3.5 3.4-5 6.5-5s5.700 1.500 6.500 5"/>`,
  info: svg`<circle cx="10" cy="10" r="7"/><path d="M10 9v5M10 6.300v.2"/>`,
};

/** @typedef {keyof typeof DRAWINGS} IconName */

/** @param {IconName} name */
export const icon = name =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
