// Reads the bare lines of a pasted text: settings, tables, labels above their values, entries of a list and tags with a name and a value.

import { withoutEnd } from '../ends';
import { isPlaceholder, plainName } from './pasteSecrets';
import type { Pair } from './pasteText';

const longestLine = 1000;
const setting = new RegExp(
  '^(?:export|set|setx|env|arg|readonly|local|declare(?: -[a-z]{1,3})?|-e|--env|--build-arg)\\s{1,8}["\']?'
  + '(?=[A-Za-z_][\\w.-]{0,80}["\']?(?:\\s{0,8}=|\\s{1,8}\\S))',
  'i',
);
const command = /^(?:setx|env)\s{1,8}([A-Za-z_]\w{0,80})\s{1,8}(?![=:])(.{1,900})$/i;
const named = /^["'*_`]{0,3}([A-Za-z_][\w .()/-]{0,60}?)["'*_`]{0,3}\s{0,40}(?:[:=|]\**|\t|\sis\s)\s{0,40}(.{1,900})$/;
/** A row of a table as command lines print it. */
const columns = /^([A-Za-z][\w.-]{0,80})\s{2,80}(\S{8,900})(?:\s{2,80}\S{1,80}){0,4}$/;
const quotedValue = /^(["'`])(.{1,800}?)\1(?=$|[\s,;.|)\]}])/;
const label = /^[>*•#\s-]{0,10}([A-Za-z][\w .()/-]{0,60}?)\s{0,8}:?\**(?:\s{0,8}[>|][+-]?)?$/;
const keyName = /(?:key|token|secret|authorization|bearer)$/;

/** Reads `name: value`, `NAME=value`, table rows, `- name: … value: …`, tags, and a value on the line below its label. */
export function linePairs(text: string): Pair[] {
  const pairs: Pair[] = [];
  let above: string | undefined;
  let at = 0;
  for (const line of text.split('\n')) {
    const short = line.slice(0, longestLine).trim();
    const pair = lineOf(short, at);
    if (pair !== undefined) pairs.push(pair);
    else if (above !== undefined && /^[^\s"'`]{8,}$/.test(short)) {
      pairs.push({ name: above, value: short, at, comment: false, quoted: false });
    }
    const alone = pair ? undefined : label.exec(short)?.[1];
    if (alone !== undefined || short !== '') above = alone;
    at += line.length + 1;
  }
  return [...joined(pairs), ...tags(text)];
}

function lineOf(short: string, at: number): Pair | undefined {
  const bare = short.replace(/^[>*•|\s-]{0,10}(?=[\w"'*@$`-])/, short.startsWith('-e ') || short.startsWith('--') ? '$&' : '');
  const comment = /^(?:#|\/\/)/.test(short);
  const variable = /^@([\w.-]{1,80})\s{0,8}=\s{0,8}(\S.{0,900})$/.exec(bare);
  if (variable) return made(variable[1] ?? '', variable[2] ?? '', at, comment, 'template');
  const given = command.exec(bare);
  if (given) return made(given[1] ?? '', given[2] ?? '', at, comment, 'shell');
  const shell = setting.exec(bare)?.[0] ?? /^\$env:/i.exec(bare)?.[0] ?? '';
  const found = named.exec(bare.slice(shell.length)) ?? columns.exec(bare);
  if (found === null) return undefined;
  const assigned = shell !== '' || /^[A-Za-z_]\w{0,80}=/.test(bare);
  return made(found[1] ?? '', found[2] ?? '', at, comment, assigned ? 'shell' : undefined);
}

function made(name: string, rest: string, at: number, comment: boolean, refers: Pair['refers']): Pair | undefined {
  const value = valueOf(rest.trim(), plainName(name), refers !== undefined);
  return value === undefined ? undefined : { name, value, at, comment, quoted: false, ...(refers === undefined ? {} : { refers }) };
}

/** The value alone: out of its quotes, without what ends a line of code and without a comment behind it. */
function valueOf(rest: string, name: string, assigned: boolean): string | undefined {
  const quoted = quotedValue.exec(rest)?.[2];
  const after = quoted === undefined ? '' : rest.slice(quoted.length + 2).trim();
  const open = rest.replace(/\s(?:#|\/\/|;|--|rem\s|\/m\b).{0,900}$/i, '').replace(/[,;|\s]{1,4}$/, '').trim();
  const isWhole = quoted !== undefined && /^[,;.|)\]}\s]{0,4}(?:$|#|\/\/|;|--|\/m\b)/i.test(after);
  const whole = isWhole ? quoted.trim() : open.replace(/^["'`]|["'`]$/g, '');
  const value = whole.replace(/^bearer\s{1,8}/i, '').replace(/\\(?=[:=#!])/g, '');
  if (value === '' || /["'`]/.test(value)) return undefined;
  if (!/\s/.test(value)) return withoutEnd(value, ',;');
  if (keyName.test(name) && isPlaceholder(value)) return value;
  // A template of the request's address, as `{{ host }}/score`, has blanks inside of it.
  return assigned && !/\s/.test(value.replace(/\{\{[^{}]{1,80}\}\}/g, '')) ? value : undefined;
}

/** `name: X` with `value: Y` a few lines below is X: Y, in whichever order the two stand. */
function joined(pairs: readonly Pair[]): Pair[] {
  const used = new Set<Pair>();
  const made = new Map<Pair, Pair>();
  pairs.forEach((one, index) => {
    if (used.has(one) || !(isNameMember(one.name) || isValueMember(one.name))) return;
    const wanted = isNameMember(one.name) ? isValueMember : isNameMember;
    const near = pairs.slice(index + 1, index + 4).filter((each) => each.at - one.at < 400);
    const end = near.findIndex((each) => each.name === one.name || wanted(each.name));
    const other = near[end];
    if (other === undefined || !wanted(other.name) || (end > 0 && isValueMember(one.name))) return;
    const [name, value] = isNameMember(one.name) ? [one, other] : [other, one];
    used.add(name).add(value);
    made.set(value, { ...value, name: name.value });
  });
  return pairs.flatMap((one) => made.get(one) ?? (used.has(one) ? [] : [one]));
}

/** True for the member that holds a name: of a header, a setting, a variable. */
export function isNameMember(name: string): boolean {
  return /^(?:name|key|header|headername|variable)$/i.test(name.trim());
}

/** True for the member that holds the value which belongs to that name. */
export function isValueMember(name: string): boolean {
  return /^(?:value|val)$/i.test(name.trim());
}

const attribute = /([\w:.-]{1,60})\s{0,4}=\s{0,4}(?:"([^"]{0,1000})"|'([^']{0,1000})')/g;
const ofPages = /^(?:p|b|i|u|a|li|ul|ol|div|span|code|pre|em|strong|br|tr|h\d|body|label|button)$/i;

/** `<add key="X" value="Y" />` and `<header name="X">Y</header>`. */
function tags(text: string): Pair[] {
  const pairs: Pair[] = [];
  let cell = '';
  for (const tag of text.matchAll(/<([a-z][\w:.-]{0,60})(\s[^<>]{0,2000})?>([^<>]{1,2000}(?=<\/))?/gi)) {
    const attributes = [...(tag[2] ?? '').matchAll(attribute)].map((each) => [each[1] ?? '', each[2] ?? each[3] ?? ''] as const);
    const of = (test: (name: string) => boolean): string | undefined => attributes.find(([name]) => test(name))?.[1];
    const own = tag[1] ?? '';
    const content = (tag[3] ?? '').trim();
    // A cell of a table is named by the one before it; other elements of a page name nothing.
    const before = cell;
    if (/^t[dh]$/i.test(own)) cell = content;
    const byTag = /^t[dh]$/i.test(own) ? before : ofPages.test(own) ? '' : own;
    const name = of(isNameMember) ?? (attributes.length === 0 && byTag !== '' ? byTag : undefined);
    const value = (of(isValueMember) ?? of((each) => /^connectionstring$/i.test(each)) ?? tag[3])?.trim();
    if (name === undefined || value === undefined || value === '' || (/\s/.test(value) && !isPlaceholder(value))) continue;
    pairs.push({ name, value: value.replace(/^bearer\s{1,8}/i, ''), at: tag.index, comment: false, quoted: true });
  }
  return pairs;
}
