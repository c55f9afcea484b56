// Files that cannot be used, in the trees: a line for each, and the rest as it is.

import { NewDay } from '../../../src/base/newDay';
import { describe, expect, it, vi } from 'vitest';
import { HistoryTree, type HistoryTreeParts } from '../../../src/features/history/ui/historyTree';
import type { UnreadableFile } from '../../../src/base/troubles';
import { badFileLines } from '../../../src/ui/badFiles';
import { ServiceTree, type TreeParts } from '../../../src/features/services/ui/serviceTree';
import type { JobsInTree } from '../../../src/features/jobs/jobNodes';
import { badJobFiles } from '../../../src/features/jobs/ui/badJobFiles';
import { JobsSection } from '../../../src/features/jobs/ui/jobsSection';
import { StorageSection } from '../../../src/features/storage/ui/storageSection';
import { LocalFailure } from '../../../src/model/errors';
import { Emitter } from '../../../src/model/lifetime';
import { Health } from '../../../src/features/services/health';
import type { Storages } from '../../../src/storage/storages';
import { TreeSections } from '../../../src/ui/treeSections';

vi.mock('vscode', async () => (await import('./vscodeItems')).vscodeItems);

const never = new Emitter<void>().event;
const service = {
  name: 'S', address: 'https://h/workspaces/a/services/1',
  endpoint: { form: 'classic', origin: 'https://h', prefix: '', odata: false, workspace: 'a', service: '1' },
};
const workspace = { address: 'https://h/workspaces/a', id: 'a', name: 'Office', sample: false, services: [service] };

function treeOf(
  more: { readonly past?: () => Promise<unknown>; readonly keys?: () => Promise<unknown>; readonly storages?: () => Promise<unknown> },
): ServiceTree {
  const jobs: unknown = {
    open: () => [], running: () => 0, badFiles: () => [{ text: 'Bad.', path: '/p' }],
    past: more.past ?? (() => Promise.resolve({ jobs: [], more: false })), onDidChange: never,
  };
  const storages: unknown = { onDidChange: never, list: more.storages ?? (() => Promise.resolve([])) };
  expect.assert(isJobs(jobs));
  expect.assert(isStorages(storages));
  const sections = new TreeSections();
  sections.register(new StorageSection(storages));
  sections.register(new JobsSection(jobs, () => Promise.resolve(), new NewDay()));
  const parts: unknown = {
    health: new Health(),
    services: { onDidChange: never, workspaces: () => [workspace], problems: () => [], find: () => undefined, sampleHasEnded: false },
    keys: { onDidChange: never, of: more.keys ?? (() => Promise.resolve({ serviceKey: 'x' })) },
    sections,
    treeView: {}, treeChanged: { fire: () => undefined },
  };
  expect.assert(isTreeParts(parts));
  return new ServiceTree(parts);
}

function isJobs(value: unknown): value is JobsInTree {
  return typeof value === 'object' && value !== null;
}

function isStorages(value: unknown): value is Pick<Storages, 'list' | 'onDidChange'> {
  return typeof value === 'object' && value !== null;
}

function isTreeParts(value: unknown): value is TreeParts {
  return typeof value === 'object' && value !== null;
}

describe('the tree of services', () => {
  const fails = (): Promise<never> => Promise.reject(new Error('EACCES'));

  it.each(['past', 'keys'])('shows a service though its %s cannot be read', async (what) => {
    const tree = treeOf({ [what]: fails });
    const [root] = await tree.getChildren();
    const [node] = await tree.getChildren(root);
    expect.assert(node !== undefined);
    const { collapsibleState, contextValue } = await tree.getTreeItem(node);
    expect([collapsibleState, contextValue]).toEqual([0, `service hasServiceKey${what === 'keys' ? ' hasSubscriptionKey' : ''}`]);
    expect(await tree.getChildren(node)).toEqual([]);
  });

  it('names what is bad, and says so of storage accounts that cannot be read', async () => {
    const nodes = await treeOf({ storages: fails }).getChildren();
    expect(nodes.map(({ kind }) => kind)).toEqual(['workspace', 'badFile', 'badFile']);
    expect(nodes[1]).toEqual({ kind: 'badFile', text: 'Bad.', path: '/p' });
    expect(nodes[2]).toMatchObject({ text: expect.stringContaining('storage accounts cannot be read') });
  });
});

describe('the view of the history', () => {
  const one = [{ name: 'x.json', reason: 'It is not whole.' }];
  function viewOf(list: () => Promise<unknown>, bad: readonly UnreadableFile[] = one): HistoryTree {
    const parts: unknown = {
      history: { list, watch: () => ({ dispose: () => undefined }), problems: () => bad },
      folder: '/h', treeView: {}, treeChanged: { fire: () => undefined }, newDay: new NewDay(), pause: () => Promise.resolve(),
    };
    expect.assert(isHistoryParts(parts));
    return new HistoryTree(parts);
  }
  function isHistoryParts(value: unknown): value is HistoryTreeParts {
    return typeof value === 'object' && value !== null;
  }

  it('names what is bad in it', async () => {
    expect(await viewOf(() => Promise.resolve([])).getChildren()).toEqual(
      [
        {
          kind: 'badFile', path: '/h/x.json',
          text: '"x.json", where the requests of the history are kept, cannot be used. It is not whole. Move it away or delete it.',
        },
      ],
    );
  });

  it.each([
    [11, 'One more file of the requests of the history cannot be used.'], [12, '2 more files of the requests of the history cannot be used.'],
    [1_211, '1,201 more files of the requests of the history cannot be used.'],
  ])('counts what is bad beyond ten: %i', async (count, text) => {
    const view = viewOf(() => Promise.resolve([]), Array.from({ length: count }, (_, index) => ({ name: `${index}`, reason: 'It is empty.' })));
    const lines = await view.getChildren();
    expect([lines.length, lines.at(-1)]).toEqual([11, { kind: 'badFile', text }]);
  });

  it('says why it is empty', async () => {
    const view = viewOf(() => Promise.reject(new LocalFailure({ sentence: 'The folder cannot be read.', advice: 'Move it.' })));
    expect(await view.getChildren()).toEqual([{ kind: 'badFile', path: '/h', text: 'The folder cannot be read. Move it.' }]);
  });
});

it('many bad files are counted', () => {
  const lines = (count: number): readonly { readonly text: string; readonly path?: string }[] =>
    badFileLines(
      Array.from({ length: count }, (_, index) => ({ name: `${index}`, reason: 'It is empty.' })), badJobFiles, (name) => `/j/${name}`,
    );
  expect(lines(10)).toHaveLength(10);
  expect(lines(11).at(-1)).toEqual({ text: 'One more file of the batch jobs cannot be used.' });
  expect(lines(500)).toHaveLength(11);
  expect(lines(500).at(-1)).toEqual({ text: '490 more files of the batch jobs cannot be used.' });
});
