// The texts: one copy of what translates them, an export that is what the sources give, and translations that fit it.

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

describe('the bundles', () => {
  it('share one copy of the texts, which the pages and the thread of tables have for themselves', async () => {
    const { build } = await import('esbuild');
    const { builds } = createRequire(import.meta.url)('../../../esbuild.js');
    const outputs = await Promise.all(builds.map((options: object) => build({ ...options, write: false, minify: false })));
    const holding = outputs.flatMap(({ outputFiles }) => outputFiles ?? [])
      .filter((file) => file.path.endsWith('.js') && file.text.includes('messageFromBundle')).map((file) => file.path.replaceAll('\\', '/').replace(/.*\/dist\//, ''));
    expect(holding.filter((file) => !file.startsWith('media/'))).toEqual(['l10n.js']);
    expect(holding).toContain('media/compare/page.js');
  }, 60_000);

  it('read them only where there is a translation', async () => {
    const { build } = await import('esbuild');
    const { builds } = createRequire(import.meta.url)('../../../esbuild.js');
    const found: { entryPoints: Record<string, string> } = builds.find(({ entryPoints }: { entryPoints?: object }) => entryPoints && 'extension' in entryPoints);
    const { outputFiles } = await build({ ...found, entryPoints: { extension: 'src/extension.ts' }, write: false, minify: false });
    const text = outputFiles.find((file) => file.path.endsWith('extension.js'))?.text ?? '';
    expect(text).toContain('import("./translate.js")');
    expect(text).not.toContain('l10n.js');
  }, 60_000);
});
