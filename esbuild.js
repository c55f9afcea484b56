// Builds what ships, into dist/: the extension's entry, the parts that are loaded on first use, the sample, the pages and the notices.
// --production minifies; --watch builds again on each change.

const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');
const { buildSync, context } = require('esbuild');
const { azureLeftOut, leftOut } = require('./esbuildLeftOut.js');

/**
 * A path of the project, whatever folder this is started in.
 * @param {string} path
 */
const inProject = (path) => resolve(__dirname, path);

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
  charset: 'utf8',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's UMD build cannot be bundled; its ES module can.
  mainFields: ['module', 'main'],
};

/**
 * @azure/storage-blob asks for `import.meta.url` while it loads, which a CommonJS bundle does not have.
 * @type {import('esbuild').BuildOptions}
 */
const withStorageBlob = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** Where the extension's own code starts to run: in the editor, and in the thread that reads tables. */
const programs = { extension: inProject('src/extension.ts'), tableWorker: inProject('src/tables/worker.ts') };

/** What runs as processes of their own. */
const processes = { sample: inProject('src/sample/main.ts'), storage: inProject('src/sample/storage/main.ts') };

/** Packages that several of them need: each is a file of its own, which is read when the first of them needs it. */
const sharedPackages = { papaparse: 'papaparse', jsonc: 'jsonc-parser', l10n: '@vscode/l10n' };

const sharedFolders = Object.fromEntries(
  Object.entries(sharedPackages).map(([name, specifier]) => [name, dirname(require.resolve(`${specifier}/package.json`))]));

/** Modules in one file for all: they find secrets, tell of failures, read texts, addresses and storages. No two export one name. */
const sharedModules = Object.entries({
  // Errors are told apart by their class, so all bundles have to share one copy of the classes.
  errors: ['src/model/errors'],
  // A folder is known to others by its index alone.
  redaction: ['src/redaction'],
  failures: ['src/http/failureParts', 'src/http/networkFailure', 'src/http/shown'],
  addresses: [
    'src/protocols/studio/endpoint', 'src/protocols/studio/endpointAddress', 'src/base/pasted/pasteSecrets', 'src/storage/storageHosts',
    'src/base/loopback', 'src/base/ends', 'src/protocols/studio/facts', 'src/protocols/newService',
  ],
  faults: ['src/protocols/studio/faultMessages', 'src/protocols/studio/fault', 'src/protocols/studio/explain', 'src/http/answerText'],
  requests: ['src/protocols/studio/request', 'src/protocols/studio/bes'],
  texts: ['src/base/jsonCursor', 'src/base/jsonText', 'src/base/format', 'src/base/readableText', 'src/protocols/columnFacts'],
  storageTexts: ['storageText', 'containerText', 'storageLine', 'blobAddress'].map((name) => `src/storage/${name}`),
  // What activation reads has a copy of its own, so that it reads one file.
  ids: ['src/ui/ids'],
  ranks: ['src/tables/collation/rankTexts', 'src/tables/orderRanks', 'src/base/slicedSort'],
  pasted: ['src/base/pasted/pasteJson', 'src/base/pasted/pasteValues', 'src/base/pasted/pasteLines'],
}).map(([file, modules]) => ({ file, paths: modules.map(inProject) }));

/** @param {string[]} paths What a file of shared modules is made of. */
const everythingOf = (paths) =>
  ({ contents: paths.map((path) => `export * from ${JSON.stringify(path)};`).join('\n'), resolveDir: __dirname });

/** @param {string} file A module in its place: its names come by one `require` for a bundle, in place of one for each import line. */
function throughOneRequire(file) {
  const { paths } = sharedModules.find((each) => each.file === file) ?? { paths: [] };
  const { outputs } = buildSync({
    stdin: everythingOf(paths), bundle: true, write: false, metafile: true, format: 'esm', platform: 'node', packages: 'external',
    outfile: 'names.js',
  }).metafile;
  return `export { ${Object.values(outputs).flatMap((each) => each.exports).join(', ')} } from './${file}.js';`;
}

/**
 * What an import line names: the path of a file without its ending, and of a folder's index the folder.
 * @param {string} file
 */
