// An answer's body as it comes: handed on piece by piece, with the other side held back while nobody takes more.

import { BodyCut } from '../model/errors';
import type { NetworkFailure } from '../model/wire';
import { Gathering } from './gathering';

/** The connection that the body comes from. */
export interface BodySource {
  pause(): void;
  resume(): void;
  /** Nobody wants the rest. */
  leave(): void;
}

/** So much is taken from the connection ahead of the reader, in bytes. */
const mostHeld = 512 * 1024;

/** A body that is read once. Ends after `end`; throws BodyCut after `fail`, once what came before it has been read. */
export class BodyStream implements AsyncIterableIterator<Uint8Array> {
  private readonly pieces = new Gathering();
  private received = 0;
  private paused = false;
  private ended = false;
  private failure: NetworkFailure | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly source: BodySource) {}

  /** How many bytes have come from the connection so far. */
  get receivedBytes(): number {
    return this.received;
  }

  push(piece: Uint8Array): void {
    this.pieces.add(piece);
    this.received += piece.byteLength;
    if (this.pieces.bytes >= mostHeld && !this.paused) {
      this.paused = true;
      this.source.pause();
    }
    this.wake?.();
  }

  end(): void {
    this.ended = true;
    this.wake?.();
  }

  fail(failure: NetworkFailure): void {
    this.failure = failure;
    // Whoever cancels wants nothing more; after a cut, what came may still be of use.
    if (failure.kind === 'cancelled') this.pieces.clear();
    this.wake?.();
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const piece = this.pieces.shift();
      if (piece !== undefined) {
        this.taken();
        return { done: false, value: piece };
      }
      if (this.failure !== undefined) throw new BodyCut(this.failure);
      if (this.ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = undefined;
    }
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.pieces.clear();
    if (!this.ended && this.failure === undefined) this.source.leave();
    this.ended = true;
    this.failure = undefined;
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private taken(): void {
    if (!this.paused || this.pieces.bytes > mostHeld / 2) return;
    this.paused = false;
    this.source.resume();
  }
}
