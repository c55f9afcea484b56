// The windows of this computer that share the journal: which of them are alive, and which one leads.

import type { Clock } from '../../../model/clock';
import { Cancelled, messageOf } from '../../../model/errors';
import { Emitter, type Disposable, type Event } from '../../../model/lifetime';
import { member, tryParse } from '../../../base/shape';
import { Claims, type Claim } from './claims';
import { PageSight } from './pageSight';
import { randomId, sortableTime } from '../../../base/fileKeys';
import type { JobFiles } from '../../../base/ports';
import { Troubles, type UnreadableFile } from '../../../base/troubles';

/** So often a window says that it is alive and looks at the others, in milliseconds. */
export const beatMs = 3000;

/** A window that was silent for so many of our own rounds is dead: 30 seconds that were spent awake, whatever clocks say. */
const deadRounds = 10;

/** What windows need of the outside. */
export interface WindowsParts {
  readonly files: JobFiles;
  readonly clock: Clock;
  /** Name of this computer: process numbers are compared on the same one only. */
  readonly host: string;
  readonly pid: number;
  /** True when a process with this number runs on this computer. */
  readonly isAlive: (pid: number) => boolean;
  /** A call to the window's page, as `PageSight` makes it. */
  readonly answer?: () => PromiseLike<unknown>;
  /** Tells the workspace of this window from others; absent where it has none. */
  readonly workspace?: string;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  /** Gets a line for each failure that is lived with. */
  readonly log: (line: string) => void;
}

/** Another window for the same workspace. */
export interface Neighbour {
  /** Name of the folder that its sample has, as it said last; undefined: none. */
  readonly sampleFolder: unknown;
  /** Rounds for which its page has owed an answer, as it said last; 0 for one that is there. */
  readonly owes: number;
}

interface Other extends Neighbour {
  readonly text: string;
  readonly host: unknown;
  readonly pid: unknown;
  readonly workspace: unknown;
  /** Its page is gone: it lives, and holds what it has claimed, but does not lead. */
  readonly unseen: boolean;
  /** Our rounds since its text last changed. */
  silent: number;
}

const nameForm = /^[0-9a-z]{9}-[0-9a-z]+$/;

/** This window among the others. */
export class Windows implements Disposable {
  /** This window's own name; names sort by the time of their start. */
  readonly name: string;
  private readonly others = new Map<string, Other>();
  private readonly changed = new Emitter<void>((error) => this.parts.log(`Telling of windows failed: ${messageOf(error)}`));
  private readonly page: PageSight;
  private readonly stopped = new AbortController();
  private readonly claims: Claims;
  private readonly troubles: Troubles;
  /** Texts of dead windows whose files cannot be removed: they stay dead until they write something else. */
  private readonly buried = new Map<string, string>();
  /** True while the folder of windows cannot be read. */
  private blind = false;
  private sampleFolder: string | undefined;
  private beat = 0;
  private missedBeats = 0;
  private leads = false;
  /** What listeners were told last. */
  private told = '';

  /** Raised when a window came, went or died, and when another one leads. */
  readonly onDidChange = this.changed.event;

  /** Raised with false when the window's page has not answered for a while, and with true when it answers again. */
  get onDidChangeSight(): Event<boolean> {
    return this.page.onDidChange;
  }

  constructor(private readonly parts: WindowsParts) {
    this.name = `${sortableTime(parts.clock.now())}-${randomId(parts.random)}`;
    this.troubles = new Troubles(parts.log);
    this.page = new PageSight(parts.answer);
    this.claims = new Claims(parts.files, this.name, () => randomId(parts.random), (window) => this.isLiving(window), this.troubles);
  }

  /**
   * True for one of the living windows whose pages answer: the one that was started first. Others learn of its death within a few seconds,
   * and of its page's within half a minute.
   */
  get isLeader(): boolean {
    return this.leads;
  }

  /** Enters this window among the others and looks around, now and then every few seconds. */
  async start(): Promise<void> {
    await this.round();
    void this.run();
  }

  /** Files of windows and claims that cannot be used. */
  problems(): readonly UnreadableFile[] {
    return this.troubles.all();
  }

  /** The other living windows for this window's workspace, as they were seen last; none for a window without a workspace. */
  neighbours(): readonly Neighbour[] {
    const { workspace } = this.parts;
    return workspace === undefined ? [] : [...this.others.values()].filter((other) => other.workspace === workspace);
  }

  /** Lets the others know which folder the sample of this window has, with the next beat; undefined: none. */
  tellSampleFolder(name: string | undefined): void {
    this.sampleFolder = name;
  }

  /** Claims a job; undefined when somebody alive has claimed it. Throws LocalFailure when the disk does not let it. */
  claim(jobKey: string): Promise<Claim | undefined> {
    return this.claims.claim(jobKey);
  }

  /** True while this window works on the job. */
  isOwn(jobKey: string): boolean {
    return this.claims.isOwn(jobKey);
  }

  /** True when somebody alive held the claim when claims were last looked at, or this window does now. */
  isClaimed(jobKey: string): boolean {
    return this.claims.isHeld(jobKey);
  }

  /** Looks at all claims again. */
  lookAtClaims(): Promise<void> {
    return this.claims.look();
  }

