// Items of the status bar that features register.

import { expect, it, vi } from 'vitest';
import { plain } from '../../../src/ui/plain';
import { StatusItems } from '../../../src/ui/statusItems';

const disposed: string[] = [];
vi.mock('vscode', () => ({
  StatusBarAlignment: { Left: 1, Right: 2 },
  window: { createStatusBarItem: (id: string, side: number, priority: number) => ({ id, side, priority, dispose: () => disposed.push(id) }) },
}));

it('an id has one item, and all go with the window', () => {
  const items = new StatusItems();
  items.add({ id: 'a', name: plain`A`, side: 'left', priority: 1 });
  items.add({ id: 'b', name: plain`B`, side: 'right', priority: 2 });
  expect(() => items.add({ id: 'a', name: plain`A`, side: 'left', priority: 3 })).toThrow('"a" is registered twice');
  items.dispose();
  expect(disposed.sort()).toEqual(['a', 'b']);
});

it('the id of an item that was disposed is free, and stays the next one\'s when the first is disposed once more', () => {
  const items = new StatusItems();
  const parts = { id: 'a', name: plain`A`, side: 'left', priority: 1 } as const;
  const first = items.add(parts);
  first.dispose();
  items.add(parts);
  first.dispose();
  expect(() => items.add(parts)).toThrow('"a" is registered twice');
});
