// What is looked at of an instance's usage in this window: over which time, of what, in which slots, and what was read of it.

import { isArray, tryParse } from '../../../base/shape';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { ApimInstance, ArmOf } from '../instance';
import type { ArmPlace } from '../publish/reading';
import { waitText } from '../publish/publishWords';
import type { Throttled, UsageChip, UsagePart } from './messages';
import { intervalOf, windowOf, type UsagePeriod } from './period';
import { isTierWithout, readUsage, type UsageQuestion, type UsageRead } from './read';
import { readFirstRequests, readRequests, type RequestsRead } from './requestPages';
import { KnownLimits } from './knownLimits';
import { idsKey, withIds } from './scope';
import { liesIn } from './slots';
import { readThrottled } from './throttled';
import type { UsageIdKind, UsageIds } from './usageShape';
import { noReportsText } from './usageWords';

/** What it needs from outside. */
export interface UsageSessionParts {
  readonly arms: ArmOf;
  /** What a person is told of an error. */
  readonly describe: (error: unknown) => ErrorParts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Whose calls are looked at. `titles` are what people call the API and the operation, the product or the subscription, where known. */
export interface UsageTarget {
  readonly instance: ApimInstance;
  readonly ids: UsageIds;
  readonly titles: readonly string[];
}

/** What is looked at. */
export interface UsageSettings {
  readonly period: UsagePeriod;
  /** The interval that was chosen by hand, in milliseconds. */
  readonly wish: number | undefined;
  /** In the order in which it was narrowed. */
  readonly narrowed: readonly Narrowing[];
  readonly time: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** One thing that is narrowed to. */
export interface Narrowing {
  readonly kind: UsageIdKind;
  readonly ids: UsageIds;
  readonly title: string;
}

/** All that a page is drawn of. */
export interface UsageNow {
  readonly target: UsageTarget;
  readonly settings: UsageSettings;
  readonly part: UsagePart;
  readonly turn: number;
  readonly busy: boolean;
  readonly wait: string | undefined;
  readonly problem: ErrorParts | undefined;
  readonly readMs: number | undefined;
  readonly read: UsageRead | undefined;
  readonly none: ReturnType<typeof noReportsText> | undefined;
  readonly throttled: Throttled | undefined;
  /** `kept` is false where the instance keeps none. */
  readonly requests: { readonly kept: true; readonly read: RequestsRead } | { readonly kept: false } | undefined;
}

const first: UsageSettings = { period: { kind: 'last', span: 'day' }, wish: undefined, narrowed: [], time: undefined };

/** One instance, or one thing of it. */
export class UsageSession implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private state: UsageNow;
  /** The settings of what was read, and those of what came to nothing. */
  private shown: UsageSettings | undefined;
  private wanted: UsageSettings | undefined;
  private stopping = new AbortController();
  private limits = new KnownLimits();
  /** True once a period was chosen, by a person or as the one that fits. */
  private settled: boolean;

  /** `chosen` is the period that a person has chosen before; without one, the one that fits is taken. */
  constructor(private readonly parts: UsageSessionParts, readonly target: UsageTarget, chosen?: UsagePeriod) {
    this.settled = chosen !== undefined;
    this.state = {
      target, settings: chosen ? { ...first, period: chosen } : first,
      part: 'charts', turn: 0, busy: false, wait: undefined, problem: undefined, readMs: undefined,
      read: undefined, none: undefined, throttled: undefined, requests: undefined,
    };
  }

  /** What there is by now. */
  get now(): UsageNow {
    return this.state;
  }

  /** True where a later look shows more: the time goes on to now, and the last read came to its end. */
  get goesOn(): boolean {
    const { read, problem, busy } = this.state;
    return read?.window.open === true && problem === undefined && !busy;
  }

  /** Reads it, at first and anew, with what is shown besides. True where it came to its end. */
  async load(settings: UsageSettings = this.wanted ?? this.state.settings): Promise<boolean> {
    const isRead = await this.work(settings, async (place) => {
      const { read, held } = await this.readFitting(place, settings);
      const { part } = this.state;
      const besides = await this.besides(place, part, read, settings === this.shown ? this.lookedAt() : 1);
      const readMs = this.parts.now();
      this.state = { ...this.state, read, none: undefined, readMs, throttled: undefined, requests: undefined, ...besides };
      return held;
    });
    // Another part may have been asked for meanwhile.
    if (isRead) await this.readPart();
    return isRead;
  }

  /** Looks at another time. */
  setPeriod(period: UsagePeriod): Promise<boolean> {
    this.settled = true;
    return this.load({ ...this.state.settings, period, time: undefined });
  }

  /** Looks at slots of another length; 0 is the one that fits. */
  setInterval(intervalMs: number): Promise<boolean> {
    return this.load({ ...this.state.settings, wish: intervalMs === 0 ? undefined : intervalMs });
  }

  /** Looks at one of the things that are shown. */
  async narrow(kind: UsageIdKind, key: string): Promise<boolean> {
    const { read, settings, throttled } = this.state;
    const row = read?.breakdowns.find((each) => each.kind === kind)?.rows.find(({ ids }) => idsKey(ids) === key);
    const refused = kind === 'subscription' ? throttled?.rows.find((each) => each.key === key) : undefined;
    const ids = row?.ids ?? (refused ? subscriptionOf(key) : undefined);
    if (!ids) return false;
    const title = refused?.title ?? (row?.name === '' ? row.ids[kind] : row?.name) ?? '';
    return this.load({ ...settings, narrowed: [...settings.narrowed.filter((each) => each.kind !== kind), { kind, ids, title }] });
  }

