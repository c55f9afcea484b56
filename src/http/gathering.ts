// Bytes that come in pieces of any size, held in few blocks: a small piece by itself costs more memory than it holds, and may keep a whole
// network buffer alive.

/** Pieces smaller than this are copied together, in bytes; larger ones are kept as they are. */
const smallPiece = 16 * 1024;

/** A block for small pieces, in bytes. */
const blockBytes = 64 * 1024;

/** Bytes in the order in which they came. */
export class Gathering {
  private pieces: Uint8Array[] = [];
  private block = Buffer.alloc(0);
  /** The part of the block that is filled and not among the pieces yet. */
  private from = 0;
  private to = 0;
  private held = 0;

  /** How many bytes are held. */
  get bytes(): number {
    return this.held;
  }

  add(piece: Uint8Array): void {
    this.held += piece.byteLength;
    if (piece.byteLength >= smallPiece) {
      this.closeBlock();
      this.pieces.push(piece);
      return;
    }
    for (let taken = 0; taken < piece.byteLength; ) {
      if (this.to === this.block.length) this.openBlock();
      const part = piece.subarray(taken, taken + this.block.length - this.to);
      this.block.set(part, this.to);
      this.to += part.byteLength;
      taken += part.byteLength;
    }
  }

  /** Takes out the bytes that came first, as many as lie together; undefined when there are none. */
  shift(): Uint8Array | undefined {
    if (this.pieces.length === 0) this.closeBlock();
    const piece = this.pieces.shift();
    this.held -= piece?.byteLength ?? 0;
    return piece;
  }

  /** Takes out all, joined. */
  take(): Buffer {
    this.closeBlock();
    const joined = Buffer.allocUnsafeSlow(this.held);
    let at = 0;
    for (const piece of this.pieces) {
      joined.set(piece, at);
      at += piece.byteLength;
    }
    this.clear();
    return joined;
  }

  clear(): void {
    this.pieces = [];
    this.from = this.to;
    this.held = 0;
  }

  private openBlock(): void {
    this.closeBlock();
    this.block = Buffer.allocUnsafeSlow(blockBytes);
    this.from = 0;
    this.to = 0;
  }

  private closeBlock(): void {
    if (this.to > this.from) this.pieces.push(this.block.subarray(this.from, this.to));
    this.from = this.to;
  }
}
