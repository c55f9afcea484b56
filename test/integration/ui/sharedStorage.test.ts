// Extension hosts of one workspace find each other's files.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sharedStorage } from '../../../src/ui/sharedStorage';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => rmSync(root, { recursive: true }));
const place = (name: string): string => join(root, name, 'publisher.extension');

it('is the folder of the first one, for one that came later', () => {
  mkdirSync(join(root, '2f6d'));
  expect(sharedStorage(place('2f6d-1'))).toBe(place('2f6d'));
  expect(sharedStorage(place('2f6d-9'))).toBe(place('2f6d'));
});

it('is the folder of its own for the first one, and where no other is beside it', () => {
  mkdirSync(join(root, '2f6d'));
  mkdirSync(join(root, 'data'));
  for (const name of ['2f6d', '2f6d-10', '2f6d-0', '-1', '7a-1', 'data-x']) expect(sharedStorage(place(name))).toBe(place(name));
});
