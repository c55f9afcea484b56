// Looks into what was saved, of which nothing is believed.

/** A member of its own that an object has, by its name. */
export function member(value: unknown, name: string): unknown {
  return isObject(value) ? Object.entries(value).find(([each]) => each === name)?.[1] : undefined;
}

/** The same where it is a text; undefined for anything else. */
export function textMember(value: unknown, name: string): string | undefined {
  const text = member(value, name);
  return typeof text === 'string' ? text : undefined;
}

/** Whether it is an object or a list. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether it is a finite number that is not below 0. */
export function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Whether it is a whole number that counts something, from 0. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && isPlace(value);
}
