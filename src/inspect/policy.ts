// A policy document -> the limits in it, or the document with other values of them, every other byte as it was.

import { faultText } from '../features/apim/policy/faultText';
import { byteOffsets, readLimits, type LimitAttribute, type LocatedLimit } from '../features/apim/policy/limits';
import { textIn, trimmedRange } from '../features/apim/policy/policyText';
import { applied, type TextChange } from '../features/apim/policy/putIn';
import type { Json } from './report';

/** Something that is asked of a document and cannot be done; the message says why. */
export class EditRefused extends Error {}

/** A value that is to be set: `0.calls=7`. */
interface Wanted {
  readonly index: number;
  readonly name: Settable;
  readonly value: string;
}

/** A value that is set, with its place in the file. */
interface ValueChange extends TextChange {
  readonly wanted: Wanted;
}

/** Attributes that may be set, by their names here. */
const settable = { calls: 'calls', bandwidth: 'bandwidth', renewalPeriod: 'renewal-period' } as const;
type Settable = keyof typeof settable;

/** What the service takes: a whole number of 32 bits, and seconds of a limit of calls. */
const [greatest, longestRate] = [2 ** 31 - 1, 300];

const mostBytes = 64 * 1024 * 1024;

/** The limits of a document: whether it is edited, or why not, and each limit with the byte of the file at which it begins. */
export function inspectPolicy(bytes: Uint8Array): Json {
  const text = readText(bytes);
  return typeof text === 'string' ? report(text) : { editable: false, reason: text.reason, limits: [] };
}

/** The document with other values, byte for byte; `sets` as `0.calls=7`. Throws EditRefused. */
export function editedPolicy(bytes: Uint8Array, sets: readonly string[]): string {
  const text = textOf(bytes);
  return applied(text, changesOf(text, sets));
}

/** What would be changed, and the limits as they would be. Throws EditRefused. */
export function inspectPolicyEdit(bytes: Uint8Array, sets: readonly string[]): Json {
  const text = textOf(bytes);
  const changes = changesOf(text, sets);
  const places = byteOffsets(text, changes.map(({ range }) => range.start));
  const edits = changes.map(({ before, after, wanted: { index, name } }, at) =>
    ({ limit: index, attribute: name, before, after, byteStart: places[at] }));
  return { ...report(applied(text, changes)), edits };
}

function report(text: string): { readonly [name: string]: Json | undefined } {
  const { editable, fault, limits } = readLimits(text);
  const places = byteOffsets(text, limits.map(({ start }) => start));
  return {
    editable,
    ...(fault ? { reason: faultText(text, fault) } : {}),
    limits: limits.map((limit, index) => ({ ...limitReport(limit), byteStart: places[index] })),
  };
}

function limitReport(limit: LocatedLimit): Record<string, Json | undefined> {
  const { element, calls, kilobytes: bandwidth, seconds: renewalPeriod, counterKey, conditional, only, inner } = limit;
  return {
    element, calls, bandwidth, renewalPeriod, counterKey, only,
    ...(conditional ? { conditional } : {}),
    ...(inner.length > 0 ? { inner: inner.map(limitReport) } : {}),
  };
}

function textOf(bytes: Uint8Array): string {
  const text = readText(bytes);
  if (typeof text !== 'string') throw new EditRefused(`${text.reason} Nothing is changed.`);
  return text;
}

/** The text with its byte order mark: written as UTF-8 it is the same bytes again. */
function readText(bytes: Uint8Array): string | { readonly reason: string } {
  if (bytes.length > mostBytes) return { reason: 'The file is larger than 64 MB, and no policy.' };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { reason: 'The file is UTF-16. Policies are read as UTF-8: save it in that encoding.' };
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { reason: 'The file is not UTF-8: some of its bytes are no characters.' };
  }
}

function changesOf(text: string, sets: readonly string[]): readonly ValueChange[] {
  if (sets.length === 0) return [];
  const wanted = sets.map(readSet);
  const { fault, limits } = readLimits(text);
  if (fault) throw new EditRefused(`The document is not edited. ${faultText(text, fault)}`);
  const targets = new Set(wanted.map(({ index, name }) => `${index}.${name}`));
  if (targets.size < wanted.length) throw new EditRefused('--set names a value twice.');
  return wanted.map((each) => changeOf(text, limits, each)).sort((a, b) => a.range.start - b.range.start);
}

function readSet(set: string): Wanted {
  const [, index = '', name = '', value = ''] = /^(\d{1,9})\.([^=.]{1,40})=(.*)$/s.exec(set) ?? [];
  if (index === '') throw new EditRefused(`"${set}" is not written as INDEX.ATTRIBUTE=VALUE, as 0.calls=7 is.`);
  if (!isSettable(name)) throw new EditRefused(`"${name}" cannot be set, only calls, bandwidth and renewalPeriod can.`);
  if (!/^\d{1,15}$/.test(value)) throw new EditRefused(`"${value}" is no whole number.`);
  return { index: Number(index), name, value: String(Number(value)) };
}

function isSettable(name: string): name is Settable {
  return Object.hasOwn(settable, name);
}

function changeOf(text: string, limits: readonly LocatedLimit[], wanted: Wanted): ValueChange {
  const { index, name, value } = wanted;
  const limit = limits[index];
  if (!limit) throw new EditRefused(`There is no limit ${index}: ${countText(limits.length)}`);
  const attribute = limit.attributes.find((each) => each.name === settable[name]);
  if (!attribute) throw new EditRefused(`The ${limit.element} of limit ${index} has no ${settable[name]}, and nothing is put in.`);
  checkKind(limit, attribute);
  checkBounds(limit, name, Number(value));
  // White space between the quotes stays as it is.
  const range = trimmedRange(text, attribute.value);
  return { range, before: textIn(text, range), after: value, wanted };
}

function countText(count: number): string {
  if (count === 0) return 'the document has none.';
  return count === 1 ? 'the document has one, which is 0.' : `the document has ${count}, from 0 to ${count - 1}.`;
}

function checkKind({ element }: LocatedLimit, { name, kind, text }: LimitAttribute): void {
  switch (kind) {
    case 'number':
      return;
    case 'expression':
      throw new EditRefused(`The ${name} of ${element} is an expression, ${text}, and is not edited as a number.`);
    case 'namedValue':
      throw new EditRefused(`The ${name} of ${element} is a named value, ${text}, and is not edited as a number.`);
    case 'text':
      throw new EditRefused(`The ${name} of ${element} is no whole number, "${text}", and is not edited as one.`);
    default:
      kind satisfies never;
  }
}

function checkBounds({ element }: LocatedLimit, name: Settable, value: number): void {
  const isRate = element === 'rate-limit' || element === 'rate-limit-by-key';
  const isPeriod = name === 'renewalPeriod';
  // A quota whose period is 0 holds for ever.
  const least = isPeriod && !isRate ? 0 : 1;
  const most = isPeriod && isRate ? longestRate : greatest;
  if (value < least || value > most)
    throw new EditRefused(`The ${settable[name]} of ${element} is a whole number from ${least} to ${most}.`);
}
