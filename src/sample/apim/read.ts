// Reads members of the properties that a caller sends; what cannot be used is refused with the member's name.

import { isArray, isObject, type JsonObject } from '../../base/shape';
import { invalid } from './armProblem';

/** A text of at most `most` characters; undefined where it is absent or null. */
export function text(properties: JsonObject, name: string, most = 1000): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid([name, `'${name}' must be a text.`]);
  if (value.length > most) throw invalid([name, `'${name}' must have at most ${most} characters.`]);
  return value;
}

/** Texts that have to be there and must not be empty: all that are missing are told at once. */
export function required(properties: JsonObject, names: readonly string[], most = 1000): readonly string[] {
  const missing = names.filter((name) => text(properties, name, most) === undefined || properties[name] === '');
  if (missing.length > 0) throw invalid(...missing.map((name) => [name, `'${name}' must not be empty.`] as const));
  return names.map((name) => text(properties, name, most) ?? '');
}

/** A truth value, or what counts without it. */
export function flag(properties: JsonObject, name: string, otherwise: boolean): boolean {
  const value = properties[name] ?? otherwise;
  if (typeof value !== 'boolean') throw invalid([name, `'${name}' must be true or false.`]);
  return value;
}

/** One of these texts, or what counts without it. */
export function choice<T extends string>(properties: JsonObject, name: string, known: readonly T[], otherwise: T): T {
  const value = properties[name] ?? otherwise;
  const found = known.find((each) => each === value);
  if (found === undefined) throw invalid([name, `'${name}' must be one of these: ${known.join(', ')}.`]);
  return found;
}

/** A list of objects; empty where it is absent or null. */
export function objects(properties: JsonObject, name: string): readonly JsonObject[] {
  const value = properties[name] ?? [];
  if (!isArray(value) || !value.every(isObject)) throw invalid([name, `'${name}' must be a list of objects.`]);
  return value;
}

/** A list of texts. */
export function texts(properties: JsonObject, name: string, otherwise: readonly string[]): readonly string[] {
  const value = properties[name] ?? otherwise;
  if (!isArray(value)) throw invalid([name, `'${name}' must be a list of texts.`]);
  return value.map((each) => {
    if (typeof each !== 'string') throw invalid([name, `'${name}' must be a list of texts.`]);
    return each;
  });
}

/** Members without those that are named. */
export function without(properties: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}
