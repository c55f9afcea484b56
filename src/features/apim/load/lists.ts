// The lists that the tree shows: each is asked for when it is first shown, page by page, can be stopped, and is kept over a reload.

import type { ArmWait } from '../../../model/arm';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { ListItem } from '../items';

/** Where a list comes from. */
export interface Source {
  /** Its identity: an endpoint, whose token, a path. */
  readonly key: string;
  /** False for what is not kept over a reload: the sample's. */
  readonly kept: boolean;
  /** Its items as they come. Throws ArmFailed and Cancelled. */
  readonly pages: (options: PageOptions) => AsyncIterable<readonly ListItem[]>;
}

/** What goes along with asking for pages. */
export interface PageOptions {
  readonly signal: AbortSignal;
  readonly onWait: (wait: ArmWait) => void;
}

/** A list as it is known. */
export interface ListState {
  readonly items: readonly ListItem[];
  /** When they came, in milliseconds since 1970; undefined before any came. */
  readonly at?: number | undefined;
  /** True for those of an earlier window. */
  readonly restored: boolean;
  /** False where there are more to be asked for. */
  readonly complete: boolean;
  /** True where it is to be asked for anew when it is shown. */
  readonly stale: boolean;
  readonly loading: boolean;
  /** What is waited for while it is loading. */
  readonly wait?: ArmWait | undefined;
  /** Why the last load came to nothing; `stopped` where a person has stopped it. */
  readonly problem?: ErrorParts | 'stopped' | undefined;
}

/** A list as it is kept. */
export interface KeptList {
  readonly key: string;
  readonly at: number;
  readonly complete: boolean;
  readonly items: readonly ListItem[];
}

/** What the lists need from outside. */
export interface ListsParts {
  readonly now: () => number;
  /** What a person is told of an error. */
  readonly describe: (error: unknown) => ErrorParts;
  /** Told what is to be kept, after each change of it. */
  readonly keep: (lists: readonly KeptList[]) => void;
}

/** So many items are asked for at least before the rest waits for a person, unless they end before. */
export const leastItems = 100;

const nothing: ListState = { items: [], restored: false, complete: false, stale: true, loading: false };

interface Running {
  readonly stopping: AbortController;
  readonly over: Promise<void>;
}

/** The rest of a list that was not asked for yet. */
interface Rest {
  readonly pages: AsyncIterator<readonly ListItem[]>;
  readonly stopping: AbortController;
}

/** All lists. */
export class Lists implements Disposable {
  private readonly states = new Map<string, ListState>();
  private readonly kept = new Set<string>();
  private readonly rests = new Map<string, Rest>();
  private readonly running = new Map<string, Running>();
  private readonly changed = new Emitter<string>();

  /** Raised with the key of a list that is another now. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: ListsParts) {}

  /** Takes what an earlier window has kept; what is known already stays. */
  restore(lists: readonly KeptList[]): void {
    for (const { key, at, complete, items } of lists) {
      if (this.states.has(key)) continue;
      this.kept.add(key);
      this.states.set(key, { items, at, complete, restored: true, stale: false, loading: false });
    }
  }

  /** A list as it is known, without asking anybody. */
  state(key: string): ListState | undefined {
    return this.states.get(key);
  }

  /** All that is known. */
  all(): readonly ListState[] {
    return [...this.states.values()];
  }

  /** The keys of all that is known. */
  keys(): readonly string[] {
    return [...this.states.keys()];
  }

  /** Asks for a list that nobody has asked for yet, or that is to be asked for anew. Ends when it is there; never throws. */
  async ensure(source: Source): Promise<void> {
    const state = this.states.get(source.key) ?? nothing;
    if (state.loading) return this.running.get(source.key)?.over;
    if (state.stale) await this.load(source, false);
  }

  /** Asks for the next items of a list. Ends when they are there; never throws. */
  more(source: Source): Promise<void> {
    return this.load(source, true);
  }

  /** Lets lists be asked for anew when they are shown next; what is known of them is shown until then. */
  markStale(keys: Iterable<string>): void {
    for (const key of keys) {
      const state = this.states.get(key);
      if (state) this.states.set(key, { ...state, stale: true, problem: undefined });
    }
  }

