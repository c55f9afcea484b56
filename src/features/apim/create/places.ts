// Where instances can be made: the Azure subscriptions of all who are signed in, and what calls the endpoint for them.

import type { Arm } from '../../../model/arm';
import type { ErrorParts } from '../../../model/errors';
import type { Accounts } from '../account';
import type { ArmOf } from '../instance';
import type { AzureSubscription, Identity } from '../items';
import type { Lists, ListState } from '../load/lists';
import { sourceOf, type SourceParts } from '../load/sources';
import { itemNodes } from '../nodes';

/** The subscriptions that are known. */
export interface Payers {
  readonly items: readonly AzureSubscription[];
  readonly signedIn: boolean;
  /** Why some are missing. */
  readonly problem?: ErrorParts | undefined;
}

/** What the section offers to whoever makes instances. */
export interface InstancePlaces {
  /** Asks for those that nobody has asked for yet, or for all anew. Never throws. */
  readonly subscriptions: (anew: boolean) => Promise<Payers>;
  readonly armOf: ArmOf;
  /** What calls the cloud's endpoint with somebody's token. Throws InvalidInput for bad settings. */
  readonly armFor: (identity: Identity) => Promise<Arm>;
  /** The cloud's endpoint. Throws InvalidInput for bad settings. */
  readonly endpointUrl: () => string;
  /** Whose subscription it is, as far as that was seen. */
  readonly ownerOf: (subscriptionId: string) => Identity | undefined;
  /** What an account is called, often an address of mail; undefined where nobody is signed in. */
  readonly accountName: (identity: Identity) => Promise<string | undefined>;
}

/** What `payers` needs from outside. */
export interface PayersParts {
  readonly lists: Pick<Lists, 'ensure' | 'state' | 'keys' | 'markStale'>;
  readonly sources: SourceParts;
  readonly accounts: Pick<Accounts, 'accounts'>;
  readonly describe: (error: unknown) => ErrorParts;
}

const noList: ListState = { items: [], restored: false, complete: true, stale: false, loading: false };

/** All subscriptions, by the same lists as the section shows: what is known there is not asked for again. Never throws. */
export async function payers({ lists, sources, accounts, describe }: PayersParts, anew: boolean): Promise<Payers> {
  try {
    if ((await accounts.accounts()).length === 0) return { items: [], signedIn: false };
    const root = sourceOf(sources, undefined);
    if (anew) lists.markStale(lists.keys().filter((key) => key === root.key || key.includes('|directory')));
    await lists.ensure(root);
    const top = lists.state(root.key) ?? noList;
    const states = [top];
    for (const each of itemNodes(undefined, top)) {
      if (each.kind !== 'directory') continue;
      const source = sourceOf(sources, each);
      await lists.ensure(source);
      states.push(lists.state(source.key) ?? noList);
    }
    const items = states.flatMap((state) => state.items.flatMap((item) => (item.kind === 'azureSubscription' ? [item] : [])));
    const [problem] = states.flatMap(({ problem: each }) => (each && each !== 'stopped' ? [each] : []));
    return { items: [...new Map(items.map((item) => [item.id.toLowerCase(), item])).values()], signedIn: true, problem };
  } catch (error) {
    return { items: [], signedIn: true, problem: describe(error) };
  }
}
