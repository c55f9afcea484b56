// Exchanges that are kept, for the answer's page, which comes before the feature that keeps them.

import type { Exchange } from '../../model/exchange';
import type { HistoryEntry } from '../../model/history';
import type { Disposable } from '../../model/lifetime';

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
}

/** The keeper, as soon as there is one; nothing is kept until then. */
export class PastExchanges {
  private keeper: ExchangeKeeper | undefined;

  /** Says where exchanges are kept. */
  register(keeper: ExchangeKeeper): Disposable {
    this.keeper = keeper;
    return { dispose: () => void (this.keeper === keeper && (this.keeper = undefined)) };
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

  async entries(): Promise<readonly HistoryEntry[]> {
    return (await this.keeper?.entries()) ?? [];
  }
}
