// Hides short secrets where one is all that stands in a place: a header's value, a value in a query, a text in quotes.

/** So many UTF-16 units before a value its name in a query is looked for. */
const longestName = 100;

/** Secrets that are too short to be looked for within words and numbers. */
export class ShortSecrets {
  private readonly secrets: ReadonlySet<string>;

  constructor(secrets: readonly string[]) {
    // Half a pair has no address.
    const inAddress = (secret: string): string => encodeURIComponent(secret.replace(/\p{Cs}/gu, '\uFFFD'));
    this.secrets = new Set(secrets.flatMap((secret) => [secret, inAddress(secret), JSON.stringify(secret).slice(1, -1)]));
  }

  /** True when one may stand in the text, as it is or in escapes. */
  mayBeIn(text: string): boolean {
    return this.secrets.size > 0 && (text.includes('\\u') || [...this.secrets].some((secret) => text.includes(secret)));
  }

  /** True when the text is one, perhaps behind the name of a scheme. */
  is(text: string): boolean {
    return this.secrets.size > 0 && this.secrets.has(text.trim().replace(/^(?:bearer|basic)\s+/i, ''));
  }

  /** The text with dots for those that are a whole value in a query, or stand in quotes and are no member's name. */
  inPlaces(text: string, dots: string): string {
    let cleaned = text;
    for (const secret of this.secrets) {
      let from = 0;
      for (let at = cleaned.indexOf(secret); at >= 0; at = cleaned.indexOf(secret, from)) {
        from = at + secret.length;
        if (!isWhole(cleaned, at, from)) continue;
        cleaned = cleaned.slice(0, at) + dots + cleaned.slice(from);
        from = at + dots.length;
      }
    }
    return cleaned;
  }
}

function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - longestName), start);
  const after = text.slice(end, end + 20);
  const quote = /["'`]$/.exec(before)?.[0];
  if (quote !== undefined) return after.replace(/^\\{1,8}/, '').startsWith(quote) && !/^\\{0,8}["'`]\s{0,8}:/.test(after);
  return /[?&][^\s?&="'<>]{1,90}=$/.test(before) && /^(?:[&#\s"'<>]|$)/.test(after);
}
