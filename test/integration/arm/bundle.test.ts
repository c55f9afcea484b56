// The bundle of the client: what it may not hold, and that it stays small.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const { builds }: { builds: BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');

it('holds no proxies of its own and no logger, which would write signed addresses where the environment says so', async () => {
  const inEditor = builds.find(({ entryPoints }) => entryPoints !== undefined && 'arm' in entryPoints);
  const { outputFiles, metafile } = await build({
    ...inEditor, absWorkingDir: root, entryPoints: { arm: join(root, 'src/arm/arm.ts') }, write: false, minify: true, sourcemap: false, metafile: true,
  });
  const text = outputFiles[0]?.text ?? '';
  expect(text).toContain('azure-asyncoperation');
  expect(text).not.toMatch(/AZURE_LOG_LEVEL|Proxy-Connection|supports-color/);
  expect(Object.keys(metafile.inputs).filter((path) => /node_modules\/(?:@azure\/logger|https?-proxy-agent|debug)\//.test(path))).toEqual([]);
  expect(text.length).toBeLessThan(60_000);
});