  /** Forgets lists, as of an endpoint that is gone. */
  forget(isMeant: (key: string) => boolean): void {
    for (const key of [...this.states.keys()].filter(isMeant)) {
      this.running.get(key)?.stopping.abort();
      // Whoever asks for it now begins anew, and does not wait for what was given up.
      this.running.delete(key);
      this.rests.delete(key);
      this.kept.delete(key);
      this.states.delete(key);
    }
    this.tellKept();
  }

  /** Stops a load; what has come stays. */
  stop(key: string): void {
    this.running.get(key)?.stopping.abort();
  }

  dispose(): void {
    for (const { stopping } of this.running.values()) stopping.abort();
    this.changed.dispose();
  }

  private load(source: Source, more: boolean): Promise<void> {
    const { key } = source;
    const under = this.running.get(key);
    if (under) return under.over;
    const state = this.states.get(key) ?? nothing;
    const { rest, before, least } = this.begin(source, state, more);
    this.set(key, { ...state, stale: false, loading: true, wait: undefined, problem: undefined });
    const over = this.read(source, rest, before, least).finally(() => {
      if (this.running.get(key)?.over === over) this.running.delete(key);
    });
    this.running.set(key, { stopping: rest.stopping, over });
    return over;
  }

  /** Goes on where the last page ended, or begins anew, as after a reload: then so much is asked for that there is more than before. */
  private begin(source: Source, state: ListState, more: boolean): { rest: Rest; before: readonly ListItem[]; least: number } {
    const left = more ? this.rests.get(source.key) : undefined;
    if (left) return { rest: left, before: state.items, least: leastItems };
    const stopping = new AbortController();
    const onWait = (wait: ArmWait): void => this.waits(source.key, stopping, wait);
    const pages = source.pages({ signal: stopping.signal, onWait })[Symbol.asyncIterator]();
    return { rest: { pages, stopping }, before: [], least: more ? state.items.length + 1 : leastItems };
  }

  private async read({ key, kept }: Source, rest: Rest, before: readonly ListItem[], least: number): Promise<void> {
    this.rests.delete(key);
    const items = [...before];
    try {
      let complete = false;
      while (!complete && items.length < before.length + least) {
        const page = await untilStopped(rest.pages.next(), rest.stopping.signal);
        if (page.done === true) complete = true;
        else items.push(...page.value);
      }
      if (!this.isCurrent(key, rest)) return;
      if (!complete) this.rests.set(key, rest);
      if (kept) this.kept.add(key);
      // What was changed while it was read is asked for once more.
      const stale = this.states.get(key)?.stale === true;
      this.set(key, { items, at: this.parts.now(), restored: false, complete, stale, loading: false });
      this.tellKept();
    } catch (error) {
      const state = this.states.get(key);
      if (!state || !this.isCurrent(key, rest)) return;
      const problem = error instanceof Cancelled || rest.stopping.signal.aborted ? 'stopped' : this.parts.describe(error);
      this.set(key, { ...state, loading: false, wait: undefined, problem });
    }
  }

  /** False for what was forgotten meanwhile, and may have been begun anew since. */
  private isCurrent(key: string, { stopping }: Rest): boolean {
    return this.running.get(key)?.stopping === stopping;
  }

  private waits(key: string, stopping: AbortController, wait: ArmWait): void {
    const state = this.states.get(key);
    if (state?.loading && this.running.get(key)?.stopping === stopping) this.set(key, { ...state, wait });
  }

  private set(key: string, state: ListState): void {
    this.states.set(key, state);
    this.changed.fire(key);
  }

  private tellKept(): void {
    this.parts.keep([...this.kept].flatMap((key) => {
      const { at, complete, items } = this.states.get(key) ?? nothing;
      // Where nothing was, something may be when the next window asks.
      return at === undefined || items.length === 0 ? [] : [{ key, at, complete, items }];
    }));
  }
}

/** Leaves work that does not listen to its signal. */
function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Cancelled());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
