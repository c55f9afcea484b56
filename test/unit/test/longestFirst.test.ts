// The order of the files of tests: the longest first, and a list of them that is true.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { longest, longestFirst } from '../../host/longestFirst.mjs';

it('begins with the files of the list, in its order, and leaves the others in theirs', () => {
  const [first = '', second = ''] = longest;
  expect(longestFirst(['b', second, 'a', first, 'c'], (path) => path)).toEqual([first, second, 'b', 'a', 'c']);
});

it('knows no file that is gone', () => {
  expect(longest.filter((path) => !existsSync(join(import.meta.dirname, '../../..', path)))).toEqual([]);
  expect(new Set(longest).size).toBe(longest.length);
});
