// The cursor reads JSON as others do: it takes what JSON.parse takes, and meets the tokens that jsonc-parser meets, in the same places.

import { createScanner } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { JsonCursor, NotJson } from '../../../src/base/jsonCursor';

/** Where reading the whole text stops, or undefined when it is JSON. */
function wrongAt(text: string): number | undefined {
  try {
    const cursor = new JsonCursor(text);
    cursor.skip();
    if (cursor.atEnd) return undefined;
    return cursor.offset;
  } catch (error) {
    if (error instanceof NotJson) return error.offset;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The same list of numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const pieces = [
  '{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '\\n', '\\u00e9', '\\u12', '\\x', 'true', 'false', 'null', 'nul', 'truex', '0', '-', '-0', '12.50', '1.', '.5', '01', '1e5', '1E-7', '1e', '+1',
  ' ', '\t', '\r\n', '\u00a0', '\u2028', '\u0000', '\u001f', '"\u001f"', '"\n"', '/', '/* c */', '// c\n', '"é\ud83d\ude00"', '"\ud800"', '{}', '[]', '{"a":1}', '[1,2]', "'a'", 'NaN', '\ufeff',
];

describe('any text', () => {
  it('is JSON to the cursor where it is to JSON.parse', () => {
    const any = numbers(7);
    let good = 0;
    for (let round = 0; round < 60_000; round++) {
      const text = Array.from({ length: 1 + any(7) }, () => pieces[any(pieces.length)]).join('');
      expect(wrongAt(text) === undefined, JSON.stringify(text)).toBe(parses(text));
      good += parses(text) ? 1 : 0;
    }
    expect(good).toBeGreaterThan(1000);
  });

  it('is JSON also when it is a document with one character changed', () => {
    const any = numbers(11);
    const whole = '{"Results": {"out": [{"a": "x\\u00e9\\n", "b": -1.50e+3, "a": null}, {"c": [true, false, [], {}]}]}, "n": [0, 12, "\\\\"]}';
    const characters = '{}[],:"\\ntrue019.eE+-/* \t\u0001\u00a0x';
    let good = 0;
    for (let round = 0; round < 40_000; round++) {
      const at = any(whole.length);
      const text = whole.slice(0, at) + (any(2) === 0 ? '' : characters.charAt(any(characters.length))) + whole.slice(at + any(2));
      expect(wrongAt(text) === undefined, text).toBe(parses(text));
      good += parses(text) ? 1 : 0;
    }
    expect(good).toBeGreaterThan(1000);
  });

  it('that is an array of scalars has the tokens that the scanner of jsonc-parser finds, in the same places', () => {
    const any = numbers(13);
    const scalars = ['"a"', '"\\u00e9\\t\\/"', '""', '0', '-0', '12.50', '1E-7', 'true', 'false', 'null'];
    const blanks = ['', ' ', '\n\t', '\r\n '];
    const blank = (): string => blanks[any(blanks.length)] ?? '';
    for (let round = 0; round < 2000; round++) {
      const text = `${blank()}[${Array.from({ length: 1 + any(6) }, () => `${blank()}${scalars[any(scalars.length)] ?? ''}${blank()}`).join(',')}]${blank()}`;
      const scanner = createScanner(text, true);
      const cursor = new JsonCursor(text);
      const offset = (): number => {
        scanner.scan();
        return scanner.getTokenOffset();
      };
      expect(cursor.offset).toBe(offset());
      for (let more = cursor.enterArray(); more; more = cursor.another()) {
        expect(cursor.offset, text).toBe(offset());
        const value = scanner.getTokenValue();
        expect(cursor.cell(), text).toBe(value === 'null' ? null : value);
        offset();
      }
      expect(cursor.atEnd).toBe(true);
    }
  });
});

it.each([
  ['[1, /* c */ 2]', 4], ['[1] // c', 4], ['/', 0], ['{"a": tru}', 6], ['{"a": truex}', 6], ['["a\n"]', 1], ['["\\x"]', 1], ['["\\u12"]', 1], ['["open', 1], ['[1.]', 1], ['[1e+]', 1],
  ['[01]', 2], ['[-]', 1], ['[+1]', 1], ['[1,]', 3], ['[1 2]', 3], ['{"a" 1}', 5], ['{1: 2}', 1], ['', 0], ['true\u00a0', 0], ['[\u00a01]', 1],
])('what is wrong in %j is told by its place', (text, place) => {
  expect(wrongAt(text)).toBe(place);
});

it('an array can be entered element by element, or yields them', () => {
  const entered = (text: string): (string | null)[] => {
    const cursor = new JsonCursor(text);
    const cells: (string | null)[] = [];
    for (let more = cursor.enterArray(); more; more = cursor.another()) cells.push(cursor.cell());
    expect(cursor.atEnd).toBe(true);
    return cells;
  };
  expect(entered('[]')).toEqual([]);
  expect(entered('[ 1.50, "a\\"b", null, [1, 2], {"c": 3} ]')).toEqual(['1.50', 'a"b', null, '[1, 2]', '{"c": 3}']);
  expect(() => entered('[1,]')).toThrow(NotJson);
});

it('begins where it is told to, and reads no further than it is asked to', () => {
  const cursor = new JsonCursor('xx [7, 8 ] y', 2);
  expect(cursor.offset).toBe(3);
  cursor.enterArray();
  expect([cursor.cell(), cursor.another(), cursor.cell()]).toEqual(['7', true, '8']);
});
