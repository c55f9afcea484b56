// The lines of the section "API Management", as plain data: built of lists, drawn elsewhere.

import * as l10n from '@vscode/l10n';
import { isOver } from './create/work';
import type { WorkNow } from './create/works';
import type { ApimInstance } from './instance';
import type { AzureSubscription, Directory, Entry, EntryKind } from './items';
import type { ListState } from './load/lists';
import { builtInName } from './sampleApim';

/** What an instance has lists of, below itself. */
export type ListKind = 'apis' | 'products' | 'subscriptions' | 'namedValues' | 'users';

/** The lists of an instance in their order, and what is in them. */
export const listKinds: Readonly<Record<ListKind, EntryKind>> = {
  apis: 'api', products: 'product', subscriptions: 'subscription', namedValues: 'namedValue', users: 'user',
};

interface Below {
  /** The line that it stands below; undefined at the top. */
  readonly parent: ApimNode | undefined;
}

/** The line of an instance. `from` tells how it came here. */
export interface InstanceNode extends Below {
  readonly kind: 'instance';
  readonly instance: ApimInstance;
  readonly from: 'azure' | 'added' | 'sample';
  /** It is being made, restored or deleted, or that went wrong. */
  readonly work?: WorkNow | undefined;
}

/** The line of one list of an instance, or of what one product has of it. */
export interface ListNode extends Below {
  readonly kind: 'list';
  readonly instance: ApimInstance;
  readonly list: ListKind;
  readonly product?: Entry;
}

/** The line of an API, a product, ... */
export interface EntryNode extends Below {
  readonly kind: 'entry';
  readonly instance: ApimInstance;
  readonly entry: Entry;
}

/** A line of which a list is shown below. */
export type OwnerNode =
  | InstanceNode
  | ListNode
  | EntryNode
  | (Below & { readonly kind: 'directory'; readonly directory: Directory })
  | (Below & { readonly kind: 'azureSubscription'; readonly subscription: AzureSubscription });

/** A line that tells how it goes with a list. Its owner is undefined for the list of directories. */
export type StateNode = Below & {
  readonly kind: 'loading' | 'more' | 'problem' | 'empty';
  readonly owner: OwnerNode | undefined;
  readonly state: ListState;
};

/** The line of a resource group. */
export interface GroupNode extends Below {
  readonly kind: 'group';
  readonly name: string;
  readonly subscriptionNode: OwnerNode;
  readonly instances: readonly ApimInstance[];
}

/** A line of the section. */
export type ApimNode =
  | OwnerNode
  | StateNode
  | GroupNode
  /** Nobody is signed in, while something else is shown. */
  | (Below & { readonly kind: 'signIn' });

/** What tells a line from all others, also after a reload. */
export function nodeId(node: ApimNode): string {
  switch (node.kind) {
    case 'directory':
      return `directory/${node.directory.accountId}/${node.directory.tenantId ?? ''}`;
    case 'azureSubscription':
      return `azureSubscription/${node.subscription.accountId ?? ''}/${node.subscription.tenantId ?? ''}/${node.subscription.id}`;
    case 'group':
      return `${nodeId(node.subscriptionNode)}/group/${node.name.toLowerCase()}`;
    case 'instance':
      // One that was added may be found in its subscription, too.
      return `${above(node)}/${node.from}/${node.instance.endpointUrl}${node.instance.id.toLowerCase()}`;
    case 'list':
      return `${above(node)}/${node.list}`;
    case 'entry':
      return `${above(node)}/${node.entry.kind}/${node.entry.id}`;
    case 'loading':
    case 'more':
    case 'problem':
    case 'empty':
      return `${node.kind}/${node.owner ? nodeId(node.owner) : ''}`;
    case 'signIn':
      return 'signIn';
    default:
      return node satisfies never;
  }
}

function above({ parent }: ApimNode): string {
  return parent ? nodeId(parent) : '';
}

/** The lines of a list's items, whatever the list is of. */
export function itemNodes(owner: OwnerNode | undefined, { items }: ListState): readonly ApimNode[] {
  if (owner === undefined) {
    return items.flatMap((item) => (item.kind === 'directory' ? [{ kind: item.kind, directory: item, parent: undefined }] : []));
  }
  switch (owner.kind) {
    case 'directory':
      return items.flatMap((item) => (item.kind === 'azureSubscription' ? [{ kind: item.kind, subscription: item, parent: owner }] : []));
    case 'azureSubscription':
      return groups(owner, items.flatMap((item) => (item.kind === 'instance' ? [item.instance] : [])));
    case 'instance':
      return items.some(({ kind }) => kind === 'instance') ? listNodes(owner) : [];
    case 'list':
    case 'entry': {
      const { instance } = owner;
      const wanted = owner.kind === 'list' ? listKinds[owner.list] : owner.entry.kind === 'user' ? 'subscription' : 'operation';
      return items.flatMap((item) => (item.kind === wanted ? [{ kind: 'entry' as const, instance, entry: item, parent: owner }] : []));
    }
    default:
      return owner satisfies never;
  }
}

