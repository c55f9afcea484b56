// Whether the page of this window is there: a remote extension host outlives it by hours.

import { Emitter, type Disposable } from '../../../model/lifetime';

/** A page that has not answered for so many rounds is gone: 15 seconds. */
const goneRounds = 5;

/** Asks the page again and again. */
export class PageSight implements Disposable {
  private owed = 0;
  private readonly changed = new Emitter<boolean>();

  /** Raised with false when the page has not answered for a while, and with true when it answers again. */
  readonly onDidChange = this.changed.event;

  /** `answer` is a call to the page: while that is gone it does not resolve, and no key can be read. Absent where there is no editor. */
  constructor(private readonly answer: (() => PromiseLike<unknown>) | undefined) {}

  /** Rounds since the page last answered; 0 or 1 for a page that is there. */
  get owedRounds(): number {
    return this.owed;
  }

  get isGone(): boolean {
    return this.owed > goneRounds;
  }

  /** Asks the page for an answer, unless it owes one. To be called in each round. */
  ask(): void {
    if (this.owed > 0) {
      this.owed += 1;
      if (this.owed === goneRounds + 1) this.changed.fire(false);
      return;
    }
    const answer = this.answer?.();
    if (!answer) return;
    this.owed = 1;
    const answered = (): void => {
      const wasGone = this.isGone;
      this.owed = 0;
      if (wasGone) this.changed.fire(true);
    };
    // An error is an answer too: whoever gives one is there.
    answer.then(answered, answered);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
