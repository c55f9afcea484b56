// What the bundle of the sample's storage holds of others, and what it must not.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
/** Names and versions of the packages whose code is in it. */
const packages = new Map<string, string[]>();

beforeAll(async () => {
  const { builds }: { builds: BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');
  const own = builds.find(({ entryPoints = {} }) => 'storage' in entryPoints);
  const { metafile } = await build({ ...own, absWorkingDir: root, write: false, metafile: true });
  for (const input of Object.keys(metafile?.inputs ?? {})) {
    const [, folder] = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    if (folder === undefined) continue;
    const { name, version }: { name: string; version: string } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const versions = packages.get(name) ?? [];
    if (!versions.includes(version)) packages.set(name, [...versions, version]);
  }
});

it('holds Azurite', () => {
  expect([...packages.keys()]).toEqual(expect.arrayContaining(['azurite', 'express', 'lokijs']));
});

it.each(['axios', 'follow-redirects', 'tough-cookie', 'psl', 'applicationinsights', 'request', 'mysql2', 'sequelize', 'tedious'])('does not hold %s', (name) => {
  expect(packages.get(name)).toBeUndefined();
});

it('holds one xml2js, which is not one that lets the XML change prototypes', () => {
  expect(packages.get('xml2js')?.map((version) => version.split('.').map(Number))).toEqual([[0, expect.toSatisfy((minor: number) => minor >= 5), expect.any(Number)]]);
});
