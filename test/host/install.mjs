// What every command starts with: the packages of package-lock.json, and the extension built from its sources.

import { existsSync, lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, npm, run, step, StepFailed } from './processes.mjs';
import { root } from './tools.mjs';

/**
 * Whether the installed packages are older than package-lock.json, or not there at all.
 * @param {string} folder A folder with a package-lock.json.
 */
export function needsInstall(folder) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(folder, 'package-lock.json')).mtimeMs;
}

/** Installs the packages of package-lock.json where they are missing or out of date. */
export async function ensurePackages() {
  if (!needsInstall(root)) {
    return;
  }
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci would follow the link and empty a folder that belongs to something else.
    throw new StepFailed(
      `${folder} is a link, and what it links to is older than package-lock.json. ` +
        'Remove the link, or install there, then run the same command again.',
    );
  }
  await step('Installing the packages of package-lock.json (npm ci)', async () => {
    const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
    if (code !== 0) {
      throw new StepFailed(
        `npm ci failed. Check that npm reaches its registry (npm ping), then run the same command again.\n${lastLines(output)}`,
      );
    }
  });
}

/** Builds the extension into `dist`. */
export async function build() {
  await step('Building the extension', async () => {
    const { code, output } = await run(process.execPath, ['esbuild.js'], { cwd: root });
    if (code !== 0) {
      throw new StepFailed(`The extension does not build (node esbuild.js):\n${lastLines(output, 40)}`);
    }
  });
}
