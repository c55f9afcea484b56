// Puts the variables of a pasted text into its addresses and headers: `{{name}}` of collections and request files, `$NAME` of shells.

import { splitQuery } from '../../../base/pasted/pasteSecrets';
import type { Pair } from '../../../base/pasted/pasteText';

/** A variable that a text defines. */
export interface Definition {
  readonly name: string;
  readonly value: string;
}

const mostDepth = 8;
const longestFilled = 4096;
/** How much longer a text may become, in characters: a short text of many variables may stand for a long one. */
const mostGrowth = 500_000;
const inside = '\\s{0,8}(?:_\\.|env\\.|vars?\\.)?';
const angles = '<<([A-Za-z_][\\w.-]{0,80})>>';
const template = new RegExp(`\\{\\{${inside}([\\w.$-]{1,80})\\s{0,8}\\}\\}|${angles}`, 'g');
const shell = /\$(?:env:)?(?:\{(?:env:)?([A-Za-z_]\w{0,80})\}|([A-Za-z_]\w{0,80})(?!\w))(?!\s{0,4}=[^=])|%([A-Za-z_]\w{0,80})%/gi;
const braced = `\\{\\{${inside}([^{}\\n]{1,80}?)\\s{0,8}\\}\\}|${angles}|\\$\\{([^{}\\s]{1,80})\\}`;
const inQuery = new RegExp(braced, 'g');
const open = new RegExp(`${braced}|\\$\\(?([A-Za-z_][\\w.:]{0,80})\\)?|%([A-Za-z_]\\w{0,80})%|\\{([A-Za-z_$][\\w.$-]{0,80})\\}`, 'g');

/** The variables of a text with their values. One that has several values has none: which of them is meant is not told. */
export class Variables {
  private readonly values = new Map<string, string | undefined>();
  /** Names that the text defines in several ways. */
  readonly ambiguous = new Set<string>();
  private growth = 0;

  constructor(definitions: Iterable<Definition>) {
    for (const { name, value } of definitions) {
      const known = this.values.get(name);
      if (known !== undefined && known !== value) this.ambiguous.add(name);
      this.values.set(name, known ?? value);
    }
    for (const name of this.ambiguous) this.values.set(name, undefined);
  }

  /** The text with the templates that are known in it filled in, also those inside of values. */
  fillTemplates(text: string): string {
    return this.fill(text, template, new Map(), 0);
  }

  /** The same for the variables of shells. */
  fillShell(text: string): string {
    return this.fill(text, shell, new Map(), 0);
  }

  /** `done` holds what names came to, and undefined for those that are being worked out: a value that needs itself stays open. */
  private fill(text: string, pattern: RegExp, done: Map<string, string | undefined>, depth: number): string {
    if (this.values.size === 0) return text;
    return text.replace(pattern, (whole: string, one: string | undefined, two: string | undefined, three: unknown) => {
      const name = one ?? two ?? (typeof three === 'string' ? three : '');
      if (this.growth > mostGrowth) return whole;
      const value = this.values.get(name);
      if (!done.has(name) && value !== undefined && depth < mostDepth) {
        done.set(name, undefined);
        done.set(name, this.fill(value, pattern, done, depth + 1).slice(0, longestFilled));
      }
      const filled = done.get(name) ?? whole;
      this.growth += Math.max(0, filled.length - whole.length);
      return filled;
    });
  }
}

/** The names of the variables that are open in an address, in their order, without those that only stand for a key in its query. */
export function openVariables(address: string): string[] {
  const at = address.search(/[?#]/);
  const query = at < 0 ? '' : splitQuery(address.slice(at + 1)).kept;
  const found = [...(at < 0 ? address : address.slice(0, at)).matchAll(open), ...query.matchAll(inQuery)];
  const names = found.map((match) => match.slice(1).find((each) => each !== undefined) ?? '');
  // Two hexadecimal digits behind a percent sign are a character.
  return [...new Set(names.map((name) => name.trim()).filter((name) => !/^[\da-f]{2}$/i.test(name)))];
}

/** The definitions of lines: settings for shells, and whatever has a name without blanks for templates. */
export function definitionsOf(lines: readonly Pair[], refers: 'shell' | 'template'): Definition[] {
  const own = lines.filter((line) => !line.comment && /^[A-Za-z_][\w.-]*$/.test(line.name));
  if (refers === 'shell') return own.filter((line) => line.refers === 'shell');
  const declared = own.filter((line) => line.refers !== undefined);
  const names = new Set(declared.map((line) => line.name));
  return [...declared, ...own.filter((line) => !names.has(line.name))];
}
