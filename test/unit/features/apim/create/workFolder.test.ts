// The folder of what is noted, on disk: what another window notes is told, other files are not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AtomicFiles } from '../../../../../src/base/atomicFiles';
import { hasWorks, watchWorks } from '../../../../../src/features/apim/create/workFolder';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'works-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('is made where it is not there, and tells of what is noted in it', async () => {
  const folder = join(root, 'deep', 'instances');
  expect(hasWorks(folder)).toBe(false);
  let told = 0;
  const watching = watchWorks(folder, () => void (told += 1));
  await new AtomicFiles(folder).write('a.json', '{}');
  await expect.poll(() => told).toBeGreaterThan(0);
  expect(hasWorks(folder)).toBe(true);
  watching.dispose();
});

it('that cannot be made hinders nothing', () => {
  writeFileSync(join(root, 'file'), '');
  const folder = join(root, 'file', 'instances');
  watchWorks(folder, () => undefined).dispose();
  expect(hasWorks(folder)).toBe(false);
});
