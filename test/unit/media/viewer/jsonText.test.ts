// JSON is set out over lines without touching a single token of it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson, setOut } from '../../../../media/viewer/jsonText';

describe('setting out', () => {
  it('gives each member a line, and leaves numbers, names, repeated ones too, and their order as they came', () => {
    expect(setOut('{"b":1.50,"a":[1e400,-0,123456789012345678901234567890],"a":{},"c":[ ],"d\\"{[,":null}')).toBe([
      '{', '  "b": 1.50,', '  "a": [', '    1e400,', '    -0,', '    123456789012345678901234567890', '  ],', '  "a": {},', '  "c": [],', '  "d\\"{[,": null', '}',
    ].join('\n'));
  });

  it('changes nothing but the blanks between tokens, whatever the value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const compact = JSON.stringify({ value });
      const made = setOut(compact) ?? '';
      expect(JSON.parse(made)).toEqual(JSON.parse(compact));
      expect(setOut(made)).toBe(made);
      // Every string is taken as a whole, so that none is thought to begin where another one ends.
      expect(made.replace(/\n */g, '').replace(/("(?:[^"\\]|\\.)*":?) ?/g, '$1')).toBe(compact);
    }), { examples: [[{ list: ['', ': '] }]] });
  });

  it('takes the beginning of a text as far as it goes', () => {
    expect(setOut('{"a":[1,"two thr')).toBe('{\n  "a": [\n    1,\n    "two thr');
  });

  it.each(['', 'plain', '"text"', '12', '{}', '[ ]', '}{', '[1]]', '['.repeat(101)])('leaves %j as it is', (text) => {
    expect(setOut(text)).toBeUndefined();
  });

  it('gives up on what would become far longer than it is', () => {
    expect(setOut(`${'['.repeat(99)}${'1,'.repeat(60_000)}`)).toBeUndefined();
  });
});

describe('being JSON', () => {
  it.each(['{"a":1}', ' [1, 2]\n'])('%j is', (text) => expect(isJson(text)).toBe(true));
  it.each(['{"a":1', '12', '"a"', '{a:1}', '', '['.repeat(200_000)])('%# is not', (text) => expect(isJson(text)).toBe(false));
});
