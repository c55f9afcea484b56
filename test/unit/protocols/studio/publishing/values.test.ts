// Values that a description gives: exact, or the text that they are; and nothing that readers of documents would follow.

import { describe, expect, it } from 'vitest';
import { exactValue, exampleRows, valueOf } from '../../../../../src/protocols/studio/publishing/values';
import { column } from '../../../features/apim/samples';

describe('a value', () => {
  it.each<[string, unknown]>([
    ['1', 1], ['-0.50', -0.5], ['1e3', 1000], ['1E-7', 1e-7], ['100', 100], ['"x"', 'x'], ['null', null], ['true', true], ['[1, "a"]', [1, 'a']],
    ['12345678901234567890', '12345678901234567890'], ['1e400', '1e400'], ['0.12345678901234567890', '0.12345678901234567890'],
    ['{"a": 12345678901234567890}', '{"a": 12345678901234567890}'],
    ['{"$ref": "file:///x", "b": [{"\\u0024ref": "y", "c": 1}]}', { b: [{ c: 1 }] }],
    [`${'['.repeat(30)}${']'.repeat(30)}`, JSON.parse(`${'['.repeat(20)}null${']'.repeat(20)}`)], ['[12345678901234567890, "\\\\"]', '[12345678901234567890, "\\\\"]'],
    ['no JSON', undefined], ['', undefined],
  ])('of %s', (json, value) => {
    expect(exactValue(json)).toEqual(value);
  });

  it('that is not given is made of the type', () => {
    expect(['integer', 'Number', 'boolean', 'string', 'other'].map((type) => valueOf(column('a', { type })))).toEqual([0, 0, false, '', '']);
    expect(valueOf(column('a', { choices: ['"x"'] }))).toBe('x');
    expect(valueOf(column('a', { default: '2', choices: ['1'] }))).toBe(2);
    expect(valueOf(column('a', { example: '3', default: '2' }))).toBe(3);
  });
});

describe('rows of an example', () => {
  it('are those of the description, at most three, with what they lack', () => {
    const columns = [column('a', { type: 'integer' }), column('b')];
    expect(exampleRows(columns, [['1', undefined], ['null', '"x"'], [], ['9', '9']])).toEqual([[1, ''], [null, 'x'], [0, '']]);
    expect(exampleRows(columns, [])).toEqual([[0, '']]);
  });
});
