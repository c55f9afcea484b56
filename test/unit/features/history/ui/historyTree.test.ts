// The history's view names days: it is drawn anew when a day begins, and only where it shows any.

import { expect, it, vi } from 'vitest';
import { HistoryTree, type HistoryTreeParts } from '../../../../../src/features/history/ui/historyTree';
import { Emitter } from '../../../../../src/model/lifetime';

vi.mock('vscode', () => ({}));

function isParts(value: unknown): value is HistoryTreeParts {
  return typeof value === 'object' && value !== null;
}

it.each([[[], 0], [[{ id: '1', startedAt: 0, pinned: false }], 1]])('entries %j', async (entries, told) => {
  const began = new Emitter<void>();
  const drawn = vi.fn();
  const fire = vi.fn();
  const parts: unknown = {
    history: { list: () => Promise.resolve(entries), watch: () => ({ dispose: () => undefined }), problems: () => [], onDidChange: new Emitter().event },
    folder: '/h', treeView: {}, treeChanged: { fire }, newDay: { drawn, onNewDay: began.event }, pause: () => Promise.resolve(),
  };
  expect.assert(isParts(parts));
  const tree = new HistoryTree(parts);
  tree.start();
  await tree.getChildren();
  expect(drawn).toHaveBeenCalledTimes(told);
  expect(fire).not.toHaveBeenCalled();
  began.fire();
  expect(fire).toHaveBeenCalledTimes(1);
  tree.dispose();
});
