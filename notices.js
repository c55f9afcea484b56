// What has to be said about the code of others that ships: dist/ThirdPartyNotices.txt.

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * What has to be said about the code of others in the bundles: each package's name, version and licence text.
 * @param {string[]} folders folders of the packages that the bundles hold code of
 */
function notices(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}${license ? ` (${license})` : ''}\n\n${licenceText(folder, name, license === 'MIT' ? author : undefined)}\n`;
  });
  // The same package can stand in several folders.
  return ['This extension contains code of these packages:\n', ...new Set(parts)].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * A package's licence: its file, or where there is none that part of its readme, or where its package.json alone tells of it, the MIT
 * licence of its author.
 * @param {string} folder
 * @param {string} name
 * @param {unknown} mitAuthor Whose the package is, where it is under the MIT licence.
 */
function licenceText(folder, name, mitAuthor) {
  /** @param {RegExp} pattern */
  const read = (pattern) => {
    const file = readdirSync(folder).find((each) => pattern.test(each));
    return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  };
  const text = read(/^licen[cs]e/i) || (/^#+ *licen[cs]e[^]*/im.exec(read(/^readme/i))?.[0] ?? '');
  // Our own licence is the same but for whose it is.
  if (text === '' && typeof mitAuthor === 'string') {
    return readFileSync(join(__dirname, 'LICENSE'), 'utf8').replace(/^Copyright.*$/m, `Copyright (c) ${mitAuthor}`).trim();
  }
  if (text === '') throw new Error(`${name} has no licence text, so its code cannot be shipped`);
  return text.trim();
}

module.exports = { notices };
