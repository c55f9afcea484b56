// An exchange whose bodies were let go, and what the history has of it.

import type { Exchange } from '../../../model/exchange';

/** An exchange whose bodies were let go, and what the history has of it. */
export class Recalled {
  whole: Exchange;
  readonly fetched: Promise<void>;

  constructor(readonly light: Exchange, past: Promise<Exchange | undefined>) {
    this.whole = light;
    const lost = {
      ...light,
      notes: [...light.notes, 'So many requests were sent that this answer is not held any more, and the history does not have it.'],
    };
    this.fetched = past.then((found) => found ?? lost, () => lost).then((whole) => {
      this.whole = whole;
    });
  }
}
