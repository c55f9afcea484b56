// All instances that are being made, restored or deleted: each is followed by one of the windows, over reloads, and shown by all of them.

import * as l10n from '@vscode/l10n';
import type { ArmWait } from '../../../model/arm';
import type { Clock } from '../../../model/clock';
import { Cancelled, InvalidInput, messageOf, type ErrorParts } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import { begin, goOn, type WorkTools } from './carryOut';
import { isOver, type InstanceWork } from './work';
import type { WorkJournal } from './workJournal';

/** The right to follow one of them. */
export interface WorkClaim {
  /** False where another window has taken this one for dead meanwhile. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

/** What it needs from outside. */
export interface WorksParts {
  readonly journal: WorkJournal;
  /** Undefined where a living window follows it. */
  readonly claim: (key: string) => Promise<WorkClaim | undefined>;
  /** True where this window can ask: of the sample's that is the one in which it runs. */
  readonly canAsk: (work: InstanceWork) => boolean;
  /** True for the sample's while it is stopped: no window can ask, until a person starts it here. */
  readonly waits: (work: InstanceWork) => Promise<boolean>;
  readonly toolsOf: (work: InstanceWork) => Pick<WorkTools, 'arm' | 'describe'>;
  readonly clock: Clock;
  /** Told once, in one window, when one is over. */
  readonly onEnd: (work: InstanceWork) => void;
  /** Told whether anything is noted, whenever that changes: the next window looks only where something is. */
  readonly noted: (any: boolean) => void;
  readonly log: (line: string) => void;
}

/** One of them as it is shown. */
export interface WorkNow {
  readonly work: InstanceWork;
  /** What the window that follows it waits for; other windows do not know. */
  readonly wait?: ArmWait;
  /** What hinders asking just now. */
  readonly trouble?: ErrorParts;
  /** It is in the sample, which is stopped, and goes on once that runs again. */
  readonly waits?: true;
}

/** So often it is looked at what other windows have noted, and whether one of them has ended, in milliseconds. */
const lookMs = 3_000;

/** All of them. */
export class InstanceWorks implements Disposable {
  private works: readonly InstanceWork[] = [];
  private readonly telling = new Map<string, Omit<WorkNow, 'work' | 'waits'>>();
  private waiting: ReadonlySet<string> = new Set();
  private readonly running = new Map<string, AbortController>();
  private readonly changed = new Emitter<void>();
  private readonly stopped = new AbortController();
  private looking: Promise<void> | undefined;
  private reading: Promise<void> | undefined;
  private told: boolean | undefined;
  /** What is done or was forgotten here: neither told again nor shown again, though its file may be there a little longer. */
  private readonly gone = new Set<string>();

  /** Raised when any of them is another. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: WorksParts) {}

  /** What is noted, oldest first. */
  list(): readonly WorkNow[] {
    return this.works.map((work) => ({ work, ...(this.waiting.has(work.key) ? { waits: true } : this.telling.get(work.key)) }));
  }

  find(key: string): InstanceWork | undefined {
    return this.works.find((work) => work.key === key);
  }

  /** Reads what is noted, and follows it as long as there is something to follow. Never throws. */
  async start(): Promise<void> {
    await this.look();
    this.keepLooking();
  }

  /**
   * Begins what the person has just confirmed. Ends when it is written down; throws what the disk throws, and InvalidInput where another
   * window is at it.
   */
  async begin(work: InstanceWork): Promise<void> {
    const { journal, claim } = this.parts;
    // First: what is noted and nobody's counts as left by a window that ended before anything was sent.
    const claimed = await claim(work.key);
    if (!claimed) throw followedAlready(work);
    try {
      await journal.add(work);
    } catch (error) {
      await claimed.release().catch(() => undefined);
      throw error;
    }
    this.gone.delete(work.key);
    this.take([...this.works.filter(({ key }) => key !== work.key), work]);
    void this.run(work, claimed, begin);
    this.keepLooking();
  }

  /** Forgets one: whoever follows it stops. At Azure nothing changes. */
  async forget(key: string): Promise<void> {
    await this.parts.journal.remove(key);
    this.gone.add(key);
    this.running.get(key)?.abort();
    this.take(this.works.filter((work) => work.key !== key));
  }

  /** The sample has come or gone, the cloud or the windows are others, or something else was noted. */
  wake(): void {
    // What cannot be asked for here any more is left to the window that can.
    for (const [key, stopping] of this.running) {
      const work = this.find(key);
      if (work && !this.parts.canAsk(work)) stopping.abort();
    }
    // A look that has begun already may have missed it.
    const before = this.reading ?? Promise.resolve();
    void before.then(() => this.look()).then(() => this.keepLooking());
  }

  dispose(): void {
    this.stopped.abort();
    for (const stopping of this.running.values()) stopping.abort();
    this.changed.dispose();
  }

