// Whether the page of this window is there: a remote extension host outlives it by hours.

import { Emitter, type Event } from '../../../model/lifetime';
import { messageOf } from '../../../model/errors';

/** A page that has not answered for so many rounds is gone: 15 seconds. */
const goneRounds = 5;

/** Asks the page again and again. */
export class PageSight {
  private owed = 0;
  /** What listeners were told last. */
  private told = true;
  private readonly changed: Emitter<boolean>;

  /**
   * `answer` is a call to the page: while the page is gone it does not resolve, and no key can be read. Absent where there is no editor.
   * `log` gets a line when a listener throws.
   */
  constructor(
    private readonly answer: (() => PromiseLike<unknown>) | undefined,
    log: (line: string) => void,
  ) {
    this.changed = new Emitter((error) => log(`Telling of the page failed: ${messageOf(error)}`));
  }

  /** Raised with false when the page has not answered for a while, and with true when it answers again. */
  get onDidChange(): Event<boolean> {
    return this.changed.event;
  }

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
      this.tell();
      return;
    }
    const answer = this.answer?.();
    if (!answer) return;
    this.owed = 1;
    const answered = (): void => {
      this.owed = 0;
      this.tell();
    };
    // An error is an answer too: whoever gives one is there.
    answer.then(answered, answered);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private tell(): void {
    if (this.told === !this.isGone) return;
    this.told = !this.isGone;
    this.changed.fire(this.told);
  }
}
