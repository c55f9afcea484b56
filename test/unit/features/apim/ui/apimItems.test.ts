// How lines of API Management look, and that names from outside are text wherever they stand.

import { describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../../../../src/features/apim/items';
import type { ListState } from '../../../../../src/features/apim/load/lists';
import { fixedBelow, type ApimNode, type InstanceNode, type OwnerNode } from '../../../../../src/features/apim/nodes';
import { apimItem, type KnownNames } from '../../../../../src/features/apim/ui/apimItems';
import { hostile, instanceId, someInstance } from '../apimTools';
import { someWork } from '../create/createTools';

vi.mock('vscode', async () => (await import('../../../ui/vscodeItems')).vscodeItems);

interface Shown {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly tooltip: string;
  readonly context: string;
  readonly spoken: string;
  readonly click: string | undefined;
}

const titles: Readonly<Record<string, string>> = { 'product starter': 'Starter', 'api w': 'Weather', 'user 1': 'Ann' };
const known: KnownNames = { titleOf: (_, kind, name) => titles[`${kind} ${name}`], countOf: ({ list }) => (list === 'apis' ? 1200 : undefined) };

const now = Date.UTC(2026, 10, 30, 12);

function shown(node: ApimNode, age = ''): Shown {
  const item = apimItem(node, now, age, undefined, known);
  const { tooltip, iconPath, label } = item;
  expect.assert(typeof tooltip === 'object' && typeof iconPath === 'object' && 'id' in iconPath && typeof label === 'string');
  return {
    label, description: String(item.description), icon: String(iconPath.id), tooltip: tooltip.value, context: item.contextValue ?? '',
    spoken: item.accessibilityInformation?.label ?? '', click: item.command?.command.replace('azuremlWebServices.', ''),
  };
}

const instance = (parts: Partial<InstanceNode['instance']> = {}, from: InstanceNode['from'] = 'azure'): InstanceNode =>
  ({ kind: 'instance', instance: someInstance(parts), from, parent: undefined });
const entry = (parts: Partial<Entry>): ApimNode =>
  ({ kind: 'entry', instance: someInstance(), entry: { kind: 'api', id: `${instanceId}/x/y`, name: 'y', title: 'Y', ...parts }, parent: undefined });
const stateLine = (kind: 'loading' | 'more' | 'problem' | 'empty', parts: Partial<ListState> = {}, owner: OwnerNode = instance()): ApimNode =>
  ({ kind, owner, parent: owner, state: { items: [], restored: false, complete: false, stale: false, loading: false, ...parts } });

it('a name cannot turn round what stands behind it', () => {
  const look = shown(entry({ title: 'prod\u202Etset\u2066', path: 'a\u200Fb' }));
  expect([look.label, look.description]).toEqual(['prod⟦U+202E⟧tset⟦U+2066⟧', '/a\u200Fb']);
});

describe('an instance', () => {
  it('shows its state where it is not as it should be, and how old what is known of it is', () => {
    expect(shown(instance({ state: 'Succeeded', sku: 'Developer' }))).toMatchObject({ label: 'scores', description: 'Developer', icon: 'cloud', context: 'apim.instance.azure gateway portal' });
    expect(shown(instance({ state: 'Activating', sku: 'Developer' }), 'as of 10 minutes ago').description).toBe('Activating · Developer · as of 10 minutes ago');
    expect(shown(instance({ gatewayUrls: [] }, 'added'))).toMatchObject({ description: 'ml', context: 'apim.instance.added portal' });
  });

  it('of the sample says what it is wherever it is seen', () => {
    const look = shown(instance({ sample: true, endpointUrl: 'http://127.0.0.1:1', name: 'sample-apim' }, 'sample'));
    expect(look).toMatchObject({ icon: 'beaker', label: 'Sample API Management', description: 'runs on this computer', context: 'apim.instance.sample gateway builtIn' });
    expect(look.tooltip).toContain('needs no account');
    expect(look.spoken).toBe('Sample API Management, runs on this computer');
  });

  it('that waits for the sample says so, and does not claim that it runs', () => {
    const work = { ...someWork(), place: { ...someWork().place, sample: true } };
    const line: ApimNode = { ...instance({ sample: true, name: 'new-one', gatewayUrls: [] }, 'sample'), work: { work, waits: true } };
    const look = shown(line);
    expect(look).toMatchObject({
      description: 'Waits for the sample service, which is stopped', icon: 'watch', context: 'apim.instance.sample underWay waits', click: undefined,
    });
    expect(look.tooltip.replaceAll('\\', '')).toContain('Creating new-one waits for the sample service, which is stopped.');
    expect(shown({ ...line, work: { work } })).toMatchObject({ icon: 'loading~spin', context: 'apim.instance.sample underWay' });
  });
});

it.each([
  [{ kind: 'api', path: 'weather', revision: '3' }, '/weather · revision 3', 'symbol-interface', 'api'],
  [{ kind: 'operation', method: 'POST', path: '/score' }, 'POST /score', 'symbol-method', 'operation'],
  [{ kind: 'product', state: 'notPublished' }, 'not published', 'gift', 'product notPublished'],
  [{ kind: 'product', state: 'published', open: 'yes' }, 'no key needed', 'gift', 'product published'],
  [{ kind: 'subscription', scope: '/products/starter', state: 'active' }, 'Starter', 'key', 'subscription active'],
  [{ kind: 'subscription', scope: '/products/starter', state: 'suspended', owner: '1' }, 'suspended · Starter · Ann', 'debug-pause', 'subscription inactive'],
  [{ kind: 'subscription', scope: '/products/other', state: 'cancelled', owner: '2' }, 'cancelled · product other', 'circle-slash', 'subscription cancelled'],
  [{ kind: 'subscription', scope: '/apis', state: 'submitted' }, 'waits for approval · all APIs', 'clock', 'subscription inactive'],
  [{ kind: 'subscription', scope: '' }, 'all APIs', 'key', 'subscription active'],
  [{ kind: 'subscription', scope: '/apis/w' }, 'API Weather', 'key', 'subscription active'],
  [{ kind: 'subscription', scope: '/apis/x/y', state: 'constructor' }, 'constructor · /apis/x/y', 'key', 'subscription inactive'],
  [{ kind: 'namedValue', secret: 'yes' }, 'secret', 'symbol-constant', 'namedValue'],
  [{ kind: 'user', state: 'blocked' }, 'blocked', 'person', 'user'],
  [{ kind: 'user', state: 'pending' }, 'not confirmed', 'person', 'user'],
] as const)('%j is described as "%s"', (parts, description, icon, context) => {
  expect(shown(entry(parts))).toMatchObject({ description, icon, context: `apim.entry.${context} portal` });
});

it.each([['suspended', 'suspended'], ['submitted', 'waits for approval'], ['rejected', 'rejected'], ['cancelled', 'cancelled'], ['expired', 'expired']])(
  'the state %s is a word, an icon, and read out', (state, word) => {
    const look = shown(entry({ kind: 'subscription', title: 'Team', state }));
    expect([look.description, look.spoken, look.icon === 'key']).toEqual([word, `Team, ${word}`, false]);
  });

it('what opens all APIs says so, and whose a key is, where it is known', () => {
  expect(shown(entry({ kind: 'subscription', scope: '/apis', owner: '7' })).tooltip.replaceAll('\\', '')).toMatch(/open every API of the instance.*\n\nOwner: 7/s);
  expect(shown(entry({ kind: 'subscription', scope: '/apis/w' })).tooltip).not.toMatch(/every API/);
});

describe('a product', () => {
  const product: ApimNode = { kind: 'entry', instance: someInstance(), entry: { kind: 'product', id: 'p', name: 'starter', title: 'Starter' }, parent: undefined };

  it('has its APIs and its subscriptions below, and says how many where all are known', () => {
    const lists = fixedBelow(product) ?? [];
    expect(lists.map((node) => [shown(node).label, shown(node).description, shown(node).context])).toEqual([
      ['APIs', '1,200', 'apim.list.apis inProduct'], ['Subscriptions', '', 'apim.list.subscriptions inProduct'],
    ]);
    expect(apimItem(product, now, '', undefined, known).collapsibleState).toBe(1);
  });

  it('says nothing twice of what is in it', () => {
    const [apis, subscriptions] = fixedBelow(product) ?? [];
    const within = (parent: ApimNode | undefined, parts: Partial<Entry>): Shown =>
      shown({ kind: 'entry', instance: someInstance(), parent, entry: { kind: 'api', id: 'x', name: 'x', title: 'X', ...parts } });
    expect(within(apis, { path: 'w' }).context).toBe('apim.entry.api inProduct portal');
    expect(within(subscriptions, { kind: 'subscription', scope: '/products/starter', owner: '1' }).description).toBe('Ann');
  });
});

it('the names that carry the key are told, as the API has named them', () => {
  expect(shown(entry({ keyHeader: 'X-Key', keyQuery: 'k' })).tooltip.replaceAll('\\', '')).toContain('The key goes into the header X-Key or the query argument k.');
});

describe('how it goes with a list', () => {
  it('a wait is told with its reason', () => {
    expect(shown(stateLine('loading', { wait: { reason: 'throttled', seconds: 12 } }))).toMatchObject({ label: 'Again in 12 seconds: Azure limits the rate', icon: 'loading~spin', context: 'apim.loading' });
  });

  it('a failed load says why, tries again by a click, and has the buttons of its error in its menu', () => {
    const problem = { sentence: 'The role Reader is missing.', advice: 'Ask for it.', actions: ['signIn', 'openPortal'] };
    const look = shown(stateLine('problem', { problem }));
    expect(look).toMatchObject({ label: 'The role Reader is missing.', icon: 'error', context: 'apim.problem signIn openPortal', click: 'apimRetry' });
    expect(look.spoken).toBe('The role Reader is missing. Ask for it.');
    expect(shown(stateLine('problem', { problem: 'stopped' }))).toMatchObject({ label: 'Loading was cancelled.', icon: 'warning', click: 'apimRetry' });
  });

  it('more is loaded by a click; nothing there is said', () => {
    expect(shown(stateLine('more'))).toMatchObject({ label: 'Load More…', click: 'apimLoadMore' });
    const subscription: OwnerNode = { kind: 'azureSubscription', subscription: { kind: 'azureSubscription', id: 'x', name: 'x' }, parent: undefined };
    expect(shown(stateLine('empty', {}, subscription)).label).toBe('No API Management instance');
    expect(shown({ kind: 'signIn', parent: undefined }).click).toBe('apimSignIn');
  });
});

it.each<readonly [string, ApimNode]>([
  ['instance', instance({ name: hostile, sku: hostile, location: hostile, state: hostile, gatewayUrls: [hostile], id: hostile })],
  ['directory', { kind: 'directory', directory: { kind: 'directory', accountId: hostile, account: hostile, tenantId: hostile, name: hostile }, parent: undefined }],
  ['subscription of Azure', { kind: 'azureSubscription', subscription: { kind: 'azureSubscription', id: hostile, name: hostile, state: hostile }, parent: undefined }],
  ['API', entry({ title: hostile, path: hostile, revision: hostile, keyHeader: hostile, keyQuery: hostile, id: hostile })],
  ['operation', entry({ kind: 'operation', title: hostile, method: hostile, path: hostile })],
  ['subscription', entry({ kind: 'subscription', title: hostile, scope: hostile, state: hostile, owner: hostile })],
  ['product', entry({ kind: 'product', title: hostile, state: hostile })],
  ['problem', stateLine('problem', { problem: { sentence: hostile, advice: hostile, detail: hostile, actions: [] } })],
])('hostile names of a line of kind %s are text', (_, node) => {
  const { label, description, tooltip, context } = shown(node);
  for (const text of [label, description]) expect(text).not.toMatch(/\$\(|\]\(|[\r\n]/);
  // Each sign that means something in Markdown is escaped, or stands in code.
  const outsideCode = tooltip.replaceAll(/(?<!\\)`[^`]*`/g, '');
  expect(outsideCode).not.toMatch(/(?<!\\)[[\]<>|#$]|(?<!\\)\]\(/);
  expect(context).not.toContain('trash');
});
