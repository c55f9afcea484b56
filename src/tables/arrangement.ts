// The order that a table is in, and the one that is being made for it.

import { Cancelled } from '../model/errors';
import type { TableOrder } from '../model/openTable';
import type { TableQuery } from '../model/view';
import { isPlain } from './order';

let stamps = 0;

/** A number that no other order has in this window. */
export function nextStamp(): number {
  return ++stamps;
}

const plain: TableQuery = { filters: [] };

/** What is known of an order that was made. */
export interface MadeOrder {
  readonly matched: number;
  /** The numbers of its rows, where they are held on this side. */
  readonly rows?: Uint32Array | undefined;
}

/** An order, and how many rows it has: undefined for all that there are. */
interface Current {
  readonly stamp: number;
  readonly query: TableQuery;
  readonly made?: MadeOrder;
}

/** Holds the order of a table. An order that is asked for while another is made takes its place. */
export class Arrangement {
  private current: Current = { stamp: nextStamp(), query: plain };
  private making: AbortController | undefined;

  /** What the order is; `totalRows` is how many rows there are. */
  order(totalRows: number): TableOrder {
    const { stamp, query, made } = this.current;
    return { stamp, query, matchedRows: made?.matched ?? totalRows };
  }

  /** The stamp of an order that was made; undefined for the source's. */
  get stamp(): number | undefined {
    return this.current.made === undefined ? undefined : this.current.stamp;
  }

  /** The rows of the order, where they are held on this side and are not the source's. */
  get rows(): Uint32Array | undefined {
    return this.current.made?.rows;
  }

  /**
   * Puts another order in place, which `make` makes unless it is the source's, and gives the stamp of the one before that was made. Throws
   * Cancelled when `signal` is raised or yet another order is asked for, and what `make` throws.
   */
  async change(
    query: TableQuery,
    signal: AbortSignal,
    make: (stamp: number, signal: AbortSignal) => Promise<MadeOrder>,
  ): Promise<number | undefined> {
    if (signal.aborted) throw new Cancelled();
    this.stop();
    const own = new AbortController();
    this.making = own;
    const stop = (): void => own.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const stamp = nextStamp();
      const made = isPlain(query) ? undefined : await make(stamp, own.signal);
      if (own.signal.aborted) throw new Cancelled();
      const before = this.stamp;
      this.current = { stamp, query, ...(made !== undefined && { made }) };
      return before;
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.making === own) this.making = undefined;
    }
  }

  /** Ends the making of an order, as Cancelled. */
  stop(): void {
    this.making?.abort();
  }
}
