/** Numbers and times in words, as the rest of Wherry writes them: 1 MB is 1,000,000 bytes. */

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** @param {number | undefined} count @returns {string} such as `12.3 MB` */
export function bytes(count) {
  if (count === undefined || Number.isNaN(count)) return '–';
  let unit = 0;
  let value = count;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return count === 1 ? '1 byte' : `${Math.round(value)} bytes`;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${UNITS[unit]}`;
}

/** @param {number} perSecond */
export const rate = perSecond => `${bytes(perSecond)}/s`;

/** @param {number | undefined} seconds @returns {string} such as `3 min 20 s` */
export function duration(seconds) {
  if (seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 0.001) return `${(seconds * 1e6).toFixed(0)} µs`;
  if (seconds < 1) return `${(seconds * 1000).toPrecision(seconds < 0.1 ? 2 : 3)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** @param {string | number | Date | undefined} time */
export const moment = time => (time === undefined ? '–' : WHEN.format(new Date(time)));

/** @param {string | number | Date | undefined} time */
export const exactly = time => (time === undefined ? '–' : EXACT.format(new Date(time)));

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const THIS_YEAR = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });

/** Below this a list has no columns. */
export const NARROW = matchMedia('(max-width: 40rem)');

/** @param {string | number | Date | undefined} time @returns {string} where room is scarce: the time or the year, whichever tells more */
export function briefly(time) {
  if (time === undefined) return '–';
  const date = new Date(time);
  return (date.getFullYear() === new Date().getFullYear() ? THIS_YEAR : DAY).format(date);
}

/** @param {string | number | Date | undefined} time @returns {string} as a list writes it */
export const listed = time => (NARROW.matches ? briefly(time) : moment(time));

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/**
 * Reads what people type for a size: `20 GB`, `500MB`, `1.5 TB`, `1000`.
 *
 * @param {string} text
 * @returns {number | undefined} bytes
 */
export function parseBytes(text) {
  const match = /^\s*([0-9]+(?:[.,][0-9]+)?)\s*(bytes?|b|k|kb|m|mb|g|gb|t|tb|p|pb)?\s*$/i.exec(text);
  if (!match) return undefined;
  const power = 'bkmgtp'.indexOf((match[2] ?? 'b').charAt(0).toLowerCase());
  return Math.round(Number(match[1].replace(',', '.')) * 1000 ** power);
}