function listNodes(owner: InstanceNode): readonly ListNode[] {
  const kinds: readonly ListKind[] = ['apis', 'products', 'subscriptions', 'namedValues', 'users'];
  return kinds.map((list) => ({ kind: 'list', instance: owner.instance, list, parent: owner }));
}

/** The lines below one that stand there without anybody being asked; undefined where a list is asked for, or nothing is below. */
export function fixedBelow(node: ApimNode): readonly ApimNode[] | undefined {
  if (node.kind === 'group') return node.instances.map((instance) => ({ kind: 'instance', instance, from: 'azure', parent: node }));
  if (node.kind !== 'entry' || node.entry.kind !== 'product') return undefined;
  const kinds: readonly ListKind[] = ['apis', 'subscriptions'];
  return kinds.map((list) => ({ kind: 'list', instance: node.instance, list, product: node.entry, parent: node }));
}

/** Instances by resource group, in the order of their names. */
function groups(owner: OwnerNode, instances: readonly ApimInstance[]): readonly ApimNode[] {
  const found = new Map<string, ApimInstance[]>();
  for (const instance of instances) {
    // ARM writes one group in several ways.
    const name = instance.resourceGroup.toLowerCase();
    const among = found.get(name);
    if (among) among.push(instance);
    else found.set(name, [instance]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, among]) => ({
    kind: 'group', name: among[0]?.resourceGroup ?? name, subscriptionNode: owner, instances: among, parent: owner,
  }));
}

/** The lines that tell how it goes with a list, above its items and below them. */
export interface StateNodes {
  readonly above: readonly StateNode[];
  readonly below: readonly StateNode[];
}

/** Tells how it goes with a list: a failed load above its items, all else below. */
export function stateNodes(owner: OwnerNode | undefined, state: ListState): StateNodes {
  const line = (kind: StateNode['kind']): StateNode => ({ kind, owner, state, parent: owner });
  // What an API tells of itself stands in its own line.
  const some = state.items.some(({ kind }) => owner?.kind !== 'entry' || kind !== 'api');
  return {
    above: state.problem === undefined ? [] : [line('problem')],
    below: [
      ...(state.loading ? [line('loading')] : []),
      ...(some && !state.complete && !state.loading ? [line('more')] : []),
      // Nobody signed in is told elsewhere.
      ...(!some && state.complete && !state.loading && state.problem === undefined && owner !== undefined ? [line('empty')] : []),
    ],
  };
}

/** True for a line of which a list is shown below. */
export function isOwner(node: ApimNode): node is OwnerNode {
  switch (node.kind) {
    case 'directory':
    case 'azureSubscription':
    case 'list':
      return true;
    case 'instance':
      // Nothing below it can be asked for while it is made or deleted.
      return node.work === undefined || isOver(node.work.work);
    case 'entry':
      return node.entry.kind === 'api' || node.entry.kind === 'user';
    case 'group':
    case 'signIn':
    case 'loading':
    case 'more':
    case 'problem':
    case 'empty':
      return false;
    default:
      return node satisfies never;
  }
}

/** What an instance is called wherever it is shown; the one that comes with the sample says what it is. */
export function instanceTitle({ sample, name }: ApimInstance): string {
  return sample && name === builtInName ? l10n.t('Sample API Management') : name;
}

/** The words of a line that a filter looks at. */
export function wordsOf(node: ApimNode): readonly string[] {
  switch (node.kind) {
    case 'directory':
      return [node.directory.name, node.directory.account, node.directory.tenantId ?? ''];
    case 'azureSubscription':
      return [node.subscription.name, node.subscription.id];
    case 'group':
      return [node.name];
    case 'instance':
      return [instanceTitle(node.instance), node.instance.name, ...node.instance.gatewayUrls];
    case 'entry':
      return [node.entry.title, node.entry.name, node.entry.path ?? ''];
    case 'list':
    case 'loading':
    case 'more':
    case 'problem':
    case 'empty':
    case 'signIn':
      return [];
    default:
      return node satisfies never;
  }
}

/** True where a line holds the text, or one above it does. */
export function matches(node: ApimNode, filter: string): boolean {
  const wanted = filter.toLowerCase();
  return wordsOf(node).some((word) => word.toLowerCase().includes(wanted)) || (node.parent !== undefined && matches(node.parent, filter));
}
