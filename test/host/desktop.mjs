// What `npm run test:desktop` does: the tests of test/editor inside a desktop VS Code, which @vscode/test-electron downloads from the
// internet.
// --oldest runs them in the oldest VS Code that package.json promises.

import { rmSync } from 'node:fs';
import { bundleEditorTests, makeRunFolders, readResult } from './editorSuite.mjs';
import { build, ensurePackages } from './install.mjs';
import { readCommandLine } from './options.mjs';
import { onAskedToEnd, step, StepFailed } from './processes.mjs';
import { writeUserSettings } from './settings.mjs';
import { summary } from './tally.mjs';
import { cacheFolder, root } from './tools.mjs';
import { editors } from './versions.mjs';

const usage = `Usage: npm run test:desktop [-- OPTIONS]

Runs the tests inside a desktop VS Code, which is downloaded.

  --oldest  takes the oldest VS Code that package.json promises
  --help    prints this`;

/** @param {string} version As `1.103.2`, or `stable`. @returns {Promise<string>} The program of a downloaded VS Code. */
function download(version) {
  return step(`Downloading the desktop VS Code (${version}) into .vscode-test`, async () => {
    const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
    try {
      return await downloadAndUnzipVSCode({ version, cachePath: cacheFolder, reporter: new SilentReporter() });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StepFailed(
        `VS Code could not be downloaded: ${reason}\n` +
          "This command needs the internet. npm test runs the same tests with what npm's registry alone provides.",
      );
    }
  });
}

async function main() {
  onAskedToEnd();
  const values = readCommandLine(usage, { oldest: { type: 'boolean', default: false } });
  await ensurePackages();
  await build();
  const extensionTestsPath = await bundleEditorTests();
  const vscodeExecutablePath = await download(values.oldest ? editors.oldest.vscode : 'stable');
  const { base, dataDir, workspace, resultFile } = makeRunFolders(root);
  try {
    writeUserSettings(dataDir);
    const { runTests } = await import('@vscode/test-electron');
    /** @type {string | undefined} */
    let trouble;
    try {
      await runTests({
        vscodeExecutablePath,
        extensionDevelopmentPath: root,
        extensionTestsPath,
        extensionTestsEnv: {
          EDITOR_TEST_RESULT: resultFile, EDITOR_TEST_DATA_DIR: dataDir, EDITOR_TEST_WORKSPACE: workspace, EDITOR_TEST_LOG_FILES: 'yes',
        },
        launchArgs: [workspace, '--disable-workspace-trust', '--disable-extensions', `--user-data-dir=${dataDir}/data`],
      });
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    const result = readResult(resultFile, trouble);
    for (const { title, message } of result.failures) {
      process.stdout.write(`failed: ${title}\n${message.replace(/^/gm, '    ')}\n`);
    }
    const { line, ok } = summary([result]);
    process.stdout.write(`\n${line}\n`);
    process.exitCode = ok ? 0 : 1;
  } finally {
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
}

main().catch((error) => {
  process.stderr.write(`${error instanceof StepFailed ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
