// Runs the tests of test/editor inside a real VS Code: bundles them, serves the editor, opens it in a browser without a window and waits
// for what comes out.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { offlineEnv, writeUserSettings } from './settings.mjs';
import { remoteUri, startServer, workbenchUrl } from './server.mjs';
import { cacheFolder, ensureSpdlog, root } from './tools.mjs';

/** @typedef {{ title: string, state: 'passed' | 'failed', durationMs: number, message?: string }} TestOutcome */
/** @typedef {{ passed: number, failed: number, failures: { title: string, message: string }[], tests: TestOutcome[] }} SuiteResult */

/**
 * @typedef {object} SuiteOptions
 * @property {import('./versions.mjs').EditorVersion} [version] The newest unless given.
 * @property {string} [extensionRoot] A folder with a built extension and a `test/editor` folder; this repository unless given.
 * @property {Record<string, string>} [env] Set in the environment of the extension host.
 * @property {number} [limitMs] How long the whole run may take, from the page's opening on.
 */

/**
 * Bundles every test file, and the entry that runs them, into `out/editor`.
 * @param {string} [extensionRoot]
 * @returns {Promise<string>} The bundled entry, for VS Code's `extensionTestsPath`.
 */
export async function bundleEditorTests(extensionRoot = root) {
  const source = join(extensionRoot, 'test', 'editor');
  const outdir = join(extensionRoot, 'out', 'editor');
  const tests = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((entry) => entry.endsWith('.test.ts'));
  rmSync(outdir, { recursive: true, force: true });
  // Not imported at the top: before the first install it does not exist.
  const { build } = await import('esbuild');
  await build({
    entryPoints: ['index.ts', ...tests].map((entry) => join(source, entry)),
    outbase: source,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}

/**
 * Makes the folders that one run works in.
 * @param {string} extensionRoot Its `media/sample`, if there is one, is copied into the workspace folder.
 * @returns {{ base: string, dataDir: string, workspace: string, resultFile: string }} All inside `base`, which the caller removes.
 */
export function makeRunFolders(extensionRoot) {
  // The real path: on some systems the temporary folder is a link, and VS Code names files by their real path.
  const base = mkdtempSync(join(realpathSync(tmpdir()), 'editor-tests-'));
  const folders = { base, dataDir: join(base, 'data'), workspace: join(base, 'workspace'), resultFile: join(base, 'result.json') };
  mkdirSync(folders.dataDir);
  mkdirSync(folders.workspace);
  const sample = join(extensionRoot, 'media', 'sample');
  if (existsSync(sample)) {
    cpSync(sample, folders.workspace, { recursive: true });
  }
  return folders;
}

/**
 * Runs all tests of test/editor once. The tests find their folders in the environment: EDITOR_TEST_DATA_DIR (the server's, whose
 * `data/logs` holds log files where EDITOR_TEST_LOG_FILES is `yes`) and EDITOR_TEST_WORKSPACE (the folder that is open).
 * @param {SuiteOptions} [options]
 * @returns {Promise<SuiteResult>} A run that stood still, wrote no result or ran no test counts as failed, with the reason among
 * the failures.
 */
export async function runEditorSuite({ version = 'newest', extensionRoot = root, env = {}, limitMs = 600_000 } = {}) {
  const entry = await bundleEditorTests(extensionRoot);
  const { base, dataDir, workspace, resultFile } = makeRunFolders(extensionRoot);
  writeUserSettings(dataDir);
  const logFiles = await ensureSpdlog(version);
  if (!logFiles) {
    process.stdout.write(
      'VS Code writes no log files here, since its log writer could not be built (it needs a C++ compiler, make and Python): ' +
        'checks of log files cannot run.\n',
    );
  }
  const testEnv = {
    ...offlineEnv, EDITOR_TEST_RESULT: resultFile, EDITOR_TEST_DATA_DIR: dataDir, EDITOR_TEST_WORKSPACE: workspace,
    EDITOR_TEST_LOG_FILES: logFiles ? 'yes' : 'no', ...env,
  };
  const server = await startServer({ version, dataDir, trust: true, smokeTestDriver: true, env: testEnv });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      /** @type {string[]} */
      const said = [];
      page.on('console', (message) => said.push(message.text()));
      /** @type {Promise<string | undefined>} */
      const end = new Promise((resolve) => {
        setTimeout(() => resolve(`the run did not end within ${limitMs / 1000} s`), limitMs).unref();
        page.on('crash', () => resolve('the page crashed'));
        page.on('close', () => resolve('the page was closed'));
        void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) =>
          resolve(code === 0 ? undefined : `the run ended with code ${code}`));
      });
      // The workbench insists on this function; what it is told comes through the console as well.
      await page.exposeFunction('codeAutomationLog', () => {});
      const payload = /** @type {[string, string][]} */ ([
        ['extensionDevelopmentPath', remoteUri(server, extensionRoot)],
        ['extensionTestsPath', remoteUri(server, entry)],
      ]);
      await page.goto(workbenchUrl(server, workspace, payload));
      const trouble = await end;
      const result = readResult(resultFile, trouble);
      if (trouble !== undefined) {
        const picture = join(cacheFolder, 'screenshots', `editor-${version}.png`);
        mkdirSync(dirname(picture), { recursive: true });
        writeFileSync(`${picture}.console.txt`, said.join('\n'));
        await page.screenshot({ path: picture }).catch(() => {});
        process.stdout.write(`The page at the end of the run: ${picture}; its console is beside it.\n`);
      }
      return result;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * What a run has written down, together with what went wrong around it.
 * @param {string} resultFile
 * @param {string | undefined} trouble Why the run did not end well, seen from outside.
 * @returns {SuiteResult}
 */
export function readResult(resultFile, trouble) {
  /** @type {{ finished: boolean, running?: string, tests: TestOutcome[] }} */
  const written = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : { finished: false, tests: [] };
  const { tests } = written;
  const failures = tests.filter((test) => test.state === 'failed').map(({ title, message = '' }) => ({ title, message }));
  const passed = tests.length - failures.length;
  if (!written.finished || tests.length === 0 || (trouble !== undefined && failures.length === 0)) {
    const where = written.running === undefined ? '' : `, while this test ran: ${written.running}`;
    const reason = written.finished && tests.length === 0 ? 'no test ran' : (trouble ?? 'the run wrote no final result');
    failures.push({ title: 'The run as a whole', message: `${reason}${where}` });
  }
  return { passed, failed: failures.length, failures, tests };
}
