// Takes secrets out of a JSON text so that it stays JSON of the same shape: token by token, each string as what it stands for.

import { mask } from './mask';

/** What stands in a token: the name of a member, a string, or a number. */
export type TokenKind = 'name' | 'string' | 'number';

/** How texts are cleaned. */
export interface Cleaner {
  /** False when nothing in a part of the text, as it is written there from `at` on, has to be looked at more closely. */
  readonly suspects: (written: string, at: number) => boolean;
  /** The text without secrets. `name` is that of the member whose value it is, if it is one. */
  readonly clean: (value: string, kind: TokenKind, name: string | undefined) => string;
}

/** What is written for a number in which a secret stands. */
const hiddenNumber = `"${mask}"`;

/** So many UTF-16 units are looked at together. */
const usualPart = 16 * 1024;

/** The JSON text without secrets; undefined when it is no JSON. JSON that breaks off is taken for JSON. */
export function cleanedJson(text: string, cleaner: Cleaner): string | undefined {
  if (!beginsAsJson(text)) return undefined;
  const work = new JsonCleaning(text, cleaner);
  while (work.goOn());
  return work.result();
}

/** The same, `pause` awaited between parts. */
export async function cleanedJsonInTurns(text: string, cleaner: Cleaner, pause: () => Promise<void>): Promise<string | undefined> {
  if (!beginsAsJson(text)) return undefined;
  const work = new JsonCleaning(text, cleaner);
  for (let part = 0; work.goOn(); part++) if (part % 8 === 7) await pause();
  return work.result();
}

function beginsAsJson(text: string): boolean {
  return /^[\s\uFEFF]*[{["]/.test(text);
}

/** A string with what stands between it and the one in front of it. */
interface Piece {
  /** Where it begins, its quote among it, and where it ends. */
  readonly start: number;
  readonly end: number;
  readonly isName: boolean;
}

class JsonCleaning {
  private readonly parts: string[] = [];
  private at = 0;
  private isJson = true;
  /** The name that was read last, when nothing but its colon stands behind it. */
  private name: string | undefined;

  constructor(private readonly text: string, private readonly cleaner: Cleaner) {}

  /** One part of the work; false when there is nothing more to do. */
  goOn(): boolean {
    const { text } = this;
    const from = this.at;
    const pieces: Piece[] = [];
    for (;;) {
      const piece = this.next(pieces.at(-1)?.end ?? from);
      if (piece === undefined) {
        this.take(pieces, from, text.length);
        return false;
      }
      pieces.push(piece);
      if (piece.isName || piece.end - from < usualPart) continue;
      this.take(pieces, from, piece.end);
      return this.isJson;
    }
  }

  result(): string | undefined {
    return this.isJson ? this.parts.join('') : undefined;
  }

  private next(from: number): Piece | undefined {
    const { text } = this;
    const start = text.indexOf('"', from);
    if (start < 0) return undefined;
    const end = stringEnd(text, start);
    let after = end;
    while (isBlank(text.charCodeAt(after))) after += 1;
    return { start, end, isName: text.charAt(after) === ':' };
  }

  private take(pieces: readonly Piece[], from: number, to: number): void {
    const written = this.text.slice(from, to);
    this.at = to;
    // A value is judged by its name, so that a name is never the end of a part.
    const closely = this.cleaner.suspects(written, from);
    if (!closely) this.parts.push(written);
    let last = from;
    for (const piece of pieces) {
      this.between(this.text.slice(last, piece.start), closely);
      if (closely) this.string(piece);
      last = piece.end;
    }
    this.between(this.text.slice(last, to), closely);
  }

  /** What stands between two strings: signs, numbers and words. Anything else is no JSON. */
  private between(written: string, closely: boolean): void {
    if (written.replace(/true|false|null|[\d.eE+\-\s{}[\],:\uFEFF]+/g, '') !== '') this.isJson = false;
    if (!closely) return;
    const { name, cleaner } = this;
    let first = true;
    this.parts.push(written.replace(/[\d.eE+-]{2,}/g, (number, at: number) => {
      const own = first && written.slice(0, at).trim() === ':' ? name : undefined;
      first = false;
      return cleaner.clean(number, 'number', own) === number ? number : hiddenNumber;
    }));
    if (written.trim() !== ':') this.name = undefined;
  }

  private string({ start, end, isName }: Piece): void {
    const written = this.text.slice(start, end);
    const value = valueOf(written);
    const kind = isName ? 'name' : 'string';
    const name = isName ? undefined : this.name;
    this.parts.push(value === undefined ? this.unreadable(written, kind, name) : this.readable(written, value, kind, name));
    this.name = isName ? value : undefined;
  }

  private readable(written: string, value: string, kind: TokenKind, name: string | undefined): string {
    const cleaned = this.cleaner.clean(value, kind, name);
    if (cleaned === value) return written;
    // As it was written, where that says the same: what is no secret keeps its spelling.
    const kept = `"${this.cleaner.clean(written.slice(1, -1), kind, name)}"`;
    return valueOf(kept) === cleaned ? kept : JSON.stringify(cleaned);
  }

  /** A string that breaks off or holds escapes that there are not. */
  private unreadable(written: string, kind: TokenKind, name: string | undefined): string {
    const closed = written.length > 1 && written.endsWith('"');
    return `"${this.cleaner.clean(written.slice(1, closed ? -1 : undefined), kind, name)}${closed ? '"' : ''}`;
  }
}

function valueOf(written: string): string | undefined {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where the string ends that begins at `start`, its closing quote among it; the end of the text when it is not closed. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at;
    while (slashes > start + 1 && text.charAt(slashes - 1) === '\\') slashes -= 1;
    if ((at - slashes) % 2 === 0) return at + 1;
  }
  return text.length;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 9 && code <= 13);
}
