// Builds what ships, into dist/: the extension's entry, the parts that are loaded on first use, the sample service, the pages and the notices.
// --production minifies; --watch builds again on each change.

const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { context } = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's UMD build cannot be bundled; its ES module can.
  mainFields: ['module', 'main'],
};

/** Parts of the extension that are bundles of their own, loaded on first use, so that activation does not read them. */
const onFirstUse = {
  roof: 'src/roof.ts',
  transport: 'src/client/transport.ts',
  scoring: 'src/client/scoring.ts',
  checking: 'src/client/checking.ts',
  addService: 'src/editor/commands/addService.ts',
};

/** @type {import('esbuild').Plugin} Imports between the extension's bundles stay imports. */
const besideUs = {
  name: 'beside-us',
  setup(build) {
    // Errors are told apart by their class, so all bundles have to share one copy of the classes.
    build.onResolve({ filter: /(^\.|\/model)\/errors$/ }, () => ({ path: './errors.js', external: true }));
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
      const name = Object.keys(onFirstUse).find((each) => kind === 'dynamic-import' && path.endsWith(`/${each}`));
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
  },
};

/** @type {import('esbuild').Plugin} The API object is used as it is: esbuild would copy all of it for every file that imports it. */
const plainVscode = {
  name: 'plain-vscode',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/^import \* as vscode from 'vscode';/m, "const vscode = require('vscode');"),
      loader: 'ts',
    }));
  },
};

/** @type {import('esbuild').BuildOptions[]} */
const builds = [
  { ...node, entryPoints: { errors: 'src/model/errors.ts', sample: 'src/sample/main.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { extension: 'src/extension.ts', ...onFirstUse }, outdir: 'dist', external: ['vscode'], plugins: [besideUs, plainVscode] },
  { ...shared, platform: 'browser', target: 'chrome120', format: 'iife', entryPoints: { 'answer/page': 'media/answer/page.ts', 'answer/style': 'media/answer/style.css' }, outdir: 'dist/media' },
];

async function main() {
  rmSync('dist', { recursive: true, force: true });
  const contexts = await Promise.all(builds.map((options) => context(options)));
  if (watch) {
    await Promise.all(contexts.map((each) => each.watch()));
    return;
  }
  const packages = new Set();
  for (const each of contexts) {
    const { metafile } = await each.rebuild();
    for (const input of Object.keys(metafile?.inputs ?? {})) {
      const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found) packages.add(found[1]);
    }
    await each.dispose();
  }
  writeFileSync(join('dist', 'ThirdPartyNotices.txt'), notices([...packages].sort()));
}

/**
 * What has to be said about the code of others in the bundles: each package's name, version and licence text.
 * @param {string[]} packages names of the packages that the bundles hold code of
 */
function notices(packages) {
  const parts = packages.map((name) => {
    const folder = join('node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} has no licence file, so its code cannot be shipped`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return ['This extension contains code of these packages:\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

module.exports = { builds };

// Tests look at the builds without making them.
if (require.main === module) main().catch((error) => {
  // What esbuild finds wrong it has said itself.
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
