// Rows of the table form by the thousand: where all cells are texts or null, JSON.parse reads them several times as fast as a cursor, and
// loses nothing.

/**
 * So many UTF-16 units are read at once: a few milliseconds, after which others have their turn. What V8 reads of more than 100 kB it takes
 * for what is kept, and does not copy it again and again while it collects.
 */
const usualPart = 200_000;

/** So many where there are not as many as that any more, or a row is very long. */
const shortPart = 10_000;

/** Between two rows, or within a text that looks like it: a part that ends there is no JSON then. */
const betweenRows = '],[';

/** Some rows, and where they end in the text. */
export interface SomeArrays {
  readonly rows: readonly (string | null)[][];
  readonly end: number;
}

/**
 * The arrays of a text. A try that came to nothing is not made again near its place: all tries together take time that grows with the text
 * alone.
 */
export class ManyArrays {
  private from = 0;
  private hasOthers = false;

  constructor(private readonly text: string) {}

  /** Tells that other rows begin. */
  begin(): void {
    this.hasOthers = false;
  }

  /**
   * Gives the row that begins at an offset and those that follow it, or undefined where they have to be read one by one, such as rows with
   * numbers, whose digits JSON.parse would lose, the last ones, very long ones, or what is no JSON.
   */
  read(offset: number): SomeArrays | undefined {
    if (this.hasOthers || offset < this.from) return undefined;
    const close = this.betweenRows(offset, usualPart, 2 * usualPart) ?? this.betweenRows(offset, shortPart, usualPart);
    if (close === undefined) {
      this.from = offset + usualPart;
      return undefined;
    }
    const rows = textRows(`[${this.text.slice(offset, close + 1)}]`);
    if (rows) return { rows, end: close + 1 };
    this.from = close;
    // Numbers in one row are in nearly all of them, while a text that looks like the end of a row is rare.
    this.hasOthers = rows === null;
    return undefined;
  }

  private betweenRows(offset: number, from: number, to: number): number | undefined {
    const at = this.text.slice(offset + from, offset + to).indexOf(betweenRows);
    return at < 0 ? undefined : offset + from + at;
  }
}

/** Rows of texts; null when they are others, undefined when the text is no JSON. */
function textRows(json: string): (string | null)[][] | null | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return Array.isArray(value) && value.every(isTextRow) ? value : null;
}

function isTextRow(row: unknown): row is (string | null)[] {
  if (!Array.isArray(row)) return false;
  for (const cell of row) if (typeof cell !== 'string' && cell !== null) return false;
  return true;
}
