// The layout of the product is held against its import lines: who may import whom, and who may touch what is outside.

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circles, importsOf, reachable, root, sources, type Import } from './imports';

const all = [...sources('src'), ...sources('media')].flatMap(importsOf);
const ours = all.filter((each) => /^(src|media)\//.test(each.target));

/** From the top down: every arrow goes down this list, and those of one line do not know each other. */
const levels: readonly (readonly string[])[] = [
  ['extension'], ['main'], ['features'], ['ui'], ['protocols'], ['tables'], ['storage', 'arm'], ['http'], ['redaction'], ['base'], ['model'],
];

/** What stands beside the list, and what of it each may import. */
const beside: Readonly<Record<string, readonly string[]>> = {
  sample: ['protocols', 'tables', 'base', 'model'],
  inspect: ['features', 'protocols', 'tables', 'storage', 'http', 'redaction', 'base', 'model'],
  media: ['features', 'ui', 'base', 'model'],
};

/** Features in the order in which they are put together: each imports only those before it. */
const features = ['services', 'storage', 'scoring', 'tableFiles', 'history', 'description', 'code', 'jobs', 'tryIt', 'apim', 'sample'];

/** The layer that a path of the project stands in. */
function layer(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top === 'media') return 'media';
  return rest.length === 0 ? second.replace(/\.ts$/, '') : second;
}

function level(name: string): number {
  return levels.findIndex((each) => each.includes(name));
}

const text = ({ file, target }: Import): string => `${file} -> ${target}`;

