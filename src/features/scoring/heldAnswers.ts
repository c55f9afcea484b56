// How many answers are held in memory: those that came last, up to a size; what is let go comes from the history when it is looked at.

import type { Exchange } from '../../model/exchange';

/** Answers are held up to this size, in bytes as they are reckoned here. */
export const mostHeldBytes = 64 * 1024 * 1024;

/** A body that was read into rows takes so many times its own size. */
const rowsFactor = 5;

/** The size of an exchange in memory, roughly, in bytes. */
export function heldBytes({ requestBody, answer, tables }: Exchange): number {
  return requestBody.length + (answer?.body.byteLength ?? 0) * (tables.length > 0 ? rowsFactor : 1);
}

/** An exchange without its bodies and rows: all that a list shows of it. */
export function withoutBodies(exchange: Exchange): Exchange {
  const { answer, requestBody } = exchange;
  const missing = {
    ...(requestBody === '' ? {} : { request: 'gone' as const }),
    ...(answer && answer.body.byteLength > 0 ? { answer: 'gone' as const } : {}),
  };
  return { ...exchange, requestBody: '', tables: [], ...(answer ? { answer: { ...answer, body: new Uint8Array() } } : {}), missing };
}

/** The answers that are held, by what they belong to, the oldest first. */
export class HeldAnswers<Owner> {
  private readonly sizes = new Map<Owner, number>();
  private total = 0;

  constructor(private readonly most = mostHeldBytes) {}

  /** Takes note of an answer; gives those that are to be let go for it. The newest stays, and so does what `keeps` says. */
  add(owner: Owner, exchange: Exchange, keeps: (owner: Owner) => boolean): readonly Owner[] {
    this.forget(owner);
    this.sizes.set(owner, heldBytes(exchange));
    this.total += heldBytes(exchange);
    const gone: Owner[] = [];
    for (const each of this.sizes.keys()) {
      if (this.total <= this.most) break;
      if (each === owner || keeps(each)) continue;
      this.forget(each);
      gone.push(each);
    }
    return gone;
  }

  /** It is no longer held, for whatever reason. */
  forget(owner: Owner): void {
    this.total -= this.sizes.get(owner) ?? 0;
    this.sizes.delete(owner);
  }

  clear(): void {
    this.sizes.clear();
    this.total = 0;
  }
}
