// How far down the rows are scrolled, however many there are: a browser cannot draw an element as tall as twenty million rows.

/** Height of a row in pixels; the style sheet says the same. */
export const rowHeight = 25;

/** The tallest that the rows are made, in pixels: a quarter of what a browser can do, as zoom and fine screens make them taller still. */
const tallest = 8_000_000;

/** So many pixels at the top and at the end are as long as the rows there: only between them a pixel stands for more. */
const edge = 1_000_000;

/** Wheels and fingers move by less than this at a time, the scroll bar of rows that are too tall by more. */
const longestStep = 4000;

/**
 * Two places are kept: `full`, in pixels of all rows, and the place that the browser has scrolled to, `top`. They are the same until the
 * rows are too tall. Then a short step moves both by as much, a long one goes to the proportional place, and `settle` brings them together
 * again.
 */
export class RowScroll {
  #rows = 0;
  #view = 0;
  #full = 0;
  #top = 0;

  /** Height of all rows on the page, in pixels. */
  get height(): number {
    return Math.min(tallest, this.#rows * rowHeight);
  }

  /** What has to be taken from a row's own place to stand where it is seen, in pixels. */
  get offset(): number {
    return this.#full - this.#top;
  }

  /** Pixels of rows above those in sight. */
  get full(): number {
    return this.#full;
  }

  /** Height of what is seen of the rows, in pixels. */
  get view(): number {
    return this.#view;
  }

  /** Takes how many rows there are, and how much of them is seen. */
  resize(rows: number, view: number): void {
    this.#rows = rows;
    this.#view = Math.max(0, view);
    // Before the page has a size nothing is too far down.
    if (this.#view > 0) this.#full = this.#clamp(this.#full);
  }

  /** The browser has scrolled. */
  scrolled(top: number): void {
    const by = top - this.#top;
    this.#top = top;
    if (!this.#compressed) this.#full = top;
    else if (by !== 0) this.#full = this.#clamp(Math.abs(by) <= longestStep ? this.#full + by : top + Math.round(this.#toFull(top) - top));
  }

  /** Goes to a place, in pixels of all rows; the browser has to follow to `target`. */
  moveTo(full: number): void {
    this.#full = this.#view > 0 ? this.#clamp(full) : Math.max(0, full);
  }

  /** Where the browser should stand, in pixels. */
  get target(): number {
    return Math.round(this.#toTop(this.#full));
  }

  /** The browser stands at `top` now and the rows stay where they are. */
  landed(top: number): void {
    this.#top = top;
    if (!this.#compressed) this.#full = top;
    else this.#full = top + Math.round(this.#full - top);
  }

  get #compressed(): boolean {
    return this.#rows * rowHeight > tallest;
  }

  get #most(): number {
    return Math.max(0, this.#rows * rowHeight - this.#view);
  }

  get #mostTop(): number {
    return Math.max(0, this.height - this.#view);
  }

  #clamp(full: number): number {
    return Math.min(this.#most, Math.max(0, full));
  }

  #toTop(full: number): number {
    if (!this.#compressed || full <= edge) return full;
    const left = this.#most - full;
    if (left <= edge) return this.#mostTop - left;
    return edge + ((full - edge) * (this.#mostTop - 2 * edge)) / (this.#most - 2 * edge);
  }

  #toFull(top: number): number {
    if (!this.#compressed || top <= edge) return top;
    const left = this.#mostTop - top;
    if (left <= edge) return this.#most - left;
    return edge + ((top - edge) * (this.#most - 2 * edge)) / (this.#mostTop - 2 * edge);
  }
}
