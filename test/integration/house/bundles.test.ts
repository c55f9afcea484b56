// What each file that ships is made of: the lists are in bundles/, one for each, so that no bundle grows or shares code unnoticed.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const lists = join(import.meta.dirname, 'bundles');

/** The lists as they are before this run, which may write new ones. */
const listed = readdirSync(lists, { recursive: true, encoding: 'utf8' }).map(plainPath).filter((name) => name.endsWith('.txt')).sort();

const renewal = 'If this is meant, write the lists anew (npx vitest run --project integration test/integration/house/bundles.test.ts -u), '
  + 'remove those of bundles that are gone, and look at the difference';

/** What a bundle is made of, and what it imports. */
type Output = Metafile['outputs'][string];

/** The bundles by their paths in dist. */
const bundles = new Map<string, { readonly text: string; readonly output: Output }>();
const inputs: Metafile['inputs'] = {};

const { builds }: { builds: BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');
const plain = { absWorkingDir: root, write: false, minify: false, sourcemap: false, metafile: true } as const;
for (const { metafile, outputFiles } of await Promise.all(builds.map((options) => build({ ...options, ...plain })))) {
  Object.assign(inputs, metafile.inputs);
  const texts = new Map(outputFiles.map((file) => [plainPath(file.path), file.text]));
  for (const [path, output] of Object.entries(metafile.outputs)) {
    bundles.set(path.replace(/^dist\//, ''), { output, text: texts.get(plainPath(join(root, path))) ?? '' });
  }
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The folder of the innermost package that a file is of. */
function packageFolder(input: string): string | undefined {
  return /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/** The parts of a bundle whose code is in it, of whomever it is. */
function partsOf({ inputs: parts }: Output): string[] {
  // What stands for a shared file is its import, which is listed already.
  const isCode = (path: string): boolean => path !== '<stdin>' && !path.startsWith('shared:');
  return Object.entries(parts).filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && isCode(path)).map(([path]) => path);
}

/** The lines of a bundle's list, in the order of their letters: other bundles, packages, own files. */
function listOf(output: Output): string {
  const others = output.imports.filter(({ path }) => path.startsWith('./'))
    .map(({ kind, path }) => `${kind === 'dynamic-import' ? 'loads on first use' : 'imports'} ${path.slice(2)}`);
  const parts = partsOf(output).map((path) => packageFolder(path)?.replace(/.*\bnode_modules\//, 'package ') ?? path);
  return `${[...new Set([...others, ...parts])].sort().join('\n')}\n`;
}

it('the bench loads no file that is not built', () => {
  const folder = join(root, 'test/bench');
  const named = readdirSync(folder).flatMap((name) => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:load\('\.\/|join\(dist, ')([^']+)'/g),
  ].map(([, file]) => file ?? ''));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((file) => !bundles.has(file))).toEqual([]);
});

describe('the bundles', () => {
  it('are those that have a list', () => {
    expect([...bundles.keys()].map((name) => `${name}.txt`).sort(), renewal).toEqual(listed);
  });

  it.each([...bundles])('have in them and import what is in the list of %s', async (name, { output }) => {
    await expect(listOf(output), renewal).toMatchFileSnapshot(join(lists, `${name}.txt`));
  });

  it('share one copy of the error classes: a second one would not be recognised', () => {
    const holding = [...bundles].filter(([name, { text }]) => name.endsWith('.js') && /super\((parts\.sentence|"Cancelled")\)/.test(text));
    expect(holding.map(([name]) => name)).toEqual(['errors.js']);
  });

  it('share one copy of the texts, which the pages and the thread of tables have for themselves', () => {
    const holding = [...bundles].filter(([name, { text }]) => name.endsWith('.js') && text.includes('messageFromBundle')).map(([name]) => name);
    expect(holding.filter((name) => !name.startsWith('media/'))).toEqual(['l10n.js']);
    expect(holding).toContain('media/compare/page.js');
  });

  it('read translations only where there is one', () => {
    const text = bundles.get('extension.js')?.text ?? '';
    expect(text).toContain('import("./translate.js")');
    expect(text).not.toContain('l10n.js');
  });

  it('stand in for nothing that packages import from their own files', () => {
    const packages = Object.entries(inputs).filter(([path]) => packageFolder(path) !== undefined);
    expect(packages.length).toBeGreaterThan(100);
    const others = packages.flatMap(([path, { imports }]) => {
      return imports.filter((each) => each.external && each.path.startsWith('./')).map((each) => `${path}: ${each.path}`);
    });
    expect(others).toEqual([]);
  });
});

describe('the program of the sample\'s storage', () => {
  /** Names and versions of the packages that it needed. */
  const packages = new Map<string, string[]>();

  beforeAll(() => {
    for (const input of Object.keys(bundles.get('storage.js')?.output.inputs ?? {})) {
      const folder = packageFolder(input);
      if (folder === undefined) continue;
      const { name, version }: { name: string; version: string } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const versions = packages.get(name) ?? [];
      if (!versions.includes(version)) packages.set(name, [...versions, version]);
    }
  });

  it('holds Azurite', () => {
    expect([...packages.keys()]).toEqual(expect.arrayContaining(['azurite', 'express', 'lokijs']));
  });

  it.each([
    'axios', 'follow-redirects', 'tough-cookie', 'psl', 'applicationinsights', 'request', 'mysql2', 'sequelize', 'tedious',
  ])('does not hold %s', (name) => {
    expect(packages.get(name)).toBeUndefined();
  });

  it('holds one xml2js, which is not one that lets the XML change prototypes', () => {
    const versions = packages.get('xml2js')?.map((version) => version.split('.').map(Number));
    expect(versions).toEqual([[0, expect.toSatisfy((minor: number) => minor >= 5), expect.any(Number)]]);
  });
});