const moduleOf = (file) => file.replace(/\.[jt]s$/, '').replace(/[\\/]index$/, '');

/** @type {ReadonlyMap<string, string>} Bundles by the modules that are in them only: imports of these stay imports everywhere. */
const bundlesOfModules = new Map(sharedModules.flatMap(({ file, paths }) => paths.map((path) => /** @type {const} */ ([path, file]))));

/**
 * Finds the parts of the extension that are loaded on first use: what its programs import dynamically. Each is a bundle of its own, so that
 * activation does not read it, and is called as its file is.
 * @returns {{ name: string, file: string, holdsStorageBlob: boolean }[]}
 */
function findLoadedOnFirstUse() {
  const { inputs } = buildSync({
    absWorkingDir: __dirname, entryPoints: programs, outdir: 'dist', bundle: true, write: false, metafile: true, platform: 'node',
    packages: 'external', logLevel: 'warning', logOverride: { 'unsupported-dynamic-import': 'error' },
  }).metafile;
  /** @type {Set<string>} */
  const files = new Set();
  for (const [importer, { imports }] of Object.entries(inputs)) {
    for (const { kind, path, external } of imports) {
      // esbuild takes a text with a gap for all files that fit it.
      if (external && path.includes('*')) {
        throw new Error(`${importer} imports ${path}: what is loaded on first use has to be named by a literal text`);
      }
      if (kind === 'dynamic-import' && !external && !bundlesOfModules.has(moduleOf(inProject(path)))) files.add(path);
    }
  }
  const byHand = [...Object.keys({ ...programs, ...processes, ...sharedPackages }), ...bundlesOfModules.values()];
  const taken = new Map(byHand.map((name) => [name.toLowerCase(), 'esbuild.js']));
  return [...files].sort().map((file) => {
    const name = basename(moduleOf(file));
    // Some file systems do not tell upper case from lower case.
    const other = taken.get(name.toLowerCase());
    if (other !== undefined) {
      throw new Error(`The bundle of ${file} would be called ${name}.js, as is one of ${other}: give the file another name`);
    }
    taken.set(name.toLowerCase(), file);
    return { name, file: inProject(file), holdsStorageBlob: reaches(inputs, file, '@azure/storage-blob') };
  });
}

/**
 * Whether a module needs a package as soon as it is loaded.
 * @param {import('esbuild').Metafile['inputs']} inputs
 * @param {string} start
 * @param {string} packageName
 */
function reaches(inputs, start, packageName) {
  const reached = new Set([start]);
  for (const file of reached) {
    for (const { kind, path } of inputs[file]?.imports ?? []) {
      if (kind !== 'dynamic-import') reached.add(path);
    }
  }
  return reached.has(packageName);
}

/**
 * Imports between the extension's bundles stay imports.
 * @param {ReadonlyMap<string, string>} bundlesOnFirstUse bundles by the modules that are loaded on first use
 * @param {string} [own] the bundle that is built, where it is one of shared modules
 * @returns {import('esbuild').Plugin}
 */
