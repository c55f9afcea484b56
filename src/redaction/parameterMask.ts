// Takes secrets out of the global parameters of a JSON text, at their places: also short ones, nested ones, and where the text is broken or
// cut off.

import { createScanner, type JSONScanner } from 'jsonc-parser';
import { mask } from './mask';
import { looksSecret, secretValues } from './tokenMask';
import { tryParse } from '../base/shape';
import { token } from '../base/jsonTokens';

/** A text without secret global parameters. */
export interface HiddenParameters {
  readonly text: string;
  /**
   * What was taken out, and what it is made of, to be looked for elsewhere. At most a thousand, none of more than 8192 UTF-16 units, and
   * 256 Ki units together.
   */
  readonly values: readonly string[];
}

const mostValues = 1000;
const longestValue = 8192;
const mostUnits = 256 * 1024;
/** Of these values as many as are looked for elsewhere; `all` is false when more of them, or longer ones, would have to be. */
export function fewEnough(values: readonly string[]): { readonly values: readonly string[]; readonly all: boolean } {
  const taken: string[] = [];
  let units = 0;
  for (const value of new Set(values)) {
    if (value.length > longestValue || taken.length >= mostValues || units + value.length > mostUnits) return { values: taken, all: false };
    taken.push(value);
    units += value.length;
  }
  return { values: taken, all: true };
}

/** Names are looked for in so many UTF-16 units at a time. */
const slice = 1024 * 1024;
/** So many tokens of parameters, or UTF-16 units of long ones, are read at a time. */
const tokensAtATime = 20_000;
const unitsAtATime = 64 * 1024;

/**
 * The member's name in any case, its letters perhaps as JSON's escapes, in its quotes. Inside of a string a backslash would stand before
 * the quote.
 */
const named = new RegExp(
  `(?<!\\\\)"${[...'globalparameters'].map((letter) => `(?:${letter}|\\\\u00(?:${letter.charCodeAt(0).toString(16)}|${letter.toUpperCase().charCodeAt(0).toString(16)}))`).join('')}"`,
  'gi',
);
const longestName = 6 * 'globalparameters'.length + 3;

/**
 * Puts dots in place of all that looks secret in members called GlobalParameters, in any case, of a JSON text. A text without such is given
 * back as it is.
 */
export function withoutSecretParameters(text: string): HiddenParameters {
  const search = new ParameterSearch(text);
  while (search.goOn());
  return search.result();
}

/** The same, `pause` awaited now and then: a text of many megabytes holds nobody up. */
export async function withoutSecretParametersInTurns(text: string, pause: () => Promise<void>): Promise<HiddenParameters> {
  const search = new ParameterSearch(text);
  while (search.goOn()) await pause();
  return search.result();
}

interface Level {
  readonly isObject: boolean;
  readonly name: string;
}

/** Looks for the members, and reads what they hold token by token, so that depth costs no stack. */
class ParameterSearch {
  private readonly spots: { readonly start: number; readonly end: number }[] = [];
  private readonly values = new Set<string>();
  private units = 0;
  private scanner: JSONScanner | undefined;
  private searched = 0;
  private readonly levels: Level[] = [];
  private name = '';
  private nameNext = false;
  /** An object or array whose name looks secret: all in it is hidden. */
  private hiding: { readonly start: number; readonly depth: number; filled: boolean } | undefined;

  constructor(private readonly text: string) {}

  /** One step of the work; false when there is nothing more to do. */
  goOn(): boolean {
    if (this.levels.length > 0) this.readTokens();
    else this.lookForName();
    return this.levels.length > 0 || this.searched < this.text.length;
  }

  result(): HiddenParameters {
    const values = [...this.values];
    if (this.spots.length === 0) return { text: this.text, values };
    const parts: string[] = [];
    let last = 0;
    for (const { start, end } of this.spots) {
      parts.push(this.text.slice(last, start), `"${mask}"`);
      last = end;
    }
    return { text: parts.join('') + this.text.slice(last), values };
  }

  private lookForName(): void {
    const { text, searched } = this;
    // One unit more in front: there may stand a backslash.
    const begin = Math.max(0, searched - 1);
    named.lastIndex = searched - begin;
    const found = named.exec(text.slice(begin, searched + slice + longestName));
    if (!found || begin + found.index >= searched + slice) {
      this.searched = searched + slice;
      return;
    }
    this.searched = begin + found.index + found[0].length;
    const scanner = (this.scanner ??= createScanner(text, true));
    scanner.setPosition(this.searched);
    if (scanner.scan() !== token.colon) return;
    const kind: number = scanner.scan();
    this.name = '';
    if (kind === token.openObject || kind === token.openArray) this.open(kind === token.openObject);
    this.searched = scanner.getPosition();
  }

  private readTokens(): void {
    const { scanner, levels, text } = this;
    const last = this.searched + unitsAtATime;
    for (let count = 0; scanner && levels.length > 0 && count < tokensAtATime && this.searched < last; count++) {
      const kind: number = scanner.scan();
      this.searched = scanner.getPosition();
      switch (kind) {
        case token.openObject:
        case token.openArray:
          if (!this.hiding && looksSecret(this.nameHere(), ''))
            this.hiding = { start: scanner.getTokenOffset(), depth: levels.length, filled: false };
          this.open(kind === token.openObject);
          break;
        case token.closeObject:
        case token.closeArray:
          levels.pop();
          this.nameNext = false;
          if (this.hiding?.depth === levels.length) this.endHiding(this.searched);
          break;
        case token.comma:
          this.nameNext = levels.at(-1)?.isObject === true;
          break;
        case token.colon:
          this.nameNext = false;
          break;
        case token.end:
          this.endHiding(text.length);
          levels.length = 0;
          break;
        case token.null:
        case token.true:
        case token.false:
          break;
        default:
          if (kind === token.string && this.nameNext) this.name = scanner.getTokenValue();
          else this.consider(kind === token.string ? scanner.getTokenValue() : text.slice(scanner.getTokenOffset(), this.searched));
      }
    }
  }

  private open(isObject: boolean): void {
    this.levels.push({ isObject, name: this.nameHere() });
    this.nameNext = isObject;
  }

  /** What stands in an array goes by the array's name. */
  private nameHere(): string {
    const level = this.levels.at(-1);
    return level && !level.isObject ? level.name : this.name;
  }

  private consider(value: string): void {
    if (value === '') return;
    const { hiding, scanner } = this;
    const name = this.nameHere();
    if (hiding) {
      hiding.filled = true;
      this.remember(name, value);
      this.add(value);
    } else if (scanner && (looksSecret(name, value.slice(0, longestValue)) || holdsSecret(value))) {
      this.spots.push({ start: scanner.getTokenOffset(), end: this.searched });
      this.remember(name, value);
      this.add(value);
    }
  }

  private endHiding(end: number): void {
    const { hiding } = this;
    this.hiding = undefined;
    if (!hiding?.filled) return;
    this.spots.push({ start: hiding.start, end });
    this.add(this.text.slice(hiding.start, end));
  }

  /** What a value is made of, as the password of a connection string. */
  private remember(name: string, value: string): void {
    if (value.length <= longestValue) for (const each of secretValues({ [name]: value })) this.add(each);
  }

  private add(value: string): void {
    if (value.length > longestValue || this.values.size >= mostValues || this.units + value.length > mostUnits || this.values.has(value))
      return;
    this.values.add(value);
    this.units += value.length;
  }
}

/** True for JSON as a text in which there are members that look secret. */
function holdsSecret(value: string): boolean {
  return value.length <= longestValue && /^\s*[{[]/.test(value) && secretValues(tryParse(value)).length > 0;
}
