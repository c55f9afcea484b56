// Differences of numbers that are written as text: exact where both are decimals, without 0.30000000000000004.

import { withoutEnd } from '../../base/ends';

/** Digits and places beyond this are not worth exactness: no service means them. */
const mostDigits = 40;

/** A decimal as a whole number of steps, each of which is ten to the power of `-places`. */
export interface Decimal {
  readonly steps: bigint;
  readonly places: number;
}

const decimalForm = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** What two numbers differ by: `text` as it is shown, `size` without its sign. */
export interface Difference {
  readonly text: string;
  readonly size: number;
}

/** The second number less the first, or undefined when one of the texts is no finite number. */
export function difference(before: string, after: string): Difference | undefined {
  const [one, other] = [readDecimal(before), readDecimal(after)];
  if (one && other) {
    const places = Math.max(one.places, other.places);
    const steps = scaled(other, places) - scaled(one, places);
    return { text: decimalText(steps, places), size: Math.abs(Number(decimalText(steps, places))) };
  }
  const [low, high] = [readNumber(before), readNumber(after)];
  if (low === undefined || high === undefined || !Number.isFinite(high - low)) return undefined;
  return { text: String(high - low), size: Math.abs(high - low) };
}

/** How far apart two numbers may be: `size` as a number or, where `relative`, as a share of the larger one without its sign. */
export interface Limit {
  readonly size: Decimal;
  readonly relative: boolean;
}

/** True when both texts are finite numbers that are no farther apart than the limit: exactly where both are decimals. */
export function isNear(before: string, after: string, { size, relative }: Limit): boolean {
  const [one, other] = [readDecimal(before), readDecimal(after)];
  if (one && other) {
    const places = Math.max(one.places, other.places, size.places);
    const [low, high] = [scaled(one, places), scaled(other, places)];
    const apart = magnitude(high - low);
    if (!relative) return apart <= scaled(size, places);
    const [first, second] = [magnitude(low), magnitude(high)];
    return apart * 10n ** BigInt(size.places) <= size.steps * (first > second ? first : second);
  }
  const [low, high] = [readNumber(before), readNumber(after)];
  if (low === undefined || high === undefined) return false;
  const most = Number(decimalText(size.steps, size.places)) * (relative ? Math.max(Math.abs(low), Math.abs(high)) : 1);
  const apart = Math.abs(high - low);
  // Numbers so large that what they differ by is no finite number are not near.
  return Number.isFinite(apart) && apart <= most;
}

/** True for a text that is a finite number, as services write them. */
export function isNumber(text: string): boolean {
  return readNumber(text) !== undefined;
}

function magnitude(steps: bigint): bigint {
  return steps < 0n ? -steps : steps;
}

function readNumber(text: string): number | undefined {
  if (text.length > 400 || !/\d/.test(text) || !decimalForm.test(text.trim())) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The decimal that a text writes; undefined for anything else, and for one of more digits or places than are worth exactness. */
export function readDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', rest = '', exponent = '0'] = (text.length <= 100 && decimalForm.exec(text.trim())) || [];
  if (sign === undefined || whole + rest === '') return undefined;
  const places = rest.length - Number(exponent);
  if (whole.length + rest.length > mostDigits || Math.abs(places) > mostDigits) return undefined;
  const steps = BigInt(whole + rest) * (sign === '-' ? -1n : 1n);
  // A number in thousands has no places, and its steps are ones.
  return places < 0 ? { steps: steps * 10n ** BigInt(-places), places: 0 } : { steps, places };
}

function scaled({ steps, places }: Decimal, to: number): bigint {
  return steps * 10n ** BigInt(to - places);
}

function decimalText(steps: bigint, places: number): string {
  const digits = magnitude(steps).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const rest = withoutEnd(digits.slice(digits.length - places), '0');
  return `${steps < 0n ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
}
