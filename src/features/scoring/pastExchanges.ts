// Exchanges that are kept, for the answer's page, which comes before the feature that keeps them.

import type { Exchange } from '../../model/exchange';
import type { HistoryEntry } from '../../model/history';
import { Emitter, type Disposable, type Event } from '../../model/lifetime';

/** Where exchanges are kept. */
export interface ExchangeKeeper {
  /** The key under which an exchange is kept, also while it is being written. */
  keyOf(exchange: Exchange): string;
  /** An exchange without its bodies is the same as the whole one. */
  shareKey(exchange: Exchange, light: Exchange): void;
  /** An exchange by its key; undefined when it is gone. */
  past(key: string): Promise<Exchange | undefined>;
  /** Sends an exchange once more. */
  sendAgain(key: string): Promise<void>;
  /** All that is kept, newest first. */
  entries(): Promise<readonly HistoryEntry[]>;
  /** Whether an exchange is pinned; undefined where it is not kept, or not yet. */
  pinned(key: string): Promise<boolean | undefined>;
  /** Pins an exchange, or lets it go. */
  pin(key: string, on: boolean): Promise<void>;
  /** Asks for another exchange and compares the two. Throws InvalidInput where there is no other. */
  compare(key: string): Promise<void>;
  /** Raised when something is kept, pinned or removed. */
  readonly onDidChange: Event<void>;
}

/** The keeper, as soon as there is one; nothing is kept until then. */
export class PastExchanges {
  private keeper: ExchangeKeeper | undefined;
  private readonly changed = new Emitter<void>();

  /** Raised when something is kept, pinned or removed. */
  readonly onDidChange = this.changed.event;

  /** Says where exchanges are kept. */
  register(keeper: ExchangeKeeper): Disposable {
    this.keeper = keeper;
    const heard = keeper.onDidChange(() => this.changed.fire());
    return {
      dispose: () => {
        heard.dispose();
        if (this.keeper === keeper) this.keeper = undefined;
      },
    };
  }

  keyOf(exchange: Exchange): string | undefined {
    return this.keeper?.keyOf(exchange);
  }

  shareKey(exchange: Exchange, light: Exchange): void {
    this.keeper?.shareKey(exchange, light);
  }

  async past(key: string): Promise<Exchange | undefined> {
    return this.keeper?.past(key);
  }

  async sendAgain(key: string): Promise<void> {
    await this.keeper?.sendAgain(key);
  }

  async pinned(key: string): Promise<boolean | undefined> {
    return this.keeper?.pinned(key);
  }

  async pin(key: string, on: boolean): Promise<void> {
    await this.keeper?.pin(key, on);
  }

  async compare(key: string): Promise<void> {
    await this.keeper?.compare(key);
  }

  async entries(): Promise<readonly HistoryEntry[]> {
    return (await this.keeper?.entries()) ?? [];
  }
}