describe('floors', () => {
  it('there is something to look at', () => {
    expect(all.length).toBeGreaterThan(200);
  });

  it('every layer is known', () => {
    const known = new Set([...levels.flat(), ...Object.keys(beside)]);
    expect([...new Set(ours.flatMap((each) => [layer(each.file), layer(each.target)]))].filter((name) => !known.has(name))).toEqual([]);
  });

  it('every arrow goes down', () => {
    const bad = ours.filter(({ file, target }) => {
      const [from, to] = [layer(file), layer(target)];
      if (from === to || from in beside) return false;
      return to in beside || level(from) >= level(to);
    });
    expect(bad.map(text)).toEqual([]);
  });

  it.each(Object.entries(beside))('%s, which stands beside them, imports only what it may', (name, below) => {
    expect(ours.filter((each) => layer(each.file) === name && ![name, ...below].includes(layer(each.target))).map(text)).toEqual([]);
  });

  it('the pages import types, and as values only what formats texts', () => {
    const values = ours.filter((each) => layer(each.file) === 'media' && each.target.startsWith('src/') && !each.typeOnly);
    expect(values.filter(({ target }) => target !== 'src/base/format.ts').map(text)).toEqual([]);
    const places = ours.filter((each) => layer(each.file) === 'media' && /^src\/(features|ui)\//.test(each.target));
    expect(places.filter(({ target }) => !/\/messages\.ts$/.test(target)).map(text)).toEqual([]);
  });

  it('nobody imports extension.ts, and only extension.ts imports main.ts', () => {
    expect(all.filter((each) => each.target === 'src/extension.ts')).toEqual([]);
    expect([...new Set(all.filter((each) => each.target === 'src/main.ts').map((each) => each.file))]).toEqual(['src/extension.ts']);
  });

  it('what finds and masks secrets is reached by its index alone', () => {
    const into = ours.filter((each) => layer(each.target) === 'redaction' && layer(each.file) !== 'redaction');
    expect(into.length).toBeGreaterThan(10);
    expect(into.filter(({ target }) => target !== 'src/redaction/index.ts').map(text)).toEqual([]);
  });

  it('sorting by language is reached by rankTexts alone', () => {
    const into = ours.filter((each) => /\/collation\//.test(each.target) && !/\/collation\//.test(each.file));
    expect(into.length).toBeGreaterThan(0);
    expect(into.filter(({ target }) => target !== 'src/tables/collation/rankTexts.ts').map(text)).toEqual([]);
  });

  it('no two files import each other, by way of others or for types alone', () => {
    expect(circles(ours.filter((each) => !each.late).map(({ file, target }) => [file, target]))).toEqual([]);
  });
});

describe('features', () => {
  const feature = (path: string): string | undefined => /^src\/features\/(\w+)\//.exec(path)?.[1];
  const across = ours.flatMap((each) => {
    const [from, to] = [feature(each.file), feature(each.target)];
    return from !== undefined && to !== undefined && from !== to ? [{ ...each, from, to }] : [];
  });

  it('are all in the list', () => {
    expect([...new Set(ours.flatMap((each) => feature(each.file) ?? []))].filter((name) => !features.includes(name))).toEqual([]);
  });

  it('import only features before them', () => {
    expect(across.filter(({ from, to }) => features.indexOf(to) > features.indexOf(from)).map(text)).toEqual([]);
  });

  it('are seen by their index.ts alone', () => {
    // A page reads the messages of its feature, as the test of pages holds; what inspects files shares the readers of a feature.
    const into = ours.flatMap((each) => {
      const to = feature(each.target);
      return to === undefined || to === feature(each.file) || ['media', 'inspect'].includes(layer(each.file)) ? [] : [{ ...each, to }];
    });
    // The whole feature would be read by activation.
    const past = ['src/extension.ts -> src/features/services/firstUse.ts'];
    expect(into.length).toBeGreaterThan(30);
    expect(into.filter(({ to, target }) => target !== `src/features/${to}/index.ts`).map(text)).toEqual(past);
  });

  it('do not go in circles, nor do the layers', () => {
    expect(circles(across.map(({ from, to }) => [from, to]))).toEqual([]);
    expect(circles(ours.map((each) => [layer(each.file), layer(each.target)]))).toEqual([]);
  });

  it('know vscode in their ui folders alone', () => {
    const files = all.filter((each) => each.target === 'vscode' && !each.typeOnly && feature(each.file) !== undefined).map((each) => each.file);
    expect(files.filter((file) => !/^src\/features\/\w+\/ui\//.test(file))).toEqual([]);
  });
});

describe('the outside', () => {
  const who = (pattern: RegExp): string[] => [...new Set(all.filter((each) => pattern.test(each.target) && !each.typeOnly).map((each) => each.file))];

  it('vscode is known to the top alone', () => {
    const top = ['extension', 'main', 'features', 'ui'];
    expect(who(/^vscode$/).filter((file) => !top.includes(layer(file)))).toEqual([]);
  });

  it('vscode is needed by nothing but the top and the ui folders, by way of what is imported either', () => {
    // A feature's index.ts hands out what its ui folder contributes; whoever imports it as a value is held by this as well.
    const top = /^src\/(?:(?:extension|main)\.ts$|ui\/|features\/\w+\/(?:ui\/|index\.ts$))/;
    const reached = reachable(all.filter((each) => !each.typeOnly).map(({ file, target }) => [file, target]));
    const needing = [...reached].filter(([, others]) => others.has('vscode')).map(([file]) => file);
    expect(needing.length).toBeGreaterThan(50);
    expect(needing.filter((file) => !top.test(file))).toEqual([]);
  });

  it('undici is known to the transport', () => {
    expect(who(/^undici/)).toEqual(['src/http/transport.ts']);
  });

  it('storage-blob is known to the calls to storage and to the sample', () => {
    expect(who(/^@azure\/storage-blob/).filter((file) => !/^src\/(storage\/blob\w*\.ts|sample\/)/.test(file))).toEqual([]);
    expect(who(/^@azure\/storage-blob/)).not.toEqual([]);
  });

  it("the parts of Azure's clients are known to the calls on Azure Resource Manager", () => {
    const parts = who(/^@azure\/core-(?:rest-pipeline|lro)$/);
    expect(parts.filter((file) => layer(file) !== 'arm')).toEqual([]);
    expect(parts).not.toEqual([]);
    expect(who(/^@azure\//).filter((file) => !parts.includes(file) && !/^src\/(storage\/blob\w*\.ts|sample\/)/.test(file))).toEqual([]);
  });

  it('no page knows Node, and the lowest layers do no I/O', () => {
    const io = /^(node:)?(http|https|net|tls|fs|fs\/promises|child_process|dgram|dns)$/;
    const reading = new Set(['src/base/atomicFiles.ts']);
    expect(who(/^node:/).filter((file) => file.startsWith('media/'))).toEqual([]);
    expect(who(io).filter((file) => ['model', 'base', 'redaction'].includes(layer(file)) && !reading.has(file))).toEqual([]);
  });

  it('what is loaded on first use is imported as a value nowhere at the top', () => {
    // Each of these has its copy: it runs in a process or a thread of its own.
    const ownPrograms = /^src\/(inspect\/|tables\/worker\.ts)/;
    const late = new Set(ours.filter((each) => each.late && !/^src\/(sample|inspect)\//.test(each.file)).map((each) => each.target));
    expect(late.size).toBeGreaterThan(8);
    expect(ours.filter((each) => late.has(each.target) && !each.typeOnly && !each.late && !ownPrograms.test(each.file)).map(text)).toEqual([]);
  });
});

describe('files', () => {
  const inFolder = (folder: string, ending: RegExp): string[] =>
    readdirSync(join(root, folder)).filter((name) => ending.test(name)).map((name) => posix.join(folder, name));
  /** What builds, lints and runs all this. */
  const scripts = ['.', 'lint', 'test/host'].flatMap((folder) => inFolder(folder, /\.m?js$/));
  const measuring = inFolder('test/bench', /\.mjs$/);
  const files = [...['src', 'media', 'test'].flatMap(sources).filter((file) => !file.endsWith('.d.ts')), ...scripts, ...measuring];
  const longLines = (paths: readonly string[]): string[] => paths.flatMap((file) =>
    readFileSync(join(root, file), 'utf8').split('\n').filter((line) => line.length > 140).map((line) => `${file}: ${line}`));

  it.each(files)('%s does one thing: at most 300 lines, and a first line that says what it is for', (file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    expect(lines.length).toBeLessThanOrEqual(301);
    expect(lines[0]).toMatch(/^\/\/ ./);
  });

  it('have lines of at most 140 characters, but for as many as there are now: this number may only become smaller', () => {
    const written = ['src', 'media'].flatMap((folder) => {
      const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
      return names.filter((name) => /\.(?:ts|css)$/.test(name)).map((name) => join(folder, name));
    });
    expect(written.length).toBeGreaterThan(300);
    expect(longLines(written).length).toBeLessThanOrEqual(89);
  });

  it('that build, lint and run all this have no longer lines', () => {
    expect(scripts).toEqual(expect.arrayContaining(['esbuild.js', 'eslint.config.mjs', 'lint/texts.mjs', 'test/host/test.mjs']));
    expect(longLines(scripts)).toEqual([]);
  });
});
