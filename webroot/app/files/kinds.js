/** What a name's ending says about a file: how it is drawn, and how it can be looked at. The server decides what it sends as what. */

/** @typedef {'picture' | 'video' | 'sound' | 'text' | 'pdf' | 'archive' | 'other'} Look */

/** @type {Record<Exclude<Look, 'other'>, string>} */
const ENDINGS = {
  picture: 'png jpg jpeg gif webp avif bmp ico',
  video: 'mp4 m4v webm mov ogv',
  sound: 'mp3 m4a ogg oga opus wav flac aac weba',
  text:
    'txt md log csv tsv json jsonl ndjson xml yaml yml toml ini conf cfg properties env sh bash zsh fish bat ps1 c h cc cpp hpp ' +
    'cs java kt kts scala go rs py rb pl php js mjs cjs ts jsx tsx css scss sql html htm svg tex rst adoc diff patch srt vtt sha256 ' +
    'gitignore dockerfile makefile license readme',
  pdf: 'pdf',
  archive: 'zip gz tgz bz2 xz zst 7z rar tar jar',
};

/** @type {Map<string, Look>} */
const LOOKS = new Map(
  Object.entries(ENDINGS).flatMap(([look, endings]) =>
    endings.split(' ').map(ending => [ending, /** @type {Look} */ (look)]),
  ),
);

/** @param {string} name @returns {Look} */
export const lookOf = name => LOOKS.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) ?? 'other';

/** @param {import('./listing.js').Entry} entry @returns {import('../core/icons.js').IconName} */
export function symbolOf(entry) {
  if (entry.kind !== 'file') return entry.kind;
  const look = lookOf(entry.name);
  return look === 'other' ? 'file' : look === 'pdf' ? 'text' : look;
}
