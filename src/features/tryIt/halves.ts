// Characters of two units of which one is missing: no text that is sent can have them.

const half = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Where the first one stands, in UTF-16 units; undefined where there is none. */
export function halfAt(text: string): number | undefined {
  const at = text.search(half);
  return at < 0 ? undefined : at;
}

/** The text with the sign for what cannot be shown in their places. */
export function withoutHalves(text: string): string {
  return text.replace(half, '\uFFFD');
}
