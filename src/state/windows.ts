// The windows of this computer that share the journal: which of them are alive, and which one leads.

import type { Clock } from '../model/clock';
import { Cancelled, messageOf } from '../model/errors';
import { Emitter, type Disposable } from '../model/lifetime';
import { member, tryParse } from '../protocol/shape';
import { Claims, type Claim } from './claims';
import { randomId, sortableTime } from './journal';
import type { JobFiles } from './ports';

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
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  /** Gets a line for each failure that is lived with. */
  readonly log: (line: string) => void;
}

interface Other {
  readonly text: string;
  readonly host: unknown;
  readonly pid: unknown;
  /** Our rounds since its text last changed. */
  silent: number;
}

const nameForm = /^[0-9a-z]{9}-[0-9a-z]+$/;

/** This window among the others. */
export class Windows implements Disposable {
  /** This window's own name; names sort by the time of their start. */
  readonly name: string;
  private readonly others = new Map<string, Other>();
  private readonly changed = new Emitter<void>();
  private readonly stopped = new AbortController();
  private readonly claims: Claims;
  private beat = 0;
  private missedBeats = 0;
  private leads = false;
  /** What listeners were told last. */
  private told = '';

  /** Raised when a window came, went or died, and when another one leads. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: WindowsParts) {
    this.name = `${sortableTime(parts.clock.now())}-${randomId(parts.random)}`;
    this.claims = new Claims(parts.files, this.name, () => randomId(parts.random), (window) => this.isLiving(window));
  }

  /** True for one of the living windows: the one that was started first. Others learn of its death within a few seconds. */
  get isLeader(): boolean {
    return this.leads;
  }

  /** Enters this window among the others and looks around, now and then every few seconds. Throws what the disk throws. */
  async start(): Promise<void> {
    await this.writeBeat();
    await this.findOthers();
    this.decide();
    void this.run();
  }

  /** Claims a job; undefined when somebody alive has claimed it. Throws what the disk throws. */
  claim(jobKey: string): Promise<Claim | undefined> {
    return this.claims.claim(jobKey);
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
    await this.claims.releaseAll();
    await this.parts.files.remove(`windows/${this.name}.json`);
  }

  dispose(): void {
    // What cannot be removed now is removed by the others, who find this window dead.
    void this.stop().catch(() => undefined);
    this.changed.dispose();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    try {
      for (;;) {
        await this.parts.clock.sleep(beatMs, signal);
        try {
          await this.round();
        } catch (error) {
          // A listener's mistake. Whoever stops saying that it is alive is taken for dead.
          this.parts.log(`Telling of windows failed: ${messageOf(error)}`);
        }
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
  }

  private async round(): Promise<void> {
    try {
      await this.writeBeat();
      this.missedBeats = 0;
    } catch (error) {
      this.parts.log(`This window could not say that it is alive: ${messageOf(error)}`);
      // A disk that is full or gone for a while. The others will take this window for dead, so it behaves as if it were.
      this.missedBeats += 1;
    }
    try {
      await this.findOthers();
    } catch (error) {
      this.parts.log(`The other windows could not be looked at: ${messageOf(error)}`);
    }
    this.decide();
  }

  private async writeBeat(): Promise<void> {
    this.beat += 1;
    const path = `windows/${this.name}.json`;
    await this.parts.files.write(path, `${JSON.stringify({ host: this.parts.host, pid: this.parts.pid, beat: this.beat })}\n`);
    // Stopped meanwhile: a file that nobody removes any more would be ours.
    if (this.stopped.signal.aborted) await this.parts.files.remove(path);
  }

  private async findOthers(): Promise<void> {
    const names = (await this.parts.files.list('windows')).flatMap((file) => (file.endsWith('.json') ? file.slice(0, -'.json'.length) : []));
    const others = names.filter((name) => nameForm.test(name) && name !== this.name);
    for (const name of [...this.others.keys()]) {
      if (!others.includes(name)) this.others.delete(name);
    }
    for (const name of others) {
      await this.readOther(name);
      if (!this.isDead(name)) continue;
      this.others.delete(name);
      await this.parts.files.remove(`windows/${name}.json`);
    }
  }

  private decide(): void {
    if (this.stopped.signal.aborted) return;
    const others = [...this.others.keys()].sort();
    const leads = this.missedBeats < deadRounds && others.every((name) => this.name < name);
    const told = `${leads} ${others.join()}`;
    if (told === this.told) return;
    this.leads = leads;
    this.told = told;
    this.changed.fire();
  }

  private async readOther(name: string): Promise<void> {
    const text = await this.parts.files.read(`windows/${name}.json`);
    if (text === undefined) {
      this.others.delete(name);
      return;
    }
    const known = this.others.get(name);
    if (known?.text === text) {
      known.silent += 1;
      return;
    }
    const value = tryParse(text);
    this.others.set(name, { text, host: member(value, 'host'), pid: member(value, 'pid'), silent: 0 });
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
