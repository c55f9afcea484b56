// Modules that are one file for several bundles: a name that two of them export would be missing from that file.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

const { sharedModules }: { sharedModules: { file: string; paths: string[] }[] } = createRequire(import.meta.url)('../../../esbuild.js');

it.each(sharedModules)('no two modules of $file.js export the same name', ({ paths }) => {
  const names = paths.flatMap((path) => {
    // An index lists what it exports; a module of its own declares it.
    if (!existsSync(`${path}.ts`)) {
      const lists = readFileSync(`${path}/index.ts`, 'utf8').matchAll(/^export \{([^}]*)\} from/gm);
      return [...lists].flatMap(([, list = '']) => list.split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')));
    }
    const text = readFileSync(`${path}.ts`, 'utf8');
    expect(text).not.toMatch(/^export [*{]/m);
    return [...text.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm)].map((match) => match[1]);
  });
  expect(names.length).toBeGreaterThan(paths.length);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
