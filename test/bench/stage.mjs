// What the bench installs: the extension built as it ships, empty extensions to compare with, and the probe.

import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { identity } from '../host/extensions.mjs';
import { lastLines, run, step, StepFailed } from '../host/processes.mjs';
import { root } from '../host/tools.mjs';

/** The extension that is measured, as VS Code names it. */
export const measuredId = identity(root).id;

/** Does nothing at all. */
export const emptyId = 'bench.empty';

/** Does nothing either, but imports `vscode`, as every extension that does something has to. */
export const emptyWithApiId = 'bench.empty-with-api';

/** The extension once more under names of its own, and the same with sixty more commands that nobody uses. */
export const copyId = 'bench.copy';
export const copyWithMoreId = 'bench.copy-with-more';

const moreCommands = 60;

/** Started once before anything is measured, so that nobody pays for what the first one of all pays for. */
export const warmUpId = 'bench.warm-up';

/**
 * @typedef {object} Stage
 * @property {string} dist The production build.
 * @property {string} extensionsDir The installed extensions, for a server.
 */

/**
 * Builds and installs everything into a folder. The repository's own `dist` stays as it is.
 * @param {string} folder
 * @returns {Promise<Stage>}
 */
export async function makeStage(folder) {
  const source = join(folder, 'source');
  const extensionsDir = join(folder, 'extensions');
  mkdirSync(source);
  mkdirSync(extensionsDir);
  // esbuild.js builds the folder that it is started in.
  for (const name of ['src', 'media']) symlinkSync(join(root, name), join(source, name), 'junction');
  await step('Building the extension as it ships', async () => {
    const { code, output } = await run(process.execPath, [join(root, 'esbuild.js'), '--production'], { cwd: source });
    if (code !== 0) throw new StepFailed(`The extension does not build:\n${lastLines(output)}`);
  });
  const dist = join(source, 'dist');
  const copies = [await installCopy(dist, extensionsDir, copyId, 0), await installCopy(dist, extensionsDir, copyWithMoreId, moreCommands)];
  const installed = [installMeasured(dist, extensionsDir), ...copies, ...installEmpty(extensionsDir), await installProbe(extensionsDir)];
  writeFileSync(join(extensionsDir, 'extensions.json'), JSON.stringify(installed));
  return { dist, extensionsDir };
}

/**
 * @param {string} extensionsDir
 * @param {Record<string, unknown>} manifest
 */
function place(extensionsDir, manifest) {
  const id = `${manifest['publisher']}.${manifest['name']}`;
  const version = `${manifest['version']}`;
  const relativeLocation = `${id}-${version}`;
  const folder = join(extensionsDir, relativeLocation);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const entry = { identifier: { id }, version, location: { $mid: 1, path: folder.replaceAll('\\', '/'), scheme: 'file' }, relativeLocation, metadata: {} };
  return { folder, entry };
}

/**
 * The newest VS Code opens JSON files of its own when a window starts, which would start the extensions before they can be measured. So nothing starts them
 * but the probe.
 * @returns {Record<string, unknown>}
 */
function measuredManifest() {
  return { ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), activationEvents: [] };
}

/** @param {string} dist @param {string} extensionsDir */
function installMeasured(dist, extensionsDir) {
  const { folder, entry } = place(extensionsDir, measuredManifest());
  cpSync(join(root, 'package.nls.json'), join(folder, 'package.nls.json'));
  cpSync(dist, join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'media'), join(folder, 'media'), { recursive: true, filter: (path) => !path.endsWith('.ts') });
  return entry;
}

/**
 * The extension with `more` commands added, under ids of its own: VS Code takes no id twice.
 * @param {string} dist @param {string} extensionsDir @param {string} id @param {number} more
 */
async function installCopy(dist, extensionsDir, id, more) {
  const [publisher = '', name = ''] = id.split('.');
  const prefix = `bench${more}Commands`;
  /** @param {string} text */
  const renamed = (text) => text.replaceAll('azuremlWebServices', prefix);
  const added = Array.from({ length: more }, (_, index) => `unused${index}`);
  const { contributes, ...manifest } = JSON.parse(renamed(JSON.stringify(measuredManifest())));
  const commands = [...contributes.commands, ...added.map((each) => ({ command: `${prefix}.${each}`, title: each }))];
  const { folder, entry } = place(extensionsDir, { ...manifest, publisher, name, contributes: { ...contributes, commands } });
  for (const part of ['dist', 'media']) cpSync(part === 'dist' ? dist : join(root, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('.ts') });
  const ids = join('src', 'ui', 'ids.ts');
  let isRenamed = false;
  /** @type {import('esbuild').Plugin} */
  const withMore = {
    name: 'with-more',
    setup: (building) => building.onLoad({ filter: /[\\/]ids\.ts$/ }, ({ path }) => {
      if (!path.endsWith(ids)) return undefined;
      isRenamed = true;
      const list = 'export const command = {';
      const contents = renamed(readFileSync(path, 'utf8')).replace(list, `${list}\n${added.map((each) => `  ${each}: \`\${prefix}.${each}\`,`).join('\n')}`);
      return { contents, loader: 'ts' };
    }),
  };
  const { build } = await import('esbuild');
  const { builds } = createRequire(import.meta.url)('../../esbuild.js');
  /** @type {import('esbuild').BuildOptions} */
  const own = builds.find(({ entryPoints = {} }) => 'extension' in entryPoints);
  await build({
    ...own, absWorkingDir: root, entryPoints: { extension: 'src/extension.ts' }, outdir: join(folder, 'dist'), minify: true, sourcemap: false, plugins: [withMore, ...(own.plugins ?? [])],
  });
  // Ids that are taken would keep it from starting, and starting in vain is fast.
  if (!isRenamed) throw new StepFailed(`${ids}, where the ids of commands are, was not met in the build.`);
  return entry;
}

/** @param {string} extensionsDir */
function installEmpty(extensionsDir) {
  const { engines, activationEvents } = measuredManifest();
  const plain = 'exports.activate = () => {};\n';
  const withApi = `const vscode = require('vscode');\nexports.activate = () => void vscode.version;\n`;
  return [[emptyId, plain], [emptyWithApiId, withApi], [warmUpId, withApi]].map(([id = '', code = '']) => {
    const [publisher, name] = id.split('.');
    const { folder, entry } = place(extensionsDir, { publisher, name, version: '1.0.0', engines, activationEvents, main: './extension.js' });
    writeFileSync(join(folder, 'extension.js'), code);
    return entry;
  });
}

/** @param {string} extensionsDir */
async function installProbe(extensionsDir) {
  const { engines } = measuredManifest();
  const { folder, entry } = place(extensionsDir, { publisher: 'bench', name: 'probe', version: '1.0.0', engines, activationEvents: ['onStartupFinished'], main: './probe.js' });
  // Not imported at the top: before the first install it does not exist.
  const { build } = await import('esbuild');
  await build({ entryPoints: [join(root, 'test', 'bench', 'probe.ts')], outfile: join(folder, 'probe.js'), bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'], logLevel: 'warning' });
  return entry;
}
