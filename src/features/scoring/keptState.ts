// Whether the exchange that the answer's page shows is kept, and pinned, as far as the page has been told.

import { messageOf } from '../../model/errors';
import type { PastExchanges } from './pastExchanges';
import type { ToPage } from './messages';

/** What it asks and tells. */
export interface KeptStateParts {
  readonly kept: Pick<PastExchanges, 'pinned'>;
  /** The key of the exchange that is shown; undefined where none is. */
  readonly shown: () => string | undefined;
  readonly send: (message: Extract<ToPage, { type: 'kept' }>) => void;
  readonly log: (line: string) => void;
}

/** Tells the page of the exchange that it shows. */
export class KeptState {
  private told: string | undefined;
  private calls = 0;
  /** The exchange of which the history could not tell; the log has it once. */
  private failed: string | undefined;

  constructor(private readonly parts: KeptStateParts) {}

  /** Tells of another exchange than the last one that was told of. */
  async tellOther(): Promise<void> {
    if (this.parts.shown() !== this.told) await this.tell();
  }

  /** Tells how it stands now; one of which the history cannot tell is as one that it does not have. */
  async tell(): Promise<void> {
    const call = (this.calls += 1);
    const key = this.parts.shown();
    this.told = key;
    if (key === undefined) return;
    const pinned = await this.pinned(key);
    // Answers may overtake each other, and another exchange may be shown meanwhile: the newest call tells.
    if (call === this.calls) this.parts.send({ type: 'kept', key, ...(pinned === undefined ? {} : { pinned }) });
  }

  private async pinned(key: string): Promise<boolean | undefined> {
    try {
      const pinned = await this.parts.kept.pinned(key);
      if (this.failed === key) this.failed = undefined;
      return pinned;
    } catch (error) {
      if (this.failed !== key) this.parts.log(`The history cannot tell of ${key}: ${messageOf(error)}`);
      this.failed = key;
      return undefined;
    }
  }
}