  /** Removes claims that dead windows left behind, of jobs that `matters` says no to. */
  sweepClaims(matters: (jobKey: string) => boolean): Promise<void> {
    return this.claims.sweep(matters);
  }

  /** Leaves: releases this window's claims and lets another window lead. */
  async stop(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    this.stopped.abort();
    this.leads = false;
    try {
      await this.claims.releaseAll();
    } finally {
      await this.parts.files.remove(`windows/${this.name}.json`);
    }
  }

  dispose(): void {
    // What cannot be removed now is removed by the others, who find this window dead.
    void this.stop().catch(() => undefined);
    this.changed.dispose();
    this.page.dispose();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    try {
      for (;;) {
        await this.parts.clock.sleep(beatMs, signal);
        try {
          await this.round();
        } catch (error) {
          // Whoever stops saying that it is alive is taken for dead.
          this.parts.log(`The windows could not be looked at: ${messageOf(error)}`);
        }
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
  }

  private async round(): Promise<void> {
    this.page.ask();
    const written = await this.troubles.attempt(`windows/${this.name}.json`, () => this.writeBeat().then(() => true), false);
    // A disk that is full or gone for a while. The others will take this window for dead, so it behaves as if it were.
    this.missedBeats = written ? 0 : this.missedBeats + 1;
    await this.findOthers();
    this.decide();
  }

  private async writeBeat(): Promise<void> {
    this.beat += 1;
    const path = `windows/${this.name}.json`;
    const { host, pid, workspace } = this.parts;
    const { owedRounds, isGone } = this.page;
    // A page that is there has been asked just now.
    const page = { ...(owedRounds > 1 ? { owes: owedRounds } : {}), ...(isGone ? { unseen: true } : {}) };
    const content = { host, pid, beat: this.beat, workspace, sampleFolder: this.sampleFolder, ...page };
    await this.parts.files.write(path, `${JSON.stringify(content)}\n`);
    // Stopped meanwhile: a file that nobody removes any more would be ours.
    if (this.stopped.signal.aborted) await this.parts.files.remove(path);
  }

  private async findOthers(): Promise<void> {
    const listed = await this.troubles.attempt('windows', () => this.parts.files.list('windows'), undefined);
    this.blind = listed === undefined;
    if (!listed) return;
    this.troubles.keepOnly('windows', [...listed, `${this.name}.json`]);
    const names = listed.flatMap((file) => (file.endsWith('.json') ? file.slice(0, -'.json'.length) : []));
    const others = names.filter((name) => nameForm.test(name) && name !== this.name);
    for (const name of [...this.others.keys()]) {
      if (!others.includes(name)) this.others.delete(name);
    }
    for (const name of [...this.buried.keys()]) if (!others.includes(name)) this.buried.delete(name);
    for (const name of others) {
      await this.readOther(name);
      if (this.buried.has(name) || !this.isDead(name)) continue;
      const path = `windows/${name}.json`;
      const text = this.others.get(name)?.text;
      this.others.delete(name);
      const removed = await this.troubles.attempt(path, () => this.parts.files.remove(path).then(() => true), false);
      if (!removed && text !== undefined) this.buried.set(name, text);
    }
  }

  private decide(): void {
    if (this.stopped.signal.aborted) return;
    const others = [...this.others.keys()].sort();
    // Where nobody can be seen nobody can be waited for: to ask twice is better than not to ask.
    const isFirst = !this.page.isGone && others.every((name) => this.name < name || this.others.get(name)?.unseen);
    const leads = this.blind || (this.missedBeats < deadRounds && isFirst);
    const told = `${leads} ${others.join()}`;
    if (told === this.told) return;
    this.leads = leads;
    this.told = told;
    this.changed.fire();
  }

  private async readOther(name: string): Promise<void> {
    const path = `windows/${name}.json`;
    // One that cannot be read is silent, and dead in time.
    let text: string | undefined = '';
    let failure: { readonly error: unknown } | undefined;
    try {
      text = await this.parts.files.read(path);
    } catch (error) {
      failure = { error };
    }
    if (text === undefined) {
      this.others.delete(name);
      return;
    }
    if (this.buried.get(name) === text) return;
    this.buried.delete(name);
    if (failure) this.troubles.note(path, failure.error);
    else this.troubles.forget(path);
    const known = this.others.get(name);
    if (known?.text === text) {
      known.silent += 1;
      return;
    }
    const value = tryParse(text);
    const of = (name: string): unknown => member(value, name);
    const owes = of('owes');
    this.others.set(name, {
      text, host: of('host'), pid: of('pid'), workspace: of('workspace'), sampleFolder: of('sampleFolder'),
      owes: typeof owes === 'number' ? owes : 0, unseen: of('unseen') === true, silent: 0,
    });
  }

  private isDead(name: string): boolean {
    const other = this.others.get(name);
    if (!other) return true;
    if (other.silent >= deadRounds) return true;
    if (other.host !== this.parts.host || typeof other.pid !== 'number') return false;
    // Our own number under another name is what an earlier process had, before the computer was started again.
    return other.pid === this.parts.pid || !this.parts.isAlive(other.pid);
  }

  private async isLiving(name: string): Promise<boolean> {
    if (name === this.name) return true;
    // One that began after we last looked.
    if (nameForm.test(name) && !this.others.has(name)) await this.readOther(name);
    return !this.isDead(name);
  }
}