  private keepLooking(): void {
    this.looking ??= this.lookOn().finally(() => {
      this.looking = undefined;
    });
  }

  private async lookOn(): Promise<void> {
    const { signal } = this.stopped;
    try {
      while (this.works.some((work) => !isOver(work))) {
        await this.parts.clock.sleep(lookMs, signal);
        await this.look();
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
  }

  private look(): Promise<void> {
    this.reading ??= this.readAll().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readAll(): Promise<void> {
    const { journal, log } = this.parts;
    try {
      this.take((await journal.all()).filter(({ key }) => !this.gone.has(key)));
    } catch (error) {
      log(`What was noted of instances could not be read: ${messageOf(error)}`);
    }
    for (const work of this.works.filter(isUnfinished)) {
      await this.takeOver(work).catch((error: unknown) => log(`${work.place.name} could not be followed: ${messageOf(error)}`));
    }
    await this.findWaiting().catch((error: unknown) => log(`Whether instances wait could not be found out: ${messageOf(error)}`));
  }

  private async findWaiting(): Promise<void> {
    const before = this.waiting;
    const waiting = new Set<string>();
    for (const work of this.works) if (!isOver(work) && (await this.parts.waits(work))) waiting.add(work.key);
    this.waiting = waiting;
    if (waiting.size !== before.size || [...waiting].some((key) => !before.has(key))) this.changed.fire();
  }

  /** Follows what nobody follows. */
  private async takeOver(work: InstanceWork): Promise<void> {
    const { journal, claim, canAsk } = this.parts;
    const { key } = work;
    const isLeft = this.stopped.signal.aborted || this.running.has(key) || this.gone.has(key);
    // Of what is done nobody has to be asked any more.
    if (isLeft || !(work.step === 'done' || canAsk(work))) return;
    const claimed = await claim(key);
    if (!claimed) return;
    // As it was noted by whoever had it before.
    const now = await journal.read(key).catch(() => undefined);
    if (now === undefined || !isUnfinished(now)) return claimed.release();
    void this.run(now, claimed, goOn);
  }

  private async run(work: InstanceWork, claim: WorkClaim, way: typeof begin): Promise<void> {
    const { journal, toolsOf, clock, log } = this.parts;
    const { key } = work;
    const tools = toolsOf(work);
    const stopping = new AbortController();
    if (this.stopped.signal.aborted) stopping.abort();
    this.running.set(key, stopping);
    const requireHeld = async (): Promise<void> => {
      if (!(await claim.held())) throw new Cancelled();
    };
    try {
      const ended = await way(work, {
        ...tools, clock,
        note: async (now) => {
          await requireHeld();
          await journal.note(now);
          this.take(this.works.map((each) => (each.key === key ? now : each)));
        },
        requireWanted: async () => {
          await requireHeld();
          await journal.requireWanted(key);
        },
        poller: () => journal.poller(key),
        setPoller: (state) => journal.setPoller(key, state),
        tell: (now) => {
          this.telling.set(key, now);
          this.changed.fire();
        },
      }, stopping.signal);
      this.telling.delete(key);
      if (!stopping.signal.aborted) await this.end(ended);
    } catch (error) {
      if (error instanceof Cancelled) this.telling.delete(key);
      else {
        // Tried again by the next look: shown meanwhile, and logged once.
        const trouble = tools.describe(error);
        if (this.telling.get(key)?.trouble?.sentence !== trouble.sentence) {
          log(`${work.place.name} could not be followed: ${messageOf(error)}`);
        }
        this.telling.set(key, { trouble });
      }
    } finally {
      this.running.delete(key);
      await claim.release().catch(() => undefined);
      this.changed.fire();
    }
  }

  /** What went well needs no line of its own any more: the lists tell of it. Forgotten before it is told, and told in one window. */
  private async end(ended: InstanceWork): Promise<void> {
    const { journal, onEnd, log } = this.parts;
    if (ended.step === 'done') {
      this.gone.add(ended.key);
      await journal.remove(ended.key).catch((error: unknown) => log(`${ended.place.name} could not be forgotten: ${messageOf(error)}`));
      this.take(this.works.filter(({ key }) => key !== ended.key));
    }
    onEnd(ended);
  }

  private take(works: readonly InstanceWork[]): void {
    const before = JSON.stringify(this.works);
    this.works = works;
    const any = works.length > 0;
    if (any !== this.told) this.parts.noted(any);
    this.told = any;
    if (JSON.stringify(works) !== before) this.changed.fire();
  }
}

/** What goes on, or is done and was not told yet: the window that followed it has ended in between. */
function isUnfinished(work: InstanceWork): boolean {
  return !isOver(work) || work.step === 'done';
}

function followedAlready({ place: { name } }: InstanceWork): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('{0} is followed already, here or in another window. Nothing was begun.', name),
    advice: l10n.t('Look at its line in the section API Management of the sidebar.'),
  });
}
