// Finds or installs what a real VS Code needs, in the git-ignored folder `.vscode-test`: the editor as a server and the Node that runs it.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnv, findOnPath, isRunning, lastLines, npm, step, StepFailed } from './processes.mjs';
import { editors, nodePackages } from './versions.mjs';

/** The root of this repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where everything that tests and `npm start` fetch or write is kept. Deleting it is always safe. */
export const cacheFolder = join(root, '.vscode-test');

/**
 * Makes a folder of the cache, whole or not at all: the work happens under a temporary name, which is renamed at the end.
 * @param {string} name The folder's name; it names the version.
 * @param {string} title One line about what is done.
 * @param {(folder: string) => Promise<void>} fill Fills the folder that it is given.
 * @returns {Promise<string>} The folder. It is filled only where it does not exist yet.
 */
export async function cached(name, title, fill) {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) {
    return folder;
  }
  removeUnfinished(name);
  const unfinished = `${folder}.${process.pid}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await step(title, () => fill(unfinished));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Where another process has installed the same thing meanwhile, the renaming fails, and all is well.
    if (!existsSync(folder)) {
      throw error;
    }
  }
  return folder;
}

/**
 * Removes what interrupted installs of this folder left; those of processes that still run stay.
 * @param {string} name
 */
function removeUnfinished(name) {
  mkdirSync(cacheFolder, { recursive: true });
  for (const entry of readdirSync(cacheFolder)) {
    const pid = entry.startsWith(`${name}.`) ? /\.(\d+)\.unfinished$/.exec(entry)?.[1] : undefined;
    if (pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid)))) {
      rmSync(join(cacheFolder, entry), { recursive: true, force: true });
    }
  }
}

/**
 * Installs one package from the npm registry, without running its scripts.
 * @param {string} folder
 * @param {string} spec As `name@version`; an empty text installs what the folder's package.json names.
 */
export async function installPackage(folder, spec) {
  if (spec !== '') {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  }
  const quiet = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  const { code, output } = await npm(['install', ...quiet, ...(spec === '' ? [] : [spec])], { cwd: folder });
  if (code !== 0) {
    throw new StepFailed(
      `npm could not install ${spec === '' ? 'the dependencies of VS Code' : spec}. ` +
        `Check that npm reaches its registry (npm ping), then run the same command again.\n${lastLines(output)}`,
    );
  }
}

/**
 * The Node that a version of VS Code runs on: the pinned package for this platform, else the Node that runs this, where it is of the right
 * major version.
 * @param {import('./versions.mjs').EditorVersion} version
 * @returns {Promise<{ binary: string, headers: string | undefined }>} `headers` is the folder for building native modules, as npm's
 * `nodedir`.
 */
export async function ensureNode(version) {
  const major = editors[version].nodeMajor;
  const platform = `${process.platform}-${process.arch}`;
  const pinned = nodePackages[platform];
  if (pinned === undefined) {
    if (process.versions.node.startsWith(`${major}.`)) {
      return { binary: process.execPath, headers: undefined };
    }
    throw new StepFailed(
      `VS Code ${editors[version].vscode} runs on Node ${major}, and npm has no Node package for ${platform}. ` +
        `Install Node ${major} and run this command with it.`,
    );
  }
  const spec = `${pinned.name}@${pinned[major]}`;
  const title = `Installing Node ${pinned[major]} (${spec}) into .vscode-test`;
  const folder = await cached(`node-${pinned[major]}-${platform}`, title, (unfinished) => installPackage(unfinished, spec));
  const home = join(folder, 'node_modules', pinned.name);
  const binary = process.platform === 'win32' ? join(home, 'bin', 'node.exe') : join(home, 'bin', 'node');
  return { binary, headers: existsSync(join(home, 'include', 'node')) ? home : undefined };
}

/**
 * VS Code as a server.
 * @param {import('./versions.mjs').EditorVersion} version
 * @returns {Promise<string>} The folder that holds `out/server-main.js`.
 */
export async function ensureEditor(version) {
  const { codeServer, vscode } = editors[version];
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const title = `Installing VS Code ${vscode} (code-server ${codeServer}) into .vscode-test`;
  const folder = await cached(`vscode-${vscode}`, title, async (unfinished) => {
    await installPackage(unfinished, `code-server@${codeServer}`);
    await installPackage(join(unfinished, inside), '');
  });
  return join(folder, inside);
}

/**
 * Where the module lies that writes VS Code's log files, once it is built.
 * @param {string} editor What {@link ensureEditor} gives.
 */
const spdlogFile = (editor) => join(editor, 'node_modules', '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node');

/**
 * Whether VS Code writes log files as it is installed.
 * @param {import('./versions.mjs').EditorVersion} [version]
 */
export async function writesLogs(version = 'newest') {
  return existsSync(spdlogFile(await ensureEditor(version)));
}

/** @type {Map<import('./versions.mjs').EditorVersion, Promise<boolean>>} */
const spdlogBuilds = new Map();

/**
 * Builds the module that writes VS Code's log files. Without it VS Code runs, and writes none, so a search through the logs would find
 * nothing for a wrong reason. It takes half a minute, in which whatever else runs goes first: nobody waits for it but tests of log files.
 * @param {import('./versions.mjs').EditorVersion} [version]
 * @returns {Promise<boolean>} Whether log files are written; false where this machine has no compiler, or the build failed.
 */
export function ensureSpdlog(version = 'newest') {
  const known = spdlogBuilds.get(version) ?? buildSpdlog(version);
  spdlogBuilds.set(version, known);
  return known;
}

/** @param {import('./versions.mjs').EditorVersion} version */
async function buildSpdlog(version) {
  const editor = await ensureEditor(version);
  const built = spdlogFile(editor);
  if (existsSync(built)) {
    return true;
  }
  const { binary, headers } = await ensureNode(version);
  const compiler = findOnPath(['c++', 'g++', 'clang++']);
  if (headers === undefined || compiler === undefined || findOnPath(['make']) === undefined || findOnPath(['python3']) === undefined) {
    return false;
  }
  const env = cleanEnv({ PATH: `${dirname(binary)}${delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: headers });
  try {
    await step(`Building the log writer of VS Code ${editors[version].vscode}`, async () => {
      const rebuild = ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--ignore-scripts=false', '--loglevel=error'];
      const { code, output } = await npm(rebuild, { cwd: editor, env, behind: true });
      if (code !== 0 || !existsSync(built)) {
        throw new StepFailed(lastLines(output));
      }
    });
    return true;
  } catch {
    return false;
  }
}
