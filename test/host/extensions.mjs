// Puts this repository's extension, as it is built, into the folder of installed extensions of a served VS Code.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailed } from './processes.mjs';
import { root } from './tools.mjs';

/**
 * The name that VS Code knows an extension by.
 * @param {string} extensionRoot A folder with a package.json.
 * @returns {{ id: string, version: string }} `id` as `publisher.name`.
 */
export function identity(extensionRoot) {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(extensionRoot, 'package.json'), 'utf8'));
  const isObject = typeof manifest === 'object' && manifest !== null;
  if (!isObject || !('publisher' in manifest) || !('name' in manifest) || !('version' in manifest)) {
    throw new StepFailed(`${join(extensionRoot, 'package.json')} names no publisher, name and version.`);
  }
  return { id: `${manifest.publisher}.${manifest.name}`, version: `${manifest.version}` };
}

/** What the extension consists of, besides its package.json. Sources among it are left out. */
const parts = ['package.nls.json', 'l10n', 'dist', 'media', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Copies the built extension into the folder of installed extensions, in place of an earlier copy.
 * @param {string} extensionsDir What the server is started with. Other extensions in it stay.
 * @returns {string} The folder of the copy.
 */
export function installUnpacked(extensionsDir) {
  const { id, version } = identity(root);
  const relativeLocation = `${id}-${version}`;
  const folder = join(extensionsDir, relativeLocation);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['package.json', ...parts].filter((each) => existsSync(join(root, each)))) {
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (source) => !/\.(ts|vsix)$/.test(source) });
  }
  const listFile = join(extensionsDir, 'extensions.json');
  const location = { $mid: 1, path: folder.replaceAll('\\', '/'), scheme: 'file' };
  const entry = { identifier: { id }, version, location, relativeLocation, metadata: {} };
  writeFileSync(listFile, JSON.stringify([...otherEntries(listFile, id), entry]));
  return folder;
}

/**
 * @param {string} listFile VS Code's own list of the installed extensions.
 * @param {string} id
 * @returns {unknown[]} What it says about other extensions.
 */
function otherEntries(listFile, id) {
  if (!existsSync(listFile)) {
    return [];
  }
  /** @type {unknown} */
  const entries = JSON.parse(readFileSync(listFile, 'utf8'));
  return Array.isArray(entries) ? entries.filter((each) => each?.identifier?.id !== id) : [];
}
