// Reads members of JSON that steers the sample. What is wrong is answered with a 400 that names the member.

import { isObject, kindOf, parseJson } from './json';
import { badArgument } from './problem';

/** The members of an object that came from outside. */
export type Members = Readonly<Record<string, unknown>>;

/** Reads a whole body that must be an object with no other members than these. */
export function readRoot(body: Buffer, known: readonly string[]): Members {
  const json = parseJson(body);
  if (!json) throw badArgument('RequestBodyInvalid', 'The body of the request is not JSON in UTF-8.');
  const root = object(json.value, 'the body');
  refuseOthers(root, '', known);
  return root;
}

/** A whole number in this range. `path` names the member, such as `faults[1].status`. */
export function whole(value: unknown, path: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw wrong(path, `must be a whole number from ${least} to ${most}`);
  }
  return value;
}

/** An object. */
export function object(value: unknown, path: string): Members {
  if (!isObject(value)) throw wrong(path, `must be an object, not ${kindOf(value)}`);
  return value;
}

/** One of these values. */
export function oneOf<T>(value: unknown, path: string, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw wrong(path, `must be ${known.slice(0, -1).join(', ')} or ${String(known.at(-1))}`);
  return found;
}

/** Throws for a member that is not known; `prefix` stands in front of its name. */
export function refuseOthers(members: Members, prefix: string, known: readonly string[]): void {
  const strange = Object.keys(members).find((name) => !known.includes(name));
  if (strange !== undefined) throw wrong(`${prefix}${strange}`, `is not known here. Known are: ${known.join(', ')}`);
}

/** The 400 that says what is wrong with a member. */
export function wrong(path: string, what: string): Error {
  return badArgument('BadParameterValue', `${path} ${what}.`);
}
