// What menus ask for is told once for each change, the first time in any case.

import { expect, it, vi } from 'vitest';
import { contextFlag } from '../../../src/ui/contextFlag';

const told = vi.hoisted((): unknown[][] => []);
vi.mock('vscode', () => ({ commands: { executeCommand: (...args: unknown[]) => Promise.resolve(told.push(args)) } }));

it('tells the first answer, also a no, and then changes only', () => {
  const tell = contextFlag('some.key');
  for (const so of [false, false, true, true, false]) tell(so);
  expect(told).toEqual([['setContext', 'some.key', false], ['setContext', 'some.key', true], ['setContext', 'some.key', false]]);
});