  /** Looks at a part of the time. */
  narrowTime(fromMs: number, toMs: number): Promise<boolean> {
    return this.load({ ...this.state.settings, time: { fromMs, toMs } });
  }

  /** Takes a narrowing away. */
  widen(key: UsageChip['key']): Promise<boolean> {
    const { settings } = this.state;
    return this.load(key === 'time'
      ? { ...settings, time: undefined }
      : { ...settings, narrowed: settings.narrowed.filter(({ kind }) => kind !== key) });
  }

  /** Another part of the page is looked at; what it shows is read where it was not yet. */
  async look(part: UsagePart, asked = false): Promise<void> {
    this.set({ part, turn: this.state.turn + (asked ? 1 : 0) });
    await this.readPart();
  }

  /** Reads what the part that is looked at shows, where it was not yet; and once more where another part is looked at by then. */
  private async readPart(): Promise<void> {
    const { part, read, throttled, requests, busy } = this.state;
    const lacks = (part === 'throttled' && !throttled) || (part === 'requests' && !requests);
    // Whatever is being read looks once more when it is there.
    if (!lacks || !read || busy) return;
    const isRead = await this.work(this.state.settings, async (place) => this.set(await this.besides(place, part, read)));
    if (isRead) await this.readPart();
  }

  /** Reads the next page of single requests. */
  async moreRequests(): Promise<void> {
    const { read, requests } = this.state;
    if (!read || !requests?.kept || !requests.read.hasMore || this.state.busy) return;
    const isRead = await this.work(this.state.settings, async (place) => {
      const more = await readRequests(place, read, requests.read);
      if (more) this.state = { ...this.state, requests: { kept: true, read: more } };
    });
    if (isRead) await this.readPart();
  }

  /** Forgets what policies and names were read, so that the next look at who is refused reads them anew. */
  forget(): void {
    this.limits = new KnownLimits();
  }

  /** Stops what is under way. */
  stop(): void {
    this.stopping.abort();
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }

  /** Reads what the settings mean. Nobody has chosen the first period: the last hour is, where all calls of the last day lie in it. */
  private async readFitting(
    place: ArmPlace, settings: UsageSettings,
  ): Promise<{ readonly read: UsageRead; readonly held: UsageSettings }> {
    const read = await readUsage(place, this.questionOf(settings));
    const hour: UsageSettings = { ...settings, period: { kind: 'last', span: 'hour' } };
    const shorter = this.questionOf(hour);
    const isFitting = !this.settled && settings.time === undefined && liesIn(read.slots, shorter.window);
    const found = isFitting ? { read: await readUsage(place, shorter), held: hour } : { read, held: settings };
    this.settled = true;
    return found;
  }

  private questionOf({ period, wish, narrowed, time }: UsageSettings): UsageQuestion {
    const meant: UsagePeriod = time ? { kind: 'between', ...time } : period;
    const intervalMs = intervalOf(meant, wish);
    const ids = narrowed.reduce((all, each) => withIds(all, each.ids), this.target.ids);
    return { window: windowOf(meant, intervalMs, this.parts.now()), ids, intervalMs };
  }

  private lookedAt(): number {
    const { requests } = this.state;
    return requests?.kept ? requests.read.looked : 1;
  }

  /** What a part shows beside the rest. Of single requests as many pages are read as there were. */
  private async besides(place: ArmPlace, part: UsagePart, read: UsageRead, most = 1): Promise<Partial<UsageNow>> {
    if (part === 'throttled') return { throttled: await readThrottled(place, read, this.limits) };
    if (part !== 'requests') return {};
    const requests = await readFirstRequests(place, read, most);
    return { requests: requests ? { kept: true, read: requests } : { kept: false } };
  }

  /** Another wish ends what is under way. What goes wrong stands on the page, above what was read before, with the settings of that. */
  private async work(settings: UsageSettings, work: (place: ArmPlace) => Promise<UsageSettings | void>): Promise<boolean> {
    this.stopping.abort();
    const stopping = new AbortController();
    this.stopping = stopping;
    const { instance } = this.target;
    this.wanted = settings;
    this.set({ settings, busy: true, wait: undefined, problem: undefined });
    const options: ArmPlace['options'] = {
      signal: stopping.signal,
      onWait: (wait) => this.stopping === stopping && this.set({ wait: waitText(wait) }),
    };
    const isCurrent = (): boolean => this.stopping === stopping;
    try {
      const held = (await work({ arm: await this.parts.arms(instance), instance, options })) ?? settings;
      if (!isCurrent()) return false;
      [this.shown, this.wanted] = [held, undefined];
      this.set({ settings: held, busy: false, wait: undefined });
      return true;
    } catch (error) {
      if (!isCurrent()) return false;
      const back = { settings: this.shown ?? settings, busy: false, wait: undefined };
      if (error instanceof Cancelled) {
        this.wanted = undefined;
        this.set(back);
      } else if (isTierWithout(error, instance.sku)) {
        this.set({ ...back, none: noReportsText(instance.sku), readMs: this.parts.now() });
      } else {
        this.set({ ...back, problem: this.parts.describe(error) });
      }
      return false;
    }
  }

  private set(changes: Partial<UsageNow>): void {
    this.state = { ...this.state, ...changes };
    this.changed.fire();
  }
}

/** The name in the key of a subscription alone. */
function subscriptionOf(key: string): UsageIds | undefined {
  const parts = tryParse(key);
  const name = isArray(parts) ? parts[3] : undefined;
  return typeof name === 'string' ? { subscription: name } : undefined;
}
