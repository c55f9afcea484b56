// The form of a new instance: what stands in it, what Azure was asked about it, and what the page is told. Nothing blocks typing.

import * as l10n from '@vscode/l10n';
import type { Arm } from '../../../model/arm';
import type { Clock } from '../../../model/clock';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { Identity } from '../items';
import {
  checkDraft, createFields, emptyDraft, nameProblem, sampleSubscription, trimmed, type CreateDraft, type CreateField, type CreateProblems,
} from './draft';
import { deletedText } from './createWords';
import type { NameState, Offered, OfferedList, SavedCreate, ToCreatePage } from './messages';
import { checkName, locationKey, readDeleted, readGroups, readLocations, type DeletedInstance, type ResourceGroup } from './reads';
import { tierTable } from './tiers';

/** An Azure subscription that can be chosen, or the sample's. */
export interface PayingSubscription {
  readonly id: string;
  readonly name: string;
  readonly owner: Identity;
}

/** All that can be chosen. */
export interface PayingSubscriptions {
  readonly items: readonly PayingSubscription[];
  readonly signedIn: boolean;
  /** Why some are missing. */
  readonly problem?: ErrorParts | undefined;
}

/** What the form needs from outside. */
export interface FormParts {
  readonly subscriptions: (anew: boolean) => Promise<PayingSubscriptions>;
  /** What calls for one of them, `sample` among them, which is started. Gives its id as ARM knows it, too. */
  readonly armFor: (subscription: string) => Promise<{ readonly arm: Arm; readonly subscriptionId: string }>;
  readonly describe: (error: unknown) => ErrorParts;
  readonly clock: Clock;
}

/** The resource groups, with where they are. */
type GroupList = { readonly kind: 'there'; readonly items: readonly ResourceGroup[] } | Exclude<OfferedList, { readonly kind: 'there' }>;

/** A name is asked about when nobody has typed for so long, in milliseconds. */
const nameDelayMs = 400;

/** One form, as long as it is open. */
export class CreateForm implements Disposable {
  private draft: CreateDraft;
  private readonly touched: Set<CreateField>;
  private turn = 0;
  private wanted = 0;
  private isBusy = false;
  private name: NameState = { kind: 'none' };
  private paying: PayingSubscriptions | undefined;
  private loadingPaying = false;
  private groups: GroupList = { kind: 'none' };
  private locations: OfferedList = { kind: 'none' };
  private registered = true;
  private deleted: DeletedInstance | undefined;
  private asking = new AbortController();
  private naming = new AbortController();
  private readonly changed = new Emitter<void>();

  /** Raised when the page is to be told. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: FormParts, saved: Partial<SavedCreate> = {}) {
    this.draft = saved.draft ?? emptyDraft;
    this.touched = new Set(saved.touched);
  }

  /** What stands in it, without blanks around. */
  get values(): CreateDraft {
    return trimmed(this.draft);
  }

  /** The deleted instance that holds the name. */
  get restorable(): DeletedInstance | undefined {
    return this.name.kind === 'deleted' ? this.deleted : undefined;
  }

  /** Whose subscription is chosen. */
  get payer(): PayingSubscription | undefined {
    return this.paying?.items.find(({ id }) => id === this.draft.subscription);
  }

  /** Asks for all that the form offers. Never throws. */
  async load(anew = false): Promise<void> {
    if (this.loadingPaying) return;
    this.loadingPaying = true;
    this.changed.fire();
    try {
      this.paying = await this.parts.subscriptions(anew);
    } catch (error) {
      this.paying = { items: [], signedIn: true, problem: error instanceof Cancelled ? undefined : this.parts.describe(error) };
    } finally {
      this.loadingPaying = false;
    }
    const isThere = this.draft.subscription === sampleSubscription || this.payer !== undefined;
    // One that is gone is not chosen; where there is one alone, and nobody has chosen, it is that.
    if (!isThere) this.draft = { ...this.draft, subscription: '' };
    await this.loadPlace();
  }

  /** Takes what was typed. */
  change({ turn, draft, field }: { readonly turn: number; readonly draft: CreateDraft; readonly field: CreateField }): void {
    const before = this.values;
    this.turn = turn;
    this.draft = draft;
    this.touched.add(field);
    const now = this.values;
    if (now.subscription !== before.subscription) {
      this.draft = { ...draft, group: '', location: '' };
      for (const each of ['group', 'location'] as const) this.touched.delete(each);
      void this.loadPlace();
    } else if (now.name !== before.name) this.checkNameSoon();
    if (now.group !== before.group) this.followGroup(now.group);
    this.changed.fire();
  }

  /** Takes all fields as they are sent off; false where something is wrong with them, which the page is told. */
  submit({ turn, draft }: { readonly turn: number; readonly draft: CreateDraft }): boolean {
    this.turn = turn;
    this.draft = draft;
    for (const field of createFields) this.touched.add(field);
    const isRight = Object.keys(this.problems()).length === 0;
    if (!isRight) this.wanted += 1;
    this.changed.fire();
    return isRight;
  }

  setBusy(isBusy: boolean): void {
    this.isBusy = isBusy;
    this.changed.fire();
  }

  view(): ToCreatePage {
    const { turn, draft, name, locations, registered, wanted } = this;
    return {
      type: 'form', turn, draft, name, locations, registered, wanted, problems: this.problems(), subscriptions: this.offeredPaying(),
      signedIn: this.paying?.signedIn ?? true, groups: this.offeredGroups(), free: draft.subscription === sampleSubscription,
      tiers: tierTable(), busy: this.isBusy,
    };
  }

  dispose(): void {
    this.asking.abort();
    this.naming.abort();
    this.changed.dispose();
  }

