// Fills values into the texts of sample code, in the ways of its languages.

import type { Fills } from './pasteTokens';

/** Values may have so many UTF-16 units; what is longer is cut. */
export const longestValue = 2048;

const inBraces = /\$?\{\s{0,4}([\w.$]{1,80})(?:\[["']([\w.-]{1,80})["']\])?\s{0,4}(?::[^{}]{0,20})?\}/g;

const inDollars =
  /\{\$([A-Za-z_]\w{0,80})\}|#\{([\w.]{1,80})\}|\$\(\$?([A-Za-z_]\w{0,80})\)|\$\{?(?:env:)?([A-Za-z_]\w{0,80}(?:\.\w{1,80})?)\}?/g;

/** Puts known variables into a text, in the way that its kind of string does. */
export function filled(text: string, fills: Fills, known: ReadonlyMap<string, string>): string {
  if (fills === 'braces') {
    return text.replace(inBraces, (whole, name: string, member: string | undefined) => {
      return known.get(plainVariable(name) + (member === undefined ? '' : `.${member}`)) ?? whole;
    });
  }
  if (fills === 'dollars') {
    return text
      .replace(inDollars, (whole: string, ...groups: unknown[]) => {
        const name = groups.slice(0, 4).find((each) => typeof each === 'string');
        if (typeof name !== 'string') return whole;
        const dot = name.indexOf('.');
        // A name without braces ends at a dot that is not its own: "$host.example.com".
        const head = dot > 0 && !whole.includes('{') ? known.get(name.slice(0, dot)) : undefined;
        return known.get(plainVariable(name)) ?? (head === undefined ? whole : head + name.slice(dot));
      })
      .replace(/%([A-Za-z_]\w{0,80})%/g, (whole, name: string) => known.get(name) ?? whole);
  }
  return text;
}

/** The name of a variable without what languages put in front of it. */
export function plainVariable(name: string): string {
  return name.replace(/^(?:\$env:|[$@])/, '').replace(/^(?:self|this)(?:\.|->)/, '');
}

/** Puts values in the place of `{}`, `{0}` and `{name}`. */
export function braced(text: string, plain: readonly string[], named: ReadonlyMap<string, string>): string {
  let next = 0;
  const value = text.replace(/\{(\w{0,40})(?::[^{}]{0,20})?\}/g, (whole, name: string) => {
    const number = name === '' ? next++ : Number(name);
    return named.get(name) ?? plain[number] ?? whole;
  });
  return value.slice(0, longestValue);
}

/** Puts values in the place of `%s`, `%d` and `%v`, one after another. */
export function percent(text: string, values: readonly string[]): string {
  let next = 0;
  return text.replace(/%[sdv]/g, (whole) => values[next++] ?? whole).slice(0, longestValue);
}

/** An address and a path put together; undefined where the first is none. */
export function joinedAddress(base: string, path: string): string | undefined {
  return /^https?:\/\//i.test(base) && URL.canParse(path, base) ? new URL(path, base).href : undefined;
}
