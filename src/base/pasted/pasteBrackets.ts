// Tells which brackets of sample code a token stands in, and which variable the brackets belong to.

import type { Token } from './pasteTokens';

/** The brackets around each token: `of` gives a number for each pair of them (0 outside of all), `owner` the name that is set to them. */
export interface Brackets {
  readonly of: (index: number) => number;
  readonly owner: (bracket: number) => string | undefined;
}

/** Reads the brackets of all tokens, in time that grows with their number alone. */
export function bracketsOf(list: readonly Token[]): Brackets {
  const around: number[] = [];
  const owners = new Map<number, string>();
  const open: number[] = [];
  let last = 0;
  list.forEach((token, index) => {
    if (token.kind === 'mark' && /^[)\]}]$/.test(token.text)) open.pop();
    around.push(open.at(-1) ?? 0);
    if (token.kind !== 'mark' || !/^[([{]$/.test(token.text)) return;
    last += 1;
    const name = token.text === '{' ? ownerBefore(list, index) : undefined;
    if (name !== undefined) {
      const outer = owners.get(open.at(-1) ?? 0);
      owners.set(last, outer === undefined ? name : `${outer}.${name}`.slice(-160));
    }
    open.push(last);
  });
  return { of: (index) => around[index] ?? 0, owner: (bracket) => owners.get(bracket) };
}

/** `name = {`, `name: {`, `name: Type = {`, `name = @{`. */
function ownerBefore(list: readonly Token[], index: number): string | undefined {
  const isMark = (at: number, ...texts: readonly string[]): boolean => list[at]?.kind === 'mark' && texts.includes(list[at]?.text ?? '');
  const at = isMark(index - 1, '@') ? index - 2 : index - 1;
  if (!isMark(at, '=', ':', '=>', ':=')) return undefined;
  const typed = isMark(at, '=') && isMark(at - 2, ':') && list[at - 3]?.kind === 'name';
  const token = list[typed ? at - 3 : at - 1];
  if (token === undefined || token.kind === 'mark') return undefined;
  return token.text.replace(/^(?:\$env:|[$@])/, '').replace(/^(?:self|this)(?:\.|->)/, '');
}
