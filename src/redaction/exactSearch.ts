// Finds secrets in a text, in whatever spelling they stand there: as they are, escaped in many ways, or inside of base64.

import { withoutEnd } from '../base/ends';
import { backslash, bothAlphabets, escapes, isBase64, SpelledText } from './escapedText';

/** Where a secret stands in a text, in UTF-16 units. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** What is looked for. */
interface Target {
  readonly text: string;
  /** The longest piece of it that is made of letters and digits. */
  readonly core: string;
  /** Fillings (`=`) that may follow. */
  readonly fillings: number;
  /** True when a character of base64 in front of it, or behind it, holds some of its bits too. */
  readonly sharedStart: boolean;
  readonly sharedEnd: boolean;
}

/** Without one of these no letter and no digit is written as something else: escapes of them, and escapes of what escapes begin with. */
const escapedLetter =
  /\\(?:u00(?:2[356]|3\d|[46][1-9a-f]|5c|[57][\da])|u\{|x)|%(?:2[356]|3\d|[46][1-9a-f]|5c|[57][\da])|&(?:amp;?)*(?:#|percnt|bsol)/i;

/** Whether a letter or a digit is written as something else. Most texts have none of the signs with which that begins. */
function hasEscapedLetter(text: string): boolean {
  return (text.includes('\\') || text.includes('%') || text.includes('&')) && escapedLetter.test(text);
}

/** Finds secrets, the longest first where several begin. Its time grows with the text's length alone. */
export class SecretFinder {
  private readonly cores: readonly string[];
  /** By the code of the first character, in both alphabets of base64. */
  private readonly byFirst = new Map<number, Target[]>();
  /** 1 for the codes with which a secret or an escape may begin: most characters are passed over by this alone. */
  private readonly begins = new Uint8Array(0x10000);

  /** @param others texts that are looked for as they are, and in escapes */
  constructor(secrets: readonly string[], others: readonly string[] = []) {
    // As text, and as the UTF-8 bytes that it is in a text of bytes.
    const forms = new Set(secrets.flatMap((secret) => [secret, Buffer.from(secret, 'utf8').toString('latin1')]));
    const own = [...forms].flatMap(targetsOf);
    const rare = [...new Set(others)].map((text) => target(text, {}));
    const targets = [...own, ...rare];
    this.cores = [...new Set([...own.flatMap(({ core }) => [core, interleaved(core)]), ...rare.map(({ text }) => text)])];
    for (const target of targets) {
      for (const code of bothAlphabets(target.text.charCodeAt(0))) {
        const same = this.byFirst.get(code);
        if (same) same.push(target);
        else this.byFirst.set(code, [target]);
        this.begins[code] = 1;
      }
    }
    for (const code of escapes) this.begins[code] = 1;
  }

  /** All places, in order; none overlaps another. */
  find(text: string): Spot[] {
    // Looking for a piece is much quicker than reading every character.
    if (
      this.cores.length <= mostCores &&
      !this.cores.some((core) => text.includes(core)) &&
      !(this.cores.length > 0 && hasEscapedLetter(text))
    )
      return [];
    const reader = new SpelledText(text);
    const spans: Spot[] = [];
    let free = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.begins[code] === 0) continue;
      // A row of backslashes belongs to one escape.
      const escaped = escapes.has(code) && !(code === backslash && at > free && text.charCodeAt(at - 1) === backslash);
      const span = this.findAt(text, reader, at, free, escaped);
      if (span === undefined) continue;
      spans.push(span);
      free = span.end;
      at = span.end - 1;
    }
    return spans;
  }

  /** The longest secret that begins at `at`. */
  private findAt(text: string, reader: SpelledText, at: number, free: number, escaped: boolean): Spot | undefined {
    const code = text.charCodeAt(at);
    let targets = this.byFirst.get(code);
    if (escaped) {
      reader.read(at, true);
      if (reader.code !== code) targets = [...(targets ?? []), ...(this.byFirst.get(reader.code) ?? [])];
    }
    let found: Spot | undefined;
    for (const target of targets ?? []) {
      const span = matched(text, reader, at, free, target);
      if (span && span.end > (found?.end ?? 0)) found = span;
    }
    return found;
  }
}

function matched(text: string, reader: SpelledText, at: number, free: number, target: Target): Spot | undefined {
  let end = at;
  for (let index = 0; index < target.text.length; index++) {
    end = reader.step(end === at ? at : overNul(text, end), target.text.charCodeAt(index));
    if (end < 0) return undefined;
  }
  for (let filling = 0; filling < target.fillings; filling++) end = Math.max(end, reader.step(overNul(text, end), equals));
  return {
    start: target.sharedStart && at > free && isBase64(text.charCodeAt(at - 1)) ? at - 1 : at,
    end: target.sharedEnd && isBase64(text.charCodeAt(end)) ? end + 1 : end,
  };
}

/** In bytes of UTF-16 every other one is 0. */
function overNul(text: string, at: number): number {
  return text.charCodeAt(at) === 0 ? at + 1 : at;
}

const equals = 0x3d;
/** In UTF-16 units; what is read of a text that is longer is enough to pass over nearly all other texts. */
const longestCore = 4096;
/** With more than these it is quicker to read every character than to look for each. */
const mostCores = 200;

/** Shorter than this, the part of a secret in front of its fillings is not looked for on its own. */
const shortestBody = 6;

function targetsOf(secret: string): Target[] {
  const body = withoutEnd(secret, '=');
  const fillings = body.length < shortestBody ? 0 : secret.length - body.length;
  // In a secret with such characters, what is escaped and what is not cannot be told apart: its usual spellings are looked for as they are.
  const fixed = /[\\%&]/.test(secret) ? [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)] : [];
  return [
    target(fillings === 0 ? secret : body, { fillings }),
    ...fixed.map((spelling) => target(spelling, {})),
    ...[0, 1, 2].map((shift) =>
      target(inBase64(secret, shift), { fillings: 2, sharedStart: shift > 0, sharedEnd: (shift + secret.length) % 3 > 0 }),
    ),
  ].filter(({ text }) => text !== '');
}

/**
 * A secret inside of something longer that is encoded whole, such as `Bearer KEY`; `shift` is how many bytes of its first group of three
 * stand before it. Gives the characters that hold bits of the secret alone.
 */
export function inBase64(secret: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret, 'latin1')]);
  return bytes.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

function target(text: string, { fillings = 0, sharedStart = false, sharedEnd = false }: Partial<Target>): Target {
  const core = (text.slice(0, longestCore).match(/[A-Za-z\d]+/g) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  );
  return { text, core, fillings, sharedStart, sharedEnd };
}

function interleaved(text: string): string {
  return [...text].join('\0');
}
