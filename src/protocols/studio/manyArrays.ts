// Rows of the table form by the thousand: where all cells are texts or null, JSON.parse reads them several times as fast as a cursor, and
// loses nothing.

/**
 * So many UTF-16 units are read at once: a few milliseconds, after which others have their turn. What V8 reads of more than 100 kB it takes
 * for what is kept, and does not copy it again and again while it collects.
 */
const usualPart = 200_000;

/** So many towards the end, where there are not as many as that any more. */
const lastPart = 10_000;

/** Between two rows, or within a text that looks like it: a part that ends there is no JSON then. */
const betweenRows = '],[';

/** Some rows, and where they end in the text. */
export interface ManyArrays {
  readonly rows: readonly (string | null)[][];
  readonly end: number;
}

/**
 * Reads on in a text, from a row that begins at an offset: gives it and those that follow it, or undefined where they have to be read one
 * by one, such as rows with numbers, whose digits JSON.parse would lose, the last ones, very long ones, or what is no JSON.
 */
export function manyArrays(text: string): (offset: number) => ManyArrays | undefined {
  let part = usualPart;
  let from = 0;
  return (offset) => {
    if (offset < from) return undefined;
    let close = text.indexOf(betweenRows, offset + part);
    if (close < 0 && part === usualPart) {
      part = lastPart;
      close = text.indexOf(betweenRows, offset + part);
    }
    if (close < 0) {
      from = Infinity;
      return undefined;
    }
    const rows = close - offset < 2 * usualPart ? textRows(`[${text.slice(offset, close + 1)}]`) : undefined;
    if (rows) return { rows, end: close + 1 };
    // Numbers in one row are in nearly all of them, while a text that looks like the end of a row is rare.
    from = rows === undefined ? close : Infinity;
    return undefined;
  };
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
