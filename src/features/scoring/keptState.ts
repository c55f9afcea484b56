// Whether the exchange that the answer's page shows is kept, and pinned, as far as the page has been told.

import type { PastExchanges } from './pastExchanges';
import type { ToPage } from './messages';

/** What it asks and tells. */
export interface KeptStateParts {
  readonly kept: Pick<PastExchanges, 'pinned'>;
  /** The key of the exchange that is shown; undefined where none is. */
  readonly shown: () => string | undefined;
  readonly send: (message: Extract<ToPage, { type: 'kept' }>) => void;
}

/** Tells the page of the exchange that it shows. */
export class KeptState {
  private told: string | undefined;

  constructor(private readonly parts: KeptStateParts) {}

  /** Tells of another exchange than the last one that was told of. Throws what the history throws. */
  async tellOther(): Promise<void> {
    if (this.parts.shown() !== this.told) await this.tell();
  }

  /** Tells how it stands now. Throws what the history throws. */
  async tell(): Promise<void> {
    const key = this.parts.shown();
    this.told = key;
    if (key === undefined) return;
    const pinned = await this.parts.kept.pinned(key);
    // Another one that is shown meanwhile is told of by another call.
    if (key === this.parts.shown()) this.parts.send({ type: 'kept', key, ...(pinned === undefined ? {} : { pinned }) });
  }
}
