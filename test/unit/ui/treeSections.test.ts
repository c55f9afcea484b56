// Lines of several features in one tree: in their order, each drawn by its own.

import { expect, it } from 'vitest';
import type { TreeItem } from 'vscode';
import { Emitter } from '../../../src/model/lifetime';
import type { Service } from '../../../src/model/service';
import { TreeSections, type TreeChange, type TreeNode, type TreeSection } from '../../../src/ui/treeSections';

interface Leaf extends TreeNode {
  readonly name: string;
}

function isItem(value: unknown): value is TreeItem {
  return typeof value === 'object';
}

function section(kind: string, order: number, more: Partial<TreeSection<Leaf>> = {}): TreeSection<Leaf> {
  return {
    order,
    owns: (node): node is Leaf => node.kind === kind,
    item: (node) => {
      const item: unknown = { label: node.name };
      expect.assert(isItem(item));
      return item;
    },
    childrenOf: (node) => [{ kind, name: `below ${node.name}` }],
    roots: () => [{ kind, name: `${kind} root` }],
    ...more,
  };
}

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };

it('lines at the top stand in the order of the sections, whichever came first', async () => {
  const sections = new TreeSections();
  sections.register(section('late', 20, { problems: () => [{ text: 'late is bad' }] }));
  sections.register(section('early', 10, { problems: () => [{ text: 'early is bad' }] }));
  expect(await sections.roots([])).toEqual({
    problems: [{ text: 'early is bad' }, { text: 'late is bad' }],
    nodes: [{ kind: 'early', name: 'early root' }, { kind: 'late', name: 'late root' }],
  });
});

it('each node is drawn by its own section, one of none by nobody', () => {
  const sections = new TreeSections();
  sections.register(section('a', 1));
  sections.register(section('b', 2));
  const node: Leaf = { kind: 'b', name: 'x' };
  expect(sections.item(node)).toEqual({ label: 'x' });
  expect(sections.childrenOf(node)).toEqual([{ kind: 'b', name: 'below x' }]);
  expect([sections.item({ kind: 'c' }), sections.childrenOf({ kind: 'c' })]).toEqual([undefined, []]);
});

it('what a service has below it is the sum of what the sections know', async () => {
  const sections = new TreeSections();
  sections.register(section('silent', 1));
  sections.register(section('a', 2, { belowService: () => Promise.resolve({ any: true, text: '2 jobs' }), childrenOfService: () => Promise.resolve([{ kind: 'a', name: 'one' }]) }));
  sections.register(section('b', 3, { belowService: () => Promise.resolve({ any: false, text: 'a form' }), childrenOfService: () => Promise.resolve([{ kind: 'b', name: 'two' }]) }));
  expect(await sections.belowService(service)).toEqual({ any: true, text: '2 jobs · a form' });
  expect(await sections.childrenOfService(service)).toEqual([{ kind: 'a', name: 'one' }, { kind: 'b', name: 'two' }]);
});

it('changes of a section reach the tree until it is taken away', () => {
  const sections = new TreeSections();
  const changed = new Emitter<TreeChange>();
  let redrawn = 0;
  const registered = sections.register(section('a', 1, { onDidChange: changed.event, redrawn: () => void (redrawn += 1) }));
  const seen: unknown[] = [];
  sections.onDidChange((nodes) => seen.push(nodes));
  changed.fire({ nodes: [{ kind: 'a' }], services: [] });
  sections.redrawn();
  registered.dispose();
  changed.fire(undefined);
  sections.redrawn();
  expect([seen, redrawn]).toEqual([[{ nodes: [{ kind: 'a' }], services: [] }], 1]);
  expect(sections.item({ kind: 'a' })).toBeUndefined();
});

it('lines are taken away by the section that all of them are of, if it does that', async () => {
  const sections = new TreeSections();
  const removed: unknown[] = [];
  sections.register(section('keeps', 1));
  sections.register(section('removes', 2, { remove: (nodes) => Promise.resolve(void removed.push(nodes)) }));
  await sections.remove([{ kind: 'removes' }, { kind: 'removes' }]);
  expect([sections.remove([{ kind: 'removes' }, { kind: 'keeps' }]), sections.remove([{ kind: 'keeps' }]), sections.remove([{ kind: 'c' }])]).toEqual([undefined, undefined, undefined]);
  expect(removed).toEqual([[{ kind: 'removes' }, { kind: 'removes' }]]);
});
