/** What programs call themselves, the more special first: each browser also claims to be the ones below it. */
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'an iPhone'],
  ['iPad', 'an iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
];

/** @param {string[][]} table @param {string} text */
const found = (table, text) => table.find(([mark]) => text.includes(mark))?.[1];

/**
 * With what a session was begun, in few words.
 *
 * @param {{ program: string, door: string }} session
 */
export function programOf({ program, door }) {
  const browser = found(BROWSERS, program);
  const system = found(SYSTEMS, program);
  if (browser) return system ? `${browser} on ${system}` : browser;
  if (program) return program.split(' ')[0].slice(0, 60);
  return door === 'console' ? 'The command line' : 'Another session';
}
