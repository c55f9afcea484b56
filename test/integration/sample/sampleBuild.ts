// Builds the sample and its storage as they ship, into a folder of a test's own.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

/** Returns the path of the sample's program; the storage program is beside it. */
export async function buildSample(folder: string): Promise<string> {
  const { builds }: { builds: BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');
  const own = builds.filter(({ entryPoints = {} }) => 'sample' in entryPoints || 'storage' in entryPoints);
  await Promise.all(own.map((options) => build({ ...options, outdir: folder, sourcemap: false, metafile: false })));
  return join(folder, 'sample.js');
}
