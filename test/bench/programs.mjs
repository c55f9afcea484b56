// Starts the bench's own programs, each a process of its own under the Node that VS Code runs on.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
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
  const { binary } = await ensureNode('newest');
  const child = spawn(binary, [join(folder, 'answers.mjs'), ...sizes.map(String)], { env: cleanEnv(), stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
  const port = await new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(Number(line)));
    child.once('error', reject);
    child.once('exit', () => reject(new StepFailed('The server of the bench did not start.')));
  });
  return { service: (bytes) => service(`http://127.0.0.1:${port}`, bytes), stop: () => void child.stdin.end() };
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
 * @param {string} name The file.
 * @param {unknown} input Handed over as JSON.
 * @returns {Promise<any>}
 */
export async function runProgram(name, input) {
  const { binary } = await ensureNode('newest');
  const { code, output } = await run(binary, ['--expose-gc', join(folder, name), JSON.stringify(input)], { cwd: root });
  if (code !== 0) throw new StepFailed(`${name} failed:\n${lastLines(output)}`);
  return JSON.parse(output);
}
