// Starts the bench's own programs, the sample and its storage, each a process of its own under the Node that VS Code runs on.

import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { cleanEnv, lastLines, run, StepFailed } from '../host/processes.mjs';
import { ensureNode, root } from '../host/tools.mjs';

const folder = join(root, 'test', 'bench');

/** One service on every host has these ids, which look like real ones. */
const ids = { workspace: '0123456789abcdef0123456789abcdef', service: 'fedcba9876543210fedcba9876543210' };

/**
 * @typedef {object} AnswerServer
 * @property {(bytes: number) => import('../../src/model/service').Service} service The service whose answers have this size.
 * @property {() => void} stop
 */

/**
 * @param {readonly number[]} sizes The answers that it prepares, in bytes.
 * @returns {Promise<AnswerServer>}
 */
export async function startAnswers(sizes) {
  const { line: port, stop } = await startServer('answers.mjs', sizes.map(String));
  return { service: (bytes) => service(`http://127.0.0.1:${port}`, bytes), stop };
}

/**
 * @param {string} name The file.
 * @param {readonly string[]} args
 * @returns {Promise<{ line: string, stop: () => void }>} `line` is the first that it writes.
 */
async function startServer(name, args) {
  const { binary } = await ensureNode('newest');
  const child = spawn(binary, [join(folder, name), ...args], { env: cleanEnv(), stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('error', reject);
    child.once('exit', () => reject(new StepFailed('The server of the bench did not start.')));
  });
  return { line, stop: () => void child.stdin.end() };
}

/**
 * @typedef {object} StatusServer
 * @property {(host: number, prefix?: string) => string} address The service of a host; a prefix makes it one behind a gateway.
 * @property {() => Promise<number[][]>} calls When each call for a status came, by host, in milliseconds since 1970.
 * @property {() => void} stop
 */

/**
 * Starts services that tell how jobs stand.
 * @param {number} hosts How many.
 * @returns {Promise<StatusServer>}
 */
export async function startStatuses(hosts) {
  const { line, stop } = await startServer('statuses.mjs', [String(hosts)]);
  /** @type {number[]} */
  const ports = JSON.parse(line);
  return {
    address: (host, prefix = '') => `http://127.0.0.1:${ports[host]}${prefix}/workspaces/${ids.workspace}/services/${ids.service}`,
    calls: async () => JSON.parse(await (await fetch(`http://127.0.0.1:${ports[0]}/report`)).text()),
    stop,
  };
}

/**
 * @typedef {object} ManyArm
 * @property {string} url Scheme, host and port.
 * @property {() => Promise<string[]>} asked What was asked for since it was last told: method, path and query of each call.
 * @property {() => void} stop
 */

/**
 * Starts an Azure Resource Manager that tells of many instances of API Management.
 * @param {number} instances
 * @param {number} apis In each.
 * @returns {Promise<ManyArm>}
 */
export async function startManyArm(instances, apis) {
  const { line: port, stop } = await startServer('manyArm.mjs', [String(instances), String(apis)]);
  const url = `http://127.0.0.1:${port}`;
  return { url, asked: async () => JSON.parse(await (await fetch(`${url}/asked`)).text()), stop };
}

/**
 * Starts the storage of the sample service, empty. It ends with this process, however that ends.
 * @param {string} dist The production build.
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 */
export async function startStorage(dist) {
  const { binary } = await ensureNode('newest');
  const child = fork(join(dist, 'storage.js'), ['0'], { execPath: binary, execArgv: [], env: cleanEnv(), stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const port = await new Promise((resolve, reject) => {
    child.once('message', (message) => (Object(message).kind === 'ready' ? resolve(Object(message).port) : undefined));
    child.once('error', reject);
    void ended.then(() => reject(new StepFailed('The storage did not start.')));
  });
  return {
    port,
    stop: async () => {
      // Without somebody to talk to it ends.
      child.disconnect();
      await ended;
    },
  };
}

/**
 * @typedef {object} SampleProgram
 * @property {any} ready What it writes when it is ready.
 * @property {string} key The key of its service.
 * @property {string} token The token of its ARM.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the sample with Sample API Management, which keep nothing. They end with this process, however that ends.
 * @param {string} dist The production build.
 * @returns {Promise<SampleProgram>}
 */
export async function startSample(dist) {
  const { binary } = await ensureNode('newest');
  const [key, token] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
  const env = { ...cleanEnv(), SAMPLE_API_KEY: key, SAMPLE_ARM_TOKEN: token };
  const child = fork(join(dist, 'sample.js'), ['--api-management'], {
    execPath: binary, execArgv: [], env, stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise((resolve, reject) => {
    child.stdout?.once('data', (data) => resolve(String(data)));
    child.once('error', reject);
    void ended.then(() => reject(new StepFailed('The sample did not start.')));
  });
  return {
    ready: JSON.parse(line), key, token,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}

/**
 * Bundles one of the bench's programs that is written in TypeScript, for {@link runProgram}.
 * @param {string} name The file.
 * @param {string} outFolder
 * @returns {Promise<string>} The bundle.
 */
export async function bundleProgram(name, outFolder) {
  const outfile = join(outFolder, name.replace(/\.ts$/, '.cjs'));
  // Not imported at the top: before the first install it does not exist.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(folder, name)], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'warning',
    // storage-blob asks for its own address while it loads, which this form of bundle does not have.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}

/**
 * @param {string} origin
 * @param {number} bytes
 * @returns {import('../../src/model/service').Service}
 */
function service(origin, bytes) {
  const prefix = `/answer-${bytes}`;
  const address = `${origin}${prefix}/workspaces/${ids.workspace}/services/${ids.service}`;
  return { name: `Answer of ${bytes} bytes`, address, endpoint: { form: 'classic', origin, prefix, odata: false, ...ids }, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
}

/**
 * Runs one of the bench's programs to its end and gives what it wrote, read as JSON.
 * @param {string} name The file, or the whole path of a bundle.
 * @param {unknown} input Handed over as JSON.
 * @returns {Promise<any>}
 */
export async function runProgram(name, input) {
  const { binary } = await ensureNode('newest');
  const { code, output } = await run(binary, ['--expose-gc', isAbsolute(name) ? name : join(folder, name), JSON.stringify(input)], { cwd: root });
  if (code !== 0) throw new StepFailed(`${name} failed:\n${lastLines(output)}`);
  return JSON.parse(output);
}
