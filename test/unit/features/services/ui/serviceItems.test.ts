// How services look in the tree: what a menu may offer, and what a screen reader says, each thing once.

import { expect, it, vi } from 'vitest';
import { serviceItem, treeItem } from '../../../../../src/features/services/ui/serviceItems';
import type { ServiceNode, ServiceState } from '../../../../../src/features/services/nodes';
import { parseEndpoint } from '../../../../../src/protocols/studio/endpoint';
import { toService } from '../../../../../src/protocols/newService';

vi.mock('vscode', async () => (await import('../../../ui/vscodeItems')).vscodeItems);

function node(sample = false): ServiceNode {
  const read = parseEndpoint('https://h.example/workspaces/a/services/1');
  expect.assert(read.ok);
  const service = toService({ name: 'Churn', endpoint: read.endpoint });
  return { kind: 'service', service, hasLines: false, workspace: { address: 'https://h.example/workspaces/a', id: 'a', name: 'Office', services: [service], sample } };
}

const none: ServiceState = { keys: { serviceKey: false, subscriptionKey: false }, health: { kind: 'unknown' }, below: { any: false, text: '' } };
const label = (state: Partial<ServiceState>): string | undefined => serviceItem(node(), { ...none, ...state }).accessibilityInformation?.label;
const both = { serviceKey: true, subscriptionKey: true };

it('the menu forgets only keys that are there, or may be', () => {
  const contexts = [
    none.keys, { serviceKey: true, subscriptionKey: false }, { serviceKey: false, subscriptionKey: true }, both, { ...none.keys, notKnown: true as const },
  ].map((keys) => serviceItem(node(), { ...none, keys }).contextValue);
  expect(contexts).toEqual([
    'service.wants.serviceKey', 'service hasServiceKey', 'service.wants.serviceKey hasSubscriptionKey', 'service hasServiceKey hasSubscriptionKey',
    'service hasServiceKey hasSubscriptionKey',
  ]);
  expect(serviceItem(node(true), { ...none, keys: both }).contextValue).toBe('service.sample');
});

it('a screen reader says each thing once', () => {
  expect(label({})).toBe('Service Churn, no key');
  expect(label({ keys: both })).toBe('Service Churn');
  expect(label({ keys: both, health: { kind: 'unreachable', text: 'h.example refused the connection.' } })).toBe('Service Churn, h.example refused the connection.');
  expect(label({ keys: both, health: { kind: 'answering', text: 'Answered.' }, below: { any: true, text: '2 jobs under way' } })).toBe('Service Churn, Answered., 2 jobs under way');
  expect(label({ keys: none.keys, health: { kind: 'refusing', secret: 'serviceKey', text: 'The service wants a key.' } })).toBe('Service Churn, The service wants a key.');
});

it.each([['Office', 'abcdef12'], ['h.example', 'abcdef12'], ['abcdef… · h.example', ''], ['abcdef12 · h.example', ''], ['abcdef12', ''], ['Fraud… and more', 'abcdef12']])('a workspace called %s has beside it: %s', (name, description) => {
  const workspace = { address: 'https://h.example/workspaces/abcdef12', id: 'abcdef12', name, services: [], sample: false };
  expect(treeItem({ kind: 'workspace', workspace, services: [] }).description).toBe(description);
});

it('the sample that has ended says so', () => {
  expect(treeItem({ kind: 'sampleEnded' })).toMatchObject({ label: 'Sample', description: 'not running', accessibilityInformation: { label: 'Sample, not running' } });
});
