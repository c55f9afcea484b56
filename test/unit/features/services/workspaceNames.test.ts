// What workspaces without a name are called: by their host, unless that is what several are called.

import { expect, it } from 'vitest';
import { workspaceNames, type NamedWorkspace } from '../../../../src/features/services/workspaceNames';

function workspace(address: string, id: string, name?: string): NamedWorkspace {
  return { address, id, host: new URL(address).host, name };
}

const names = (...workspaces: readonly NamedWorkspace[]): string[] => [...workspaceNames(workspaces).values()];

it('one of a host is called by the host; one with a name by that', () => {
  expect(names(workspace('https://h/workspaces/abcdef123', 'abcdef123'), workspace('https://i/workspaces/x', 'x', 'Fraud'))).toEqual(['h', 'Fraud']);
  expect(names(workspace('https://h/workspaces/abcdef123', 'abcdef123'), workspace('https://h/workspaces/x', 'x', 'Fraud'))).toEqual(['h', 'Fraud']);
});

it('several of one host are told apart by the beginnings of their ids, which are as long as they have to be', () => {
  expect(names(workspace('https://h/workspaces/abcdef123', 'abcdef123'), workspace('https://h/workspaces/xyzxyzxyz', 'xyzxyzxyz'))).toEqual(['abcdef… · h', 'xyzxyz… · h']);
  expect(names(workspace('https://h/workspaces/abcdef123', 'abcdef123'), workspace('https://h/workspaces/abcdef129', 'abcdef129'))).toEqual(['abcdef123 · h', 'abcdef129 · h']);
  expect(names(workspace('https://h/workspaces/abcdef12', 'abcdef12'), workspace('https://h/workspaces/abcdef1200', 'abcdef1200'))).toEqual(['abcdef12 · h', 'abcdef120… · h']);
});

it('exact addresses keep the host, whatever else is there', () => {
  expect(names(workspace('https://h', 'h'), workspace('https://h/workspaces/abcdef123', 'abcdef123'))).toEqual(['h', 'abcdef… · h']);
});

it('one id behind two prefixes of a gateway, and at two schemes, is told apart by the address', () => {
  expect(names(workspace('https://h/a/workspaces/w', 'w'), workspace('https://h/b/workspaces/w', 'w'))).toEqual(['h/a/workspaces/w', 'h/b/workspaces/w']);
  expect(names(workspace('https://localhost:1/workspaces/w', 'w'), workspace('http://localhost:1/workspaces/w', 'w'))).toEqual(['https://localhost:1/workspaces/w', 'http://localhost:1/workspaces/w']);
});
