// What `npm test` does: installs, builds, checks, and runs every kind of test. Its last line is "N passed, N failed".
// --only unit|integration|pages|editor|ui runs one kind; --oldest runs the tests inside the oldest VS Code that package.json promises.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runEditorSuite } from './editorSuite.mjs';
import { build, ensurePackages } from './install.mjs';
import { endWith, readCommandLine } from './options.mjs';
import { lastLines, npm, onAskedToEnd, run } from './processes.mjs';
import { failureList, readVitest, summary } from './tally.mjs';
import { findBrowser } from './chromium.mjs';
import { cacheFolder, ensureSpdlog, root } from './tools.mjs';
import { editors } from './versions.mjs';

/** @typedef {import('./tally.mjs').Outcome} Outcome */

const kinds = ['unit', 'integration', 'pages', 'editor', 'ui'];

const usage = `Usage: npm test [-- OPTIONS]

Installs, builds, checks, and runs every kind of test.

  --only KIND  runs one kind: ${kinds.join(', ')}
  --oldest     takes the oldest VS Code that package.json promises for the tests inside VS Code
  --help       prints this`;

/** @returns {{ only: string | undefined, version: import('./versions.mjs').EditorVersion }} */
function readOptions() {
  const values = readCommandLine(usage, { only: { type: 'string' }, oldest: { type: 'boolean', default: false } });
  if (values.only !== undefined && !kinds.includes(values.only)) {
    endWith(`--only takes one of ${kinds.join(', ')}.`);
  }
  return { only: values.only, version: values.oldest ? 'oldest' : 'newest' };
}

/**
 * Runs one stage under a heading; whatever goes wrong in it becomes its failure.
 * @param {string} title
 * @param {() => Promise<Outcome>} work
 * @returns {Promise<Outcome>}
 */
async function stage(title, work) {
  process.stdout.write(`\n== ${title}\n`);
  const startedMs = Date.now();
  /** @type {Outcome} */
  let outcome;
  try {
    outcome = await work();
  } catch (error) {
    outcome = { passed: 0, failures: [{ title, message: error instanceof Error ? error.message : String(error) }] };
  }
  for (const failure of outcome.failures) {
    process.stdout.write(`failed: ${failure.title}\n${failure.message.replace(/^/gm, '    ')}\n`);
  }
  const seconds = Math.round((Date.now() - startedMs) / 1000);
  process.stdout.write(`${title}: ${outcome.passed} passed, ${outcome.failures.length} failed in ${seconds} s\n`);
  return outcome;
}

/** @param {string} script A script of package.json that either succeeds or fails as a whole. @returns {Promise<Outcome>} */
async function check(script) {
  const { code, output } = await npm(['run', '--silent', script], { cwd: root });
  if (code === 0) return { passed: 1, failures: [] };
  return { passed: 0, failures: [{ title: `npm run ${script}`, message: lastLines(output, 60) }] };
}

/** @param {string} project One of the kinds, whose folder it is; vitest may know it by several projects. @returns {Promise<Outcome>} */
async function vitest(project) {
  const folder = join(cacheFolder, 'results');
  const file = join(folder, `${project}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--project', `${project}*`, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(process.execPath, args, { cwd: root, show: true });
  return readVitest(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, [project], code);
}

/**
 * Fetches and builds what later stages need while the first ones run. Whatever goes wrong is told by the stage that needs it.
 * @param {import('./versions.mjs').EditorVersion} version
 * @returns {Promise<unknown>}
 */
function fetchAhead(version) {
  return Promise.allSettled([findBrowser(), ensureSpdlog(version)]);
}

/** @param {import('./versions.mjs').EditorVersion} version @returns {Promise<Outcome>} */
async function editorTests(version) {
  const { passed, failures, tests } = await runEditorSuite({ version });
  for (const test of tests) {
    process.stdout.write(`${test.state === 'passed' ? '  passed' : '  FAILED'}  ${test.title} (${test.durationMs} ms)\n`);
  }
  return { passed, failures };
}

/** @returns {Promise<Outcome>} */
async function packaging() {
  const file = join(root, 'dist', 'azureml-web-services.vsix');
  rmSync(file, { force: true });
  const outcome = await check('package');
  if (outcome.failures.length > 0 || existsSync(file)) return outcome;
  return { passed: 0, failures: [{ title: 'npm run package', message: `It wrote no ${file}.` }] };
}

async function main() {
  onAskedToEnd();
  const { only, version } = readOptions();
  /** @param {string} kind */
  const wanted = (kind) => only === undefined || only === kind;
  /** @type {Outcome[]} */
  const outcomes = [];
  /** @param {string} title @param {() => Promise<Outcome>} work */
  const add = async (title, work) => {
    const outcome = await stage(title, work);
    outcomes.push(outcome);
    return outcome.failures.length === 0;
  };
  // What cannot run because an earlier stage failed counts as failed itself.
  /** @param {string} reason @returns {() => Promise<Outcome>} */
  const cannotRun = (reason) => () => Promise.reject(new Error(reason));

  const ready = await add('Install and build', async () => {
    await ensurePackages();
    await build();
    return { passed: 1, failures: [] };
  });
  const fetched = ['pages', 'editor', 'ui'].some(wanted) ? fetchAhead(version) : undefined;
  if (wanted('unit')) {
    await add('Unit tests', () => vitest('unit'));
  }
  // Integration tests wait for programs and sockets most of the time, while the check keeps one processor busy.
  await Promise.all([
    ...(only === undefined ? [add('Static check', () => check('lint'))] : []),
    ...(wanted('integration') ? [add('Integration tests', () => vitest('integration'))] : []),
  ]);
  await fetched;
  // Tests inside VS Code wait for it half of the time.
  const inEditor = ready ? () => editorTests(version) : cannotRun('The extension was not built.');
  await Promise.all([
    ...(wanted('pages') ? [add('Tests of the pages in a browser', () => vitest('pages'))] : []),
    ...(wanted('editor') ? [add(`Tests inside VS Code ${editors[version].vscode}`, inEditor)] : []),
  ]);
  if (wanted('ui')) {
    const packaged = await add('Package', ready ? packaging : cannotRun('The extension was not built.'));
    await add('Tests of the packaged extension in a browser', packaged ? () => vitest('ui') : cannotRun('The extension was not packaged.'));
  }

  const { line, leftOut, ok } = summary(outcomes);
  for (const text of [failureList(outcomes), leftOut]) {
    if (text !== undefined) process.stdout.write(`\n${text}\n`);
  }
  // Not left to the end of all handles: something that stays open must not keep the last line from being the end.
  process.stdout.write(`\n${line}\n`, () => process.exit(ok ? 0 : 1));
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