const besideUs = (bundlesOnFirstUse, own) => ({
  name: 'beside-us',
  setup(build) {
    build.onResolve({ filter: /^\.\.?(\/|$)/ }, ({ kind, importer, path, resolveDir }) => {
      const wanted = moduleOf(resolve(resolveDir, path));
      const late = kind === 'dynamic-import' && !/[\\/]node_modules[\\/]/.test(importer);
      const shared = bundlesOfModules.get(wanted);
      if (shared !== undefined && shared !== own && !late) return { path: shared, namespace: 'shared' };
      const name = shared ?? (late ? bundlesOnFirstUse.get(wanted) : undefined);
      if (name !== undefined && name !== own) return { path: `./${name}.js`, external: true };
      // Bundles are looked for when a build starts, and it may watch files that change.
      return late ? { errors: [{ text: `There is no bundle of ${path} yet: start the build again` }] } : undefined;
    });
    build.onResolve({ filter: /./, namespace: 'shared' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => ({ contents: throughOneRequire(path) }));
    for (const [name, specifier] of Object.entries(sharedPackages)) {
      build.onResolve({ filter: new RegExp(`^${specifier}$`) }, () => ({ path: `./${name}.js`, external: true }));
    }
  },
});

/** The pages: every folder of media/ that has a page.ts, with its style sheet where there is one. */
function findPages() {
  const files = readdirSync(inProject('media'))
    .map((name) => ({ name, page: inProject(`media/${name}/page.ts`), style: inProject(`media/${name}/style.css`) }))
    .filter(({ page }) => existsSync(page));
  return Object.fromEntries(files.flatMap(({ name, page, style }) => [
    [`${name}/page`, page],
    ...(existsSync(style) ? [[`${name}/style`, style]] : []),
  ]));
}

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

/** @param {string[]} folders Those of the packages in the bundles; gives each one's name, version and licence. */
function notices(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}${license ? ` (${license})` : ''}\n\n${licenceText(folder, name, license === 'MIT' ? author : undefined)}\n`;
  });
  // The same package can stand in several folders.
  return ['This extension contains code of these packages:\n', ...new Set(parts)].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * A package's licence: its file, or that part of its readme, or, where package.json alone tells of it, the MIT licence of `mitAuthor`.
 * @param {string} folder @param {string} name @param {unknown} mitAuthor
 */
function licenceText(folder, name, mitAuthor) {
  /** @param {RegExp} pattern */
  const read = (pattern) => {
    const file = readdirSync(folder).find((each) => pattern.test(each));
    return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  };
  const text = read(/^licen[cs]e/i) || (/^#+ *licen[cs]e[^]*/im.exec(read(/^readme/i))?.[0] ?? '');
  // Our own licence is the same but for whose it is.
  if (text === '' && typeof mitAuthor === 'string') {
    return readFileSync(join(__dirname, 'LICENSE'), 'utf8').replace(/^Copyright.*$/m, `Copyright (c) ${mitAuthor}`).trim();
  }
  if (text === '') throw new Error(`${name} has no licence text, so its code cannot be shipped`);
  return text.trim();
}

/**
 * Everything that is built, by what is there now.
 * @returns {import('esbuild').BuildOptions[]}
 */
function findBuilds() {
  const parts = findLoadedOnFirstUse();
  const late = new Map(parts.map(({ name, file }) => /** @type {const} */ ([moduleOf(file), name])));
  const beside = besideUs(late);
  /** @param {boolean} wanted */
  const entries = (wanted) =>
    Object.fromEntries(parts.filter(({ holdsStorageBlob }) => holdsStorageBlob === wanted).map(({ name, file }) => [name, file]));
  const inEditor = { ...node, outdir: 'dist', external: ['vscode'], plugins: [beside, plainVscode] };
  const { extension, tableWorker } = programs;
  const { sample, storage } = processes;
  return [
    { ...node, entryPoints: sharedFolders, outdir: 'dist' },
    ...sharedModules.map(({ file, paths }) => ({
      ...node, outfile: `dist/${file}.js`,
      stdin: everythingOf(paths),
      plugins: [besideUs(new Map(), file)],
    })),
    { ...node, ...withStorageBlob, entryPoints: { sample }, outdir: 'dist' },
    { ...node, entryPoints: { storage }, outdir: 'dist', plugins: [leftOut] },
    { ...inEditor, entryPoints: { extension }, plugins: [besideUs(late, 'ids'), plainVscode] },
    { ...inEditor, entryPoints: entries(false), plugins: [...inEditor.plugins, azureLeftOut] },
    { ...inEditor, ...withStorageBlob, entryPoints: entries(true) },
    { ...node, entryPoints: { tableWorker }, outdir: 'dist', plugins: [beside] },
    { ...shared, platform: 'browser', target: 'chrome120', format: 'iife', entryPoints: findPages(), outdir: 'dist/media' },
  ];
}

async function main() {
  rmSync('dist', { recursive: true, force: true });
  const contexts = await Promise.all(findBuilds().map((options) => context(options)));
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

module.exports = {
  sharedModules,
  get builds() {
    return findBuilds();
  },
};

// Tests look at the builds without making them.
if (require.main === module) main().catch((error) => {
  // What esbuild finds wrong it has said itself.
  if (!error.errors) console.error(error);
  // Builds that were begun would keep the process alive.
  process.exit(1);
});
