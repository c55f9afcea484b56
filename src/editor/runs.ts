// What is being sent and what came back: the entries that the answer panel shows, and the one place that starts and stops calls.

import { Cancelled, messageOf } from '../model/errors';
import type { Exchange } from '../model/exchange';
import type { HealthState } from '../model/health';
import { Emitter } from '../model/lifetime';
import type { Service } from '../model/service';
import type { ScoreProgress } from '../client/scoring';
import type { ScoreRequest } from '../protocol/request';
import type { Health } from '../state/health';

/** One request that is to be sent. */
export interface RunItem {
  /** The file's URI: a file that is sent again while its call is under way takes the place of the earlier one. */
  readonly file: string;
  /** The file's name, for people. */
  readonly source: string;
  readonly service: Service;
  readonly request: ScoreRequest;
}

/** What has become of an entry. */
export type EntryState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'sending'; readonly since: number }
  | { readonly kind: 'waiting'; readonly reason: string; readonly until: number }
  | { readonly kind: 'answered'; readonly exchange: Exchange }
  | { readonly kind: 'cancelled' };

/** One request of a run. */
export interface Entry {
  readonly item: RunItem;
  readonly state: EntryState;
}

/** Makes one call; the roof hands it in. */
export type Score = (item: RunItem, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void) => Promise<Exchange>;

interface LiveEntry {
  item: RunItem;
  state: EntryState;
  stop: AbortController;
}

/** Sends requests and keeps the entries of the last run. Requests that are sent while others are under way join their run. */
export class Runs {
  private readonly changed = new Emitter<void>();
  private live: LiveEntry[] = [];
  private shown = 0;

  /** Raised at every change of any entry. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly score: Score,
    private readonly health: Health,
    private readonly now: () => number,
  ) {}

  /** The entries, in the order they were sent. */
  get entries(): readonly Entry[] {
    return this.live;
  }

  /** Which entry is looked at. */
  get current(): number {
    return this.shown;
  }

  /** True while anything is under way. */
  get busy(): boolean {
    return this.live.some((entry) => isOpen(entry.state));
  }

  /** Looks at another entry; a number that is none is passed over. */
  select(index: number): void {
    if (this.live[index] === undefined) return;
    this.shown = index;
    this.changed.fire();
  }

  /** Sends these requests one after another and resolves when all are over. Throws only what the call throws besides Cancelled. */
  async send(items: readonly RunItem[]): Promise<void> {
    if (!this.busy) this.live = [];
    const added = items.map((item): LiveEntry => ({ item, state: { kind: 'pending' }, stop: new AbortController() }));
    for (const entry of added) this.place(entry);
    const [first] = added;
    if (first) this.shown = this.live.indexOf(first);
    this.changed.fire();
    for (const entry of added) {
      // Follow the run, unless the person has chosen to look at something else.
      const before = added[added.indexOf(entry) - 1];
      if (before && this.live[this.shown] === before) this.shown = this.live.indexOf(entry);
      await this.call(entry);
    }
  }

  /** Sends a request in the place of an entry, which is stopped; an entry that is gone is passed over and the request sent by itself. */
  async resend(entry: Entry, item: RunItem): Promise<void> {
    const index = this.live.findIndex((other) => other === entry);
    const earlier = this.live[index];
    if (!earlier) return this.send([item]);
    const again: LiveEntry = { item, state: { kind: 'pending' }, stop: new AbortController() };
    this.stopEntry(earlier);
    this.live[index] = again;
    this.shown = index;
    await this.call(again);
  }

  /** Stops everything that is under way or still to come. */
  cancel(): void {
    for (const entry of this.live.filter(({ state }) => isOpen(state))) this.stopEntry(entry);
    this.changed.fire();
  }

  private place(entry: LiveEntry): void {
    const twin = this.live.findIndex((other) => other.item.file === entry.item.file && other.item.service.address === entry.item.service.address);
    const earlier = this.live[twin];
    if (!earlier) {
      this.live.push(entry);
      return;
    }
    this.stopEntry(earlier);
    this.live[twin] = entry;
  }

  private stopEntry(entry: LiveEntry): void {
    if (isOpen(entry.state)) entry.state = { kind: 'cancelled' };
    entry.stop.abort();
  }

  private async call(entry: LiveEntry): Promise<void> {
    if (entry.state.kind !== 'pending') return;
    const done = this.health.begin(entry.item.service.address);
    let found: HealthState | undefined;
    try {
      const exchange = await this.score(entry.item, entry.stop.signal, (progress) => {
        this.become(entry, progress.kind === 'sending' ? { kind: 'sending', since: this.now() } : progress);
      });
      found = healthAfter(exchange);
      this.become(entry, { kind: 'answered', exchange });
    } catch (error) {
      this.become(entry, { kind: 'cancelled' });
      if (!(error instanceof Cancelled)) throw error instanceof Error ? error : new Error(messageOf(error));
    } finally {
      done(found);
    }
  }

  private become(entry: LiveEntry, state: EntryState): void {
    // A cancelled entry stays cancelled: what still arrives for it is dropped.
    if (entry.state.kind === 'cancelled') return;
    entry.state = state;
    this.changed.fire();
  }
}

function isOpen(state: EntryState): boolean {
  return state.kind === 'pending' || state.kind === 'sending' || state.kind === 'waiting';
}

function healthAfter(exchange: Exchange): HealthState {
  const sentence = exchange.problem?.sentence ?? '';
  if (!exchange.answer) return { kind: 'unreachable', text: sentence };
  const { status } = exchange.answer;
  if (status === 401 || status === 403) return { kind: 'refusing', text: sentence };
  return { kind: 'answering', text: `Answered with ${status} in ${Math.round(exchange.durationMs)} ms.` };
}
