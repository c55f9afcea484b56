// Runs other programs: npm, builds, checks. Nothing but Node's own modules, so that it works before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** A failure whose text says what went wrong and what to do; it is shown as it is, without a stack. */
export class StepFailed extends Error {}

/** What npm pushes into the environment, and what vitest, Node and editors do. */
const ofNpm = /^(?:npm_(?:package|lifecycle|config_local_prefix|command|execpath|node_execpath)|INIT_CWD$)/;
const ofPrograms = /^(?:VITEST|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_ENV$)/;

/**
 * The environment for programs that are started here: without what npm, vitest or an editor around us would push into them.
 * @param {Record<string, string>} [extra] Set on top.
 * @returns {Record<string, string>}
 */
export function cleanEnv(extra = {}) {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    const inherited = ofNpm.test(name) || ofPrograms.test(name);
    if (value !== undefined && !inherited) {
      env[name] = value;
    }
  }
  return { ...env, ...extra };
}

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {Record<string, string>} [env] The whole environment; without it, cleanEnv().
 * @property {boolean} [show] Lets the program write to this console instead of keeping its output.
 * @property {boolean} [behind] Lets whatever else runs on this machine go first.
 */

/** @type {Set<number>} */
const running = new Set();
process.on('exit', () => {
  for (const pid of running) {
    signalGroup(pid, 'SIGKILL');
  }
});

const starterCheckMs = 500;

/** @type {((code: number) => void) | undefined} */
let whenAskedToEnd;

/**
 * Says what happens on Ctrl+C, on a request to end, and when the npm that runs this is gone. For the programs that people start; a second
 * call replaces the first.
 * @param {(code: number) => void} [handler] Takes the usual exit code. Unless given, the process exits, and its 'exit' handlers end what
 * it started.
 */
export function onAskedToEnd(handler = (code) => process.exit(code)) {
  if (whenAskedToEnd === undefined) {
    for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])) {
      process.on(signal, () => whenAskedToEnd?.(code));
    }
    // A signal to npm alone never comes here: between npm and this process there is a shell.
    const starters = process.env['npm_lifecycle_event'] === undefined ? [] : npmAndShell();
    setInterval(() => {
      if (!starters.every(isRunning)) {
        whenAskedToEnd?.(129);
      }
    }, starterCheckMs).unref();
  }
  whenAskedToEnd = handler;
}

/** @returns {number[]} The process that started this one and, where that is npm's shell, npm. */
function npmAndShell() {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(process.ppid)], { encoding: 'utf8' });
  const [parent, command] = stdout?.trim().split(/\s+/) ?? [];
  return command?.endsWith('sh') ? [process.ppid, Number(parent)] : [process.ppid];
}

/**
 * Whether a process exists.
 * @param {number} pid
 */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but it exists.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Sends a signal to a process that leads a group, and to the whole group. On Windows it ends the process and its children.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/**
 * Runs a program to its end. Never throws for a code other than 0: the caller knows what that means.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, output: string }>} `output` holds stdout and stderr in order; empty with `show`. Code 127
 * where the program cannot be started.
 */
export function run(command, args, { cwd, env = cleanEnv(), show = false, behind = false }) {
  return new Promise((resolve) => {
    // Windows starts .cmd files through a shell only.
    const script = process.platform === 'win32' && /\.cmd$/i.test(command);
    const [program, rest] = script ? [`"${command}"`, args.map((arg) => `"${arg}"`)] : [command, args];
    const child = spawn(program, rest, {
      cwd,
      env,
      shell: script,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      // A group of its own can be ended as a whole.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const { pid } = child;
    if (pid !== undefined) {
      running.add(pid);
      if (behind) {
        putBehind(pid);
      }
    }
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    /** @param {number} code @param {string} tail */
    const end = (code, tail) => {
      if (pid !== undefined) {
        running.delete(pid);
      }
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + tail });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code ?? 1, ''));
  });
}

/** @param {number} pid A process that was just started; what it starts itself inherits this. */
function putBehind(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or this system does not let us.
  }
}

/**
 * How to start npm: by its own JavaScript file where it can be found, since Windows can only start `npm.cmd` through a shell.
 * @returns {{ command: string, args: string[] }}
 */
function npmCommand() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'] ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => /npm-cli\.[cm]?js$/.test(path) && existsSync(path));
  if (script !== undefined) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * Runs npm, see {@link run}.
 * @param {string[]} args
 * @param {RunOptions} options
 */
export function npm(args, options) {
  const { command, args: first } = npmCommand();
  return run(command, [...first, ...args], options);
}

/**
 * The first of some programs that is on the PATH.
 * @param {string[]} names Without `.exe`.
 * @returns {string | undefined} The full path.
 */
export function findOnPath(names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const path = join(folder, name + ending);
        if (existsSync(path)) {
          return path;
        }
      }
    }
  }
  return undefined;
}

/**
 * The last lines of a program's output, for a message about its failure.
 * @param {string} output
 * @param {number} [count] Lines.
 */
export function lastLines(output, count = 15) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Does one step and tells the console when it begins and how it ended. Steps may run side by side, so that each of the two is a whole line.
 * @template T
 * @param {string} title What is done, as "Installing Chromium".
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedMs = Date.now();
  process.stdout.write(`${title} ...\n`);
  try {
    const result = await work();
    process.stdout.write(`${title}: done in ${Math.round((Date.now() - startedMs) / 1000)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${title}: failed\n`);
    throw error;
  }
}
