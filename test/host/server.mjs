// Runs a real VS Code as a server on this machine alone, for a browser to open.

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cleanEnv, lastLines, run, signalGroup, StepFailed } from './processes.mjs';
import { ensureEditor, ensureNode } from './tools.mjs';

const guard = fileURLToPath(new URL('guard.mjs', import.meta.url));
const servedEditor = fileURLToPath(new URL('servedEditor.mjs', import.meta.url));
const startLimitMs = 60_000;
const stopLimitMs = 6000;

/**
 * @typedef {object} ServerOptions
 * @property {import('./versions.mjs').EditorVersion} [version] The newest unless given.
 * @property {string} dataDir Where settings, logs, secrets and, unless `extensionsDir` is given, extensions live. Made where it does not
 * exist.
 * @property {string} [extensionsDir]
 * @property {boolean} [trust] Trusts every folder, which turns restricted mode and its questions off. False unless given.
 * @property {boolean} [smokeTestDriver] Lets the page's address name an extension under development and its tests.
 * @property {string} [locale] Tag of the display language, of which a pack has to be installed. English unless given.
 * @property {number} [port] A free one unless given.
 * @property {string} [tokenFile] Holds the token without which the server answers nobody; without a file anybody on this computer is
 * answered.
 * @property {Record<string, string>} [env] Set in the server's environment, which the extension host inherits.
 */

/**
 * @typedef {object} Server
 * @property {string} url As `http://127.0.0.1:40000`, without a slash at the end.
 * @property {number} port
 * @property {string} dataDir
 * @property {number} pid The leader of the process group.
 * @property {Promise<void>} ended Resolves when the server has ended, by itself or because it was stopped.
 * @property {() => Promise<void>} stop Ends the server and all its helpers, and resolves when they are gone.
 */

/**
 * A port of the loopback interface that was free a moment ago.
 * @param {number} [port] Asks for this one; rejects where it is taken.
 * @returns {Promise<number>}
 */
export function freePort(port = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(found));
    });
  });
}

/**
 * Starts VS Code and waits until it answers. What it needs is installed first. It ends with this process, however that ends.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({
  version = 'newest', dataDir, extensionsDir, trust = false, smokeTestDriver = false, locale, port: wanted, tokenFile, env = {},
}) {
  const { binary } = await ensureNode(version);
  const editor = await ensureEditor(version);
  const port = wanted ?? (await freePort());
  mkdirSync(dataDir, { recursive: true });
  const args = [
    ...[servedEditor, join(editor, 'out', 'server-main.js'), join(dataDir, 'secret-key')],
    ...['--host', '127.0.0.1', '--port', String(port), '--accept-server-license-terms'],
    ...(tokenFile === undefined ? ['--without-connection-token'] : ['--connection-token-file', tokenFile]),
    ...['--disable-telemetry', '--server-data-dir', dataDir],
    ...(extensionsDir === undefined ? [] : ['--extensions-dir', extensionsDir]),
    ...(trust ? ['--disable-workspace-trust'] : []),
    ...(locale === undefined ? [] : ['--locale', locale]),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  // VSCODE_CLI: the environment is complete. Otherwise VS Code asks the person's shell for it, in a process group of its own.
  const child = spawn(process.execPath, [guard, binary, ...args], {
    env: cleanEnv({ VSCODE_CLI: '1', ...env }), stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true,
  });
  let output = '';
  /** @param {Buffer} chunk */
  const keep = (chunk) => {
    output = (output + chunk.toString('utf8')).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // The server may be gone before its guard's standard input is closed.
  child.stdin.on('error', () => {});
  const pid = child.pid ?? 0;
  let over = false;
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.on('close', () => {
      over = true;
      resolve();
    });
  });

  const stop = async () => {
    child.ref();
    child.stdin.end();
    const late = setTimeout(() => signalGroup(pid, 'SIGKILL'), stopLimitMs);
    await ended;
    clearTimeout(late);
  };

  const url = `http://127.0.0.1:${port}`;
  const deadlineMs = Date.now() + startLimitMs;
  while (!(await answers(url))) {
    if (over || Date.now() > deadlineMs) {
      await stop();
      throw new StepFailed(`VS Code did not start on port ${port}. What it wrote last:\n${lastLines(output)}`);
    }
    await sleep(100);
  }
  // An open server must not keep a process alive whose work is done; its guard then ends it.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if (stream instanceof Socket) {
      stream.unref();
    }
  }
  return { url, port, dataDir, pid, ended, stop };
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(`${url}/version`, { signal: AbortSignal.timeout(5000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * The address that opens a folder in VS Code's page.
 * @param {{ url: string }} server
 * @param {string} folder An absolute path.
 * @param {[string, string][]} [payload] Names and values for the workbench, as `extensionDevelopmentPath`; only read with the smoke test
 * driver.
 * @returns {string}
 */
export function workbenchUrl(server, folder, payload) {
  const address = new URL(server.url);
  address.searchParams.set('folder', asUrlPath(folder));
  if (payload !== undefined) {
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  return address.href;
}

/**
 * A file of this machine as VS Code's page names it.
 * @param {{ port: number }} server
 * @param {string} path An absolute path.
 */
export function remoteUri(server, path) {
  return `vscode-remote://127.0.0.1:${server.port}${encodeURI(asUrlPath(path))}`;
}

/** @param {string} path */
function asUrlPath(path) {
  const slashes = path.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}

/**
 * Installs a packaged extension, as a person's "Install from VSIX..." does.
 * @param {string} file The .vsix file.
 * @param {{ version?: import('./versions.mjs').EditorVersion, dataDir: string, extensionsDir: string }} options The folders that
 * the server is started with.
 */
export async function installVsix(file, { version = 'newest', dataDir, extensionsDir }) {
  const { binary } = await ensureNode(version);
  const editor = await ensureEditor(version);
  mkdirSync(extensionsDir, { recursive: true });
  const args = [
    join(editor, 'out', 'server-main.js'), '--accept-server-license-terms', '--server-data-dir', dataDir,
    '--extensions-dir', extensionsDir, '--install-extension', file, '--force',
  ];
  const { code, output } = await run(binary, args, { cwd: editor });
  if (code !== 0 || !/successfully installed/.test(output)) {
    throw new StepFailed(`VS Code could not install ${file}:\n${lastLines(output)}`);
  }
}
