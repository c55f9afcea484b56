// Reads a regular expression into its parts, so that a test can run it step by step. Throws for syntax that the project does not use.

/** A part of an expression. `set` tells which UTF-16 units it takes. */
export type Part =
  | { readonly kind: 'set'; readonly has: (code: number) => boolean; readonly source: string }
  | { readonly kind: 'all'; readonly parts: readonly Part[] }
  | { readonly kind: 'any'; readonly ways: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly index: number; readonly part: Part }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly wanted: boolean; readonly part: Part }
  | { readonly kind: 'back'; readonly index: number }
  | { readonly kind: 'edge'; readonly source: '^' | '$' | '\\b' | '\\B' };

const escapes = [/^\\u\{[\da-f]+\}/i, /^\\u[\da-f]{4}/i, /^\\x[\da-f]{2}/i, /^\\[pP]\{[^}]*\}/, /^\\c[A-Z]/, /^\\[^]/];

/** The parts of an expression, given without its slashes. */
export function partsOf(source: string, flags: string): Part {
  return new Reader(source, flags).whole();
}

class Reader {
  private at = 0;
  private groups = 0;
  private readonly sets = new Map<string, Part>();

  constructor(private readonly source: string, private readonly flags: string) {}

  whole(): Part {
    const part = this.ways();
    if (this.at < this.source.length) throw new Error(`Not understood: ${this.source.slice(this.at)}`);
    return part;
  }

  private ways(): Part {
    const ways = [this.sequence()];
    while (this.take('|')) ways.push(this.sequence());
    const [only] = ways;
    return only !== undefined && ways.length === 1 ? only : { kind: 'any', ways };
  }

  private sequence(): Part {
    const parts: Part[] = [];
    while (this.at < this.source.length && !/[|)]/.test(this.source.charAt(this.at))) parts.push(this.repeated(this.single()));
    return { kind: 'all', parts };
  }

  private repeated(part: Part): Part {
    const [found, least, comma, most] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(this.source.slice(this.at)) ?? [];
    if (found === undefined) return part;
    this.at += found.length;
    const lazy = this.take('?');
    if (found === '*') return { kind: 'repeat', part, least: 0, most: Infinity, lazy };
    if (found === '+') return { kind: 'repeat', part, least: 1, most: Infinity, lazy };
    if (found === '?') return { kind: 'repeat', part, least: 0, most: 1, lazy };
    return { kind: 'repeat', part, least: Number(least), most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most), lazy };
  }

  private single(): Part {
    const character = this.source.charAt(this.at);
    if (character === '(') return this.group();
    if (character === '[') return this.set(this.classLength());
    if (character === '^' || character === '$') {
      this.at += 1;
      return { kind: 'edge', source: character };
    }
    if (character !== '\\') return this.set(1);
    const found = escapes.map((form) => form.exec(this.source.slice(this.at))?.[0]).find((each) => each !== undefined) ?? '\\';
    if (found === '\\b' || found === '\\B') {
      this.at += 2;
      return { kind: 'edge', source: found };
    }
    if (/^\\[1-9]$/.test(found)) {
      this.at += 2;
      return { kind: 'back', index: Number(found.slice(1)) };
    }
    return this.set(found.length);
  }

  private group(): Part {
    this.at += 1;
    const [lead = ''] = /^\?(?:<?[=!]|:|<\w+>)/.exec(this.source.slice(this.at)) ?? [];
    this.at += lead.length;
    const index = lead === '' || /\w/.test(lead) ? ++this.groups : 0;
    const part = this.ways();
    if (!this.take(')')) throw new Error(`A group is not closed: ${this.source}`);
    if (index > 0) return { kind: 'group', index, part };
    return lead === '?:' ? part : { kind: 'look', ahead: !lead.includes('<'), wanted: lead.endsWith('='), part };
  }

  private classLength(): number {
    let end = this.at + 1;
    while (this.source.charAt(end) !== ']') end += this.source.charAt(end) === '\\' ? 2 : 1;
    return end + 1 - this.at;
  }

  /** What one unit may be is asked of the real thing, once for each unit. */
  private set(length: number): Part {
    const source = this.source.slice(this.at, this.at + length);
    this.at += length;
    const known = this.sets.get(source);
    if (known) return known;
    const real = new RegExp(`^(?:${source})$`, this.flags.replace(/[gym]/g, ''));
    const answers = new Map<number, boolean>();
    const has = (code: number): boolean => {
      const answer = answers.get(code) ?? real.test(String.fromCharCode(code));
      answers.set(code, answer);
      return answer;
    };
    const part: Part = { kind: 'set', has, source };
    this.sets.set(source, part);
    return part;
  }

  private take(character: string): boolean {
    if (this.source.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }
}
