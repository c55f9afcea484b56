// Mean and deviation of numbers, in one pass, for numbers of any size.

/**
 * Mean and deviation as they grow (Welford). Values are kept in units of a power of two as large as the greatest, so that squares neither
 * overflow nor vanish.
 */
export class Moments {
  count = 0;
  private unit = 0;
  /** In units. */
  private middle = 0;
  /** Sum of the squared distances from the mean, in squared units. */
  private squares = 0;

  /** Takes a finite number. */
  add(value: number): void {
    const size = Math.abs(value);
    if (size > this.unit) this.grow(size);
    this.count++;
    if (this.unit === 0) return;
    const scaled = value / this.unit;
    const distance = scaled - this.middle;
    this.middle += distance / this.count;
    this.squares += distance * (scaled - this.middle);
  }

  get mean(): number {
    return this.middle * this.unit;
  }

  /** Standard deviation of the sample; 0 for a single value. */
  get deviation(): number {
    if (this.count < 2) return 0;
    return Math.min(Math.sqrt(this.squares / (this.count - 1)) * this.unit, Number.MAX_VALUE);
  }

  private grow(size: number): void {
    // Twice as large as need be, so that it is not changed with every value of a growing row; it has to stay a finite number.
    const unit = 2 ** Math.min(Math.floor(Math.log2(size)) + 1, 1023);
    const shrink = this.unit / unit;
    this.middle *= shrink;
    this.squares *= shrink * shrink;
    this.unit = unit;
  }
}
