// Failed jobs that nobody has looked at yet, by the marks that all windows share.

import { unseenPath, type Journal } from './journal';
import type { Troubles } from '../../../base/troubles';

/** The marks, as they were read last. */
export class Unseen {
  private known: ReadonlySet<string> = new Set();
  /** Jobs that were looked at here: a mark that cannot be removed would have them counted as failures for ever. */
  private readonly seenHere = new Set<string>();

  constructor(private readonly journal: Pick<Journal, 'unseen' | 'see'>, private readonly troubles: Troubles) {}

  /** Keys of the jobs. */
  get keys(): ReadonlySet<string> {
    return this.known;
  }

  /** Reads the marks; true when they are others than before. While they cannot be read they stay as they were. */
  async read(): Promise<boolean> {
    const keys = await this.troubles.attempt('unseen', () => this.journal.unseen(), undefined);
    if (!keys) return false;
    for (const key of this.seenHere) if (!keys.includes(key)) this.seenHere.delete(key);
    this.troubles.keepOnly('unseen', keys);
    const before = this.known;
    this.known = new Set(keys.filter((key) => !this.seenHere.has(key)));
    return before.size !== this.known.size || ![...before].every((key) => this.known.has(key));
  }

  /** Somebody has looked at a job. */
  async see(key: string): Promise<void> {
    this.seenHere.add(key);
    await this.troubles.attempt(unseenPath(key), () => this.journal.see(key), undefined);
    this.forget(key);
  }

  /** A job has ended, perhaps once more: what was seen of it is no longer all. */
  async endedAgain(key: string): Promise<void> {
    this.seenHere.delete(key);
    await this.read();
  }

  /** There is no such job any more. */
  forget(key: string): void {
    this.known = new Set([...this.known].filter((each) => each !== key));
  }
}
