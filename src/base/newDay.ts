// Tells when a day has begun since lines were drawn that say "Today" and "Yesterday".

import { Emitter, type Disposable } from '../model/lifetime';

/** The clock is looked at as often as this, in milliseconds: it may be set, and a computer may sleep through midnight. */
const mostWaitMs = 10 * 60 * 1000;

/** The day that lines were drawn on. It has a timer from when such lines are drawn until that day is over. */
export class NewDay implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When that day began, by the clock of this computer. */
  private day: number | undefined;
  private readonly began = new Emitter<void>();

  /** Raised once when the day is another one than that of the lines; whoever draws them anew says so again. */
  readonly onNewDay = this.began.event;

  /** @param now tells the time in milliseconds since 1970. */
  constructor(private readonly now: () => number = () => Date.now()) {}

  /** Lines that name days are drawn just now. */
  drawn(): void {
    this.look();
    this.day ??= this.today();
    this.arm();
  }

  /** Looks whether the day is still the one of the lines. */
  look(): void {
    if (this.day === undefined || this.day === this.today()) return;
    clearTimeout(this.timer);
    this.timer = this.day = undefined;
    this.began.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.began.dispose();
  }

  private arm(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.look();
      if (this.day !== undefined) this.arm();
    }, Math.min(mostWaitMs, untilMidnight(this.now())));
  }

  private today(): number {
    return new Date(this.now()).setHours(0, 0, 0, 0);
  }
}

/** How long it is until the next day begins here, also where the clocks change meanwhile. */
function untilMidnight(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0) - now;
}