  /** A name that is taken is a problem of its field, too. */
  private problems(): CreateProblems {
    const own = checkDraft(this.values, this.touched);
    const { name, groups, locations } = this;
    const taken = name.kind === 'taken' || name.kind === 'deleted' ? name.message : undefined;
    const { newGroup, group } = this.values;
    const known = groups.kind === 'there' ? groups.items : [];
    const isThere = group === '' && known.some((each) => each.name.toLowerCase() === newGroup.toLowerCase());
    const isUnregistered = !this.registered && this.draft.subscription !== '' && locations.kind === 'there';
    return {
      ...own,
      ...(own.name === undefined && taken !== undefined ? { name: taken } : {}),
      ...(isUnregistered ? { subscription: notRegistered() } : {}),
      ...(own.newGroup === undefined && isThere ? { newGroup: groupThere() } : {}),
    };
  }

  private offeredPaying(): OfferedList {
    const { paying } = this;
    if (this.loadingPaying && paying === undefined) return { kind: 'loading' };
    const items = paying?.items ?? [];
    const twice = new Set(items.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index));
    if (items.length === 0 && paying?.problem) return { kind: 'problem', problem: paying.problem };
    const offered = items.map(({ id, name }): Offered => ({ value: id, label: twice.has(name) ? `${name} (${id})` : name }));
    return { kind: 'there', items: offered };
  }

  private offeredGroups(): OfferedList {
    const { groups } = this;
    if (groups.kind !== 'there') return groups;
    const labelled = ({ name, location }: ResourceGroup): Offered =>
      ({ value: name, label: location === '' ? name : `${name} (${location})` });
    return { kind: 'there', items: groups.items.map(labelled) };
  }

  /** Groups, places and the name, of the subscription that is chosen. */
  private async loadPlace(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const { subscription } = this.draft;
    this.groups = { kind: subscription === '' ? 'none' : 'loading' };
    this.locations = { kind: subscription === '' ? 'none' : 'loading' };
    this.registered = true;
    this.checkNameSoon();
    this.changed.fire();
    if (subscription === '') return;
    const groups = async (): Promise<void> => {
      const { arm, subscriptionId } = await this.parts.armFor(subscription);
      const items = await readGroups(arm, subscriptionId, signal);
      if (signal.aborted) return;
      this.groups = { kind: 'there', items };
      if (!items.some(({ name }) => name === this.draft.group)) this.draft = { ...this.draft, group: '' };
    };
    const locations = async (): Promise<void> => {
      const { arm, subscriptionId } = await this.parts.armFor(subscription);
      const { registered, names } = await readLocations(arm, subscriptionId, signal);
      if (signal.aborted) return;
      this.registered = registered;
      this.locations = { kind: 'there', items: names.map((name) => ({ value: name, label: name })) };
      const [only, ...more] = names;
      const isThere = names.includes(this.draft.location);
      if (!isThere) this.draft = { ...this.draft, location: only !== undefined && more.length === 0 ? only : '' };
      this.followGroup(this.draft.group);
    };
    await Promise.all([
      this.attempt(groups, signal, (problem) => (this.groups = { kind: 'problem', problem })),
      this.attempt(locations, signal, (problem) => (this.locations = { kind: 'problem', problem })),
    ]);
  }

  /** As people expect it: where the group is, as long as nobody has chosen another place. */
  private followGroup(group: string): void {
    const { groups, locations } = this;
    if (this.touched.has('location') || groups.kind !== 'there' || locations.kind !== 'there') return;
    const wanted = locationKey(groups.items.find(({ name }) => name === group)?.location ?? '');
    const found = locations.items.find(({ value }) => locationKey(value) === wanted);
    if (found) this.draft = { ...this.draft, location: found.value };
  }

  private checkNameSoon(): void {
    this.naming.abort();
    this.naming = new AbortController();
    const { signal } = this.naming;
    const { name, subscription } = this.values;
    this.deleted = undefined;
    this.name = { kind: 'none' };
    if (nameProblem(name) !== undefined || subscription === '') return;
    this.name = { kind: 'checking' };
    void this.attempt(async () => {
      await this.parts.clock.sleep(nameDelayMs, signal);
      const { arm, subscriptionId } = await this.parts.armFor(subscription);
      const answer = await checkName(arm, subscriptionId, name, signal);
      const held = answer.free || !answer.isTaken ? undefined : await this.heldBy(arm, subscriptionId, name, signal);
      // Only the answer to what stands there now counts.
      if (signal.aborted) return;
      this.deleted = held;
      if (answer.free) this.name = { kind: 'free' };
      else if (held) this.name = { kind: 'deleted', message: deletedText(held) };
      else this.name = { kind: 'taken', message: answer.message };
    }, signal, (problem) => (this.name = { kind: 'problem', problem }));
  }

  /** Of one's own subscription a deleted instance can be restored; where that cannot be read the service's own words remain. */
  private async heldBy(arm: Arm, subscriptionId: string, name: string, signal: AbortSignal): Promise<DeletedInstance | undefined> {
    try {
      return (await readDeleted(arm, subscriptionId, signal)).find((each) => each.name.toLowerCase() === name.toLowerCase());
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      return undefined;
    }
  }

  private async attempt(work: () => Promise<void>, signal: AbortSignal, failed: (problem: ErrorParts) => void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted && !(error instanceof Cancelled)) failed(this.parts.describe(error));
    }
    if (!signal.aborted) this.changed.fire();
  }
}

function notRegistered(): string {
  return l10n.t('API Management is not registered in this subscription yet. Register it, which costs nothing.');
}

function groupThere(): string {
  return l10n.t('A resource group of this name is there already: choose it above.');
}
