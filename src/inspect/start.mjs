// What `npm run inspect` runs: bundles the program beside it in memory, so that nothing has to be built, and hands the arguments over.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('main.ts', import.meta.url));
const { outputFiles } = await build({
  entryPoints: [entry], bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning',
  // jsonc-parser's UMD build cannot be bundled; its ES module can.
  mainFields: ['module', 'main'],
});
/** @type {{ exports: Partial<typeof import('./main')> }} */
const bundle = { exports: {} };
compileFunction(outputFiles[0]?.text ?? '', ['require', 'module'], { filename: entry })(createRequire(import.meta.url), bundle);

// npm goes to the project's folder; a file is meant from where the person is.
const folder = (process.env['npm_lifecycle_event'] === 'inspect' ? process.env['INIT_CWD'] : undefined) ?? process.cwd();
process.exitCode = await bundle.exports.main?.(process.argv.slice(2), folder, process) ?? 1;
