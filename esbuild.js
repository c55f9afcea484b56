// Builds what ships, into dist/: the extension's entry, the parts that are loaded on first use, the sample service, the pages and the notices.
// --production minifies; --watch builds again on each change.

const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
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

/** @type {import('esbuild').BuildOptions} @azure/storage-blob asks for `import.meta.url` while it loads, which a CommonJS bundle does not have. */
const withStorageBlob = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** @type {Readonly<Record<string, string>>} What stands in the storage program in place of modules that it has no use for. */
const storageWithout = {
  // Never turned on there, so nothing can be sent.
  applicationinsights: '',
  // Asks the storage itself whether a token lets a blob be copied: Node's own fetch does that.
  axios: `exports.get = async (url) => {
    const answer = await fetch(url, { redirect: 'manual' });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), data: await answer.text() };
  };`,
  // These two of @azure/ms-rest-js are for calls to other services, of which Azurite makes none, and bring old axios, tough-cookie and xml2js.
  './axiosHttpClient': 'export class AxiosHttpClient {}',
  xml2js: '',
};

/** @type {import('esbuild').Plugin} Keeps these out of the storage program: what is not there needs no care. */
const leftOut = {
  name: 'left-out',
  setup(build) {
    build.onResolve({ filter: /^(applicationinsights|axios)$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
    build.onResolve({ filter: /^(xml2js|\.\/axiosHttpClient)$/ }, ({ path, importer }) => (/[\\/]ms-rest-js[\\/]/.test(importer) ? { path, namespace: 'nothing' } : undefined));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, ({ path }) => ({ contents: storageWithout[path] ?? '' }));
  },
};

/** Parts of the extension that are bundles of their own, loaded on first use, so that activation does not read them. */
const onFirstUse = {
  roof: 'src/roof.ts',
  transport: 'src/client/transport.ts',
  scoring: 'src/client/scoring.ts',
  checking: 'src/client/checking.ts',
  jobs: 'src/client/jobs.ts',
  download: 'src/client/download.ts',
  tables: 'src/client/tables/tables.ts',
  addService: 'src/editor/commands/addService.ts',
  writing: 'src/editor/code/writing.ts',
};

/** The one of them that holds @azure/storage-blob. */
const blobs = { blobs: 'src/client/blobs.ts' };

/** Packages that several of them need: each is a file of its own, which is read when the first of them needs it. */
const sharedPackages = { papaparse: 'papaparse', jsonc: 'jsonc-parser' };

/** Where they are, whatever folder this is started in. */
const sharedFolders = Object.fromEntries(
  Object.entries(sharedPackages).map(([name, specifier]) => [name, dirname(require.resolve(`${specifier}/package.json`))]),
);

/** Modules that are a file for all of them together too: what finds and masks secrets, what reads addresses. No two of a file export the same name. */
const sharedModules = Object.entries({
  redaction: ['redact', 'mask', 'maskTokens', 'maskWords', 'jsonClean', 'secretFinder', 'secretPieces', 'shortSecrets', 'spelledText', 'unseen'],
  addresses: ['endpoint', 'pasteSecrets', 'storageHosts', 'loopback', 'ends'],
}).map(([file, names]) => ({ file, paths: names.map((name) => resolve(__dirname, 'src/protocol', name)) }));

/**
 * What an import line names: the path of a file without its ending, and of a folder's index the folder.
 * @param {string} file
 */
const moduleOf = (file) => file.replace(/\.[jt]s$/, '').replace(/[\\/]index$/, '');

/** @type {ReadonlyMap<string, string>} Bundles by the modules that are in them only: imports of these stay imports everywhere. */
const bundlesOfModules = new Map([
  // Errors are told apart by their class, so all bundles have to share one copy of the classes.
  [resolve(__dirname, 'src/model/errors'), 'errors'],
  ...sharedModules.flatMap(({ file, paths }) => paths.map((path) => /** @type {const} */ ([path, file]))),
]);

/** @type {ReadonlyMap<string, string>} Bundles by the modules that are loaded on first use. */
const bundlesOnFirstUse = new Map(Object.entries({ ...onFirstUse, ...blobs }).map(([name, path]) => [moduleOf(resolve(__dirname, path)), name]));

/** @type {import('esbuild').Plugin} Imports between the extension's bundles stay imports. */
const besideUs = {
  name: 'beside-us',
  setup(build) {
    build.onResolve({ filter: /^\.\.?(\/|$)/ }, ({ kind, path, resolveDir }) => {
      const wanted = moduleOf(resolve(resolveDir, path));
      const name = bundlesOfModules.get(wanted) ?? (kind === 'dynamic-import' ? bundlesOnFirstUse.get(wanted) : undefined);
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
    for (const [name, specifier] of Object.entries(sharedPackages)) {
      build.onResolve({ filter: new RegExp(`^${specifier}$`) }, () => ({ path: `./${name}.js`, external: true }));
    }
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
  { ...node, entryPoints: { errors: 'src/model/errors.ts' }, outdir: 'dist' },
  { ...node, entryPoints: sharedFolders, outdir: 'dist' },
  ...sharedModules.map(({ file, paths }) => ({
    ...node, outfile: `dist/${file}.js`,
    stdin: { contents: paths.map((path) => `export * from ${JSON.stringify(path)};`).join('\n'), resolveDir: __dirname },
  })),
  { ...node, ...withStorageBlob, entryPoints: { sample: 'src/sample/main.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { storage: 'src/sample/storage/main.ts' }, outdir: 'dist', plugins: [leftOut] },
  { ...node, entryPoints: { extension: 'src/extension.ts', ...onFirstUse }, outdir: 'dist', external: ['vscode'], plugins: [besideUs, plainVscode] },
  { ...node, ...withStorageBlob, entryPoints: blobs, outdir: 'dist', plugins: [besideUs] },
  { ...node, entryPoints: { tableWorker: 'src/client/tables/worker.ts' }, outdir: 'dist', plugins: [besideUs] },
  { ...shared, platform: 'browser', target: 'chrome120', format: 'iife', entryPoints: { 'answer/page': 'media/answer/page.ts', 'answer/style': 'media/answer/style.css', 'job/page': 'media/job/page.ts', 'job/style': 'media/job/style.css', 'service/page': 'media/service/page.ts', 'service/style': 'media/service/style.css', 'file/page': 'media/file/page.ts', 'file/style': 'media/file/style.css', 'compare/page': 'media/compare/page.ts', 'compare/style': 'media/compare/style.css' }, outdir: 'dist/media' },
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
      // The innermost: a package may have others of its own.
      const found = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found) packages.add(found[1]);
    }
    await each.dispose();
  }
  writeFileSync(join('dist', 'ThirdPartyNotices.txt'), notices([...packages].sort()));
}

/**
 * What has to be said about the code of others in the bundles: each package's name, version and licence text.
 * @param {string[]} folders folders of the packages that the bundles hold code of
 */
function notices(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}${license ? ` (${license})` : ''}\n\n${licenceText(folder, name)}\n`;
  });
  // The same package can stand in several folders.
  return ['This extension contains code of these packages:\n', ...new Set(parts)].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * A package's licence: its file, or where there is none that part of its readme.
 * @param {string} folder
 * @param {string} name
 */
function licenceText(folder, name) {
  /** @param {RegExp} pattern */
  const read = (pattern) => {
    const file = readdirSync(folder).find((each) => pattern.test(each));
    return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  };
  const text = read(/^licen[cs]e/i) || (/^#+ *licen[cs]e[^]*/im.exec(read(/^readme/i))?.[0] ?? '');
  if (text === '') throw new Error(`${name} has no licence text, so its code cannot be shipped`);
  return text.trim();
}

module.exports = { builds, sharedModules };

// Tests look at the builds without making them.
if (require.main === module) main().catch((error) => {
  // What esbuild finds wrong it has said itself.
  if (!error.errors) console.error(error);
  // Builds that were begun would keep the process alive.
  process.exit(1);
});
