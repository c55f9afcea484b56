// Descriptions that are wrong, odd, or made to do harm: all are read, and each says what was not understood and where.

import { describe, expect, it } from 'vitest';
import { readDescription } from '../../../../../src/protocols/studio/description/read';
import { asking, classic, onlyInput, read } from './documents';

const withItem = (item: unknown): unknown => asking({ properties: { Inputs: { properties: { input1: { type: 'array', items: item } } } } });

describe('what is no description', () => {
  it.each([
    ['nothing', '', undefined],
    ['a word', 'swagger', 'The description is no JSON from line 1, column 1 on'],
    ['a list', '[1]', 'A description is a JSON object.'],
    ['an empty object', '{}', 'It does not say that it is a description'],
    ['a page', '<!doctype html>', 'The description is no JSON from line 1, column 1 on'],
  ])('%s', (_, text, what) => {
    const description = readDescription(text);
    expect(description).toMatchObject({ request: 'unknown', inputs: [], outputs: [], operations: [] });
    if (what !== undefined) expect(description.notUnderstood[0]?.what).toContain(what);
  });

  it('a description that ends in the middle is read as far as it goes', () => {
    const whole = JSON.stringify(classic(), undefined, 2);
    const description = readDescription(`\uFEFF${whole.slice(0, whole.indexOf('"input1Item"'))}`);
    expect(description).toMatchObject({ title: 'Tree heights', request: 'inputs', parameters: [{ name: 'Season' }, { name: 'Trials' }] });
    expect(onlyInput(description).columns.map(({ name }) => name)).toEqual(['Kind', 'Age']);
    expect(description.notUnderstood.map(({ what }) => what).join('\n')).toMatch(/is no JSON from line \d+, column \d+ on[^]*"#\/definitions\/input1Item", which is not in the description/);
  });
});

describe('references', () => {
  it.each([
    ['to itself', { Loop: { $ref: '#/definitions/Loop' } }, 'It refers to itself.'],
    ['in a circle', { Loop: { $ref: '#/definitions/Other' }, Other: { $ref: '#/definitions/Loop' } }, 'It refers to itself.'],
    ['to nowhere', {}, 'It refers to "#/definitions/Loop", which is not in the description.'],
  ])('%s', (_, definitions, what) => {
    const description = read(asking({ properties: { Inputs: { properties: { input1: { type: 'array', items: { $ref: '#/definitions/Loop' } } } } } }, { input1Item: {}, ...definitions }));
    expect(description.notUnderstood.map((note) => note.what)).toContain(what);
  });

  it.each(['https://elsewhere.example/s.json', '../s.json#/a', 'file:///etc/passwd'])('to another document, %s, are not followed', ($ref) => {
    expect(read(withItem({ $ref })).notUnderstood).toContainEqual({
      path: '$.definitions.ExecutionRequest.properties.Inputs.properties.input1.items.$ref',
      what: `It refers to "${$ref}", which is outside of the description and was not read.`,
    });
  });

  it('whose names have to be spelled', () => {
    const description = read(asking({ properties: { Inputs: { properties: { a: { items: { $ref: '#/definitions/x~1y%20z~0' } } } } } }, { 'x/y z~': { properties: { A: {} } } }));
    expect(onlyInput(description).columns.map(({ name }) => name)).toEqual(['A']);
  });

  it('a schema that is part of itself ends', () => {
    const loop = { allOf: [{ $ref: '#/definitions/Loop' }, { properties: { A: { allOf: [{ $ref: '#/definitions/Loop' }] } } }] };
    const description = read(asking({ properties: { Inputs: { properties: { input1: { items: { $ref: '#/definitions/Loop' } } } } } }, { Loop: loop }));
    expect(onlyInput(description).columns.map(({ name }) => name)).toEqual(['A']);
    const nested = { type: 'array', items: { $ref: '#/definitions/Nested' } };
    expect(onlyInput(read(asking({ properties: { Inputs: { properties: { input1: { $ref: '#/definitions/Nested' } } } } }, { Nested: nested, input1Item: {} }))).type).toMatch(/^array(\[\])+$/);
  });
});

describe('names and values that are not what they should be', () => {
  const named = (name: string): string => JSON.stringify(withItem({ properties: { NAME: { type: 'string' } } })).replace('NAME', name);

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', '0'])('a column called %s', (name) => {
    const input = onlyInput(readDescription(named(name)));
    expect(input.columns).toMatchObject([{ name, type: 'string' }]);
    expect(Object.getPrototypeOf(input.columns[0])).toBe(Object.prototype);
  });

  it('an input and a parameter called so', () => {
    const text = '{"swagger":"2.0","definitions":{"ExecutionRequest":{"properties":{"Inputs":{"properties":{"__proto__":{"items":{"properties":{"A":{}}}}}}},' +
      '"example":{"Inputs":{"__proto__":[{"A":1}]},"GlobalParameters":{"__proto__":"x","constructor":1}}}}}';
    const description = readDescription(text);
    expect(onlyInput(description)).toMatchObject({ name: '__proto__', rows: [['1']] });
    expect(description.parameters.map(({ name, example }) => [name, example])).toEqual([['__proto__', '"x"'], ['constructor', '1']]);
  });

  it.each([
    ['a schema', 5, 'A schema is expected here.'],
    ['a type', { type: 5 }, 'The name of a type is expected here.'],
    ['a known type', { type: 'tree' }, 'The type "tree" is not known.'],
    ['a plain value', { type: 'array', items: { type: 'string' } }, 'A column holds texts, numbers, true or false; this one is described as "array".'],
    ['choices', { type: 'string', enum: 'oak' }, 'A list of values is expected here.'],
    ['one schema', { oneOf: [{ type: 'string' }, { type: 'number' }] }, 'It may be one of several things; the first is taken.'],
  ])('%s is expected', (_, column, what) => {
    const description = read(withItem({ properties: { 'My column': column } }));
    expect(onlyInput(description).columns).toMatchObject([{ name: 'My column' }]);
    expect(description.notUnderstood).toMatchObject([{ path: expect.stringContaining('.items.properties["My column"]'), what }]);
  });

  it('members of other kinds everywhere', () => {
    for (const name of Object.keys(classic())) for (const value of [null, 1, 'x', [], [1], {}, true]) expect(() => read(classic({ [name]: value }))).not.toThrow();
    for (const value of [null, 1, 'x', [], [[]], {}, { properties: 1 }, { properties: { Inputs: [] } }, { example: 'x', properties: { Inputs: 1 } }])
      expect(() => read(asking(value))).not.toThrow();
    expect(read(classic({ paths: { '/execute': { post: 1 } } })).notUnderstood[0]).toEqual({ path: '$.paths["/execute"].post', what: 'An operation is expected here.' });
  });

  it('a row that is none', () => {
    const description = read(asking({ properties: {}, example: { Inputs: { input1: ['x', { A: 1 }] } } }, { input1Item: {} }));
    expect(onlyInput(description).rows).toEqual([['1']]);
    expect(description.notUnderstood[0]).toEqual({ path: '$.definitions.ExecutionRequest.example.Inputs.input1[0]', what: 'A row with a value for each column is expected here.' });
  });
});

describe('sizes', () => {
  it('nested deeper than the stack goes', () => {
    const deep = `{"swagger":"2.0","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(readDescription(deep)).toMatchObject({ request: 'unknown', notUnderstood: [{ path: '$', what: 'The description is nested too deeply to be read.' }] });
    const cell = `${'['.repeat(3000)}${']'.repeat(3000)}`;
    expect(() => readDescription(JSON.stringify(classic()).replace('"Age":40', `"Age":${cell}`))).not.toThrow();
  });

  it('a hundred of very many choices are kept, and the rest counted', () => {
    const column = { type: 'string', enum: Array.from({ length: 20_000 }, (_, index) => `choice ${index}`) };
    const [first] = onlyInput(read(withItem({ properties: { A: column } }))).columns;
    expect([first?.choices.length, first?.moreChoices]).toEqual([100, 19_900]);
  });

  it('very many columns, each with a reference, are read in proportion to their number', () => {
    const properties = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`column ${index}`, { $ref: `#/definitions/d${index % 10_000}` }]));
    const definitions = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`d${index}`, { type: 'number' }]));
    const text = JSON.stringify(asking({ properties: { Inputs: { properties: { input1: { items: { properties } } } } } }, definitions));
    const from = process.cpuUsage();
    expect(onlyInput(readDescription(text)).columns).toHaveLength(30_000);
    expect(process.cpuUsage(from).user / 1e6).toBeLessThan(5);
  });

  it('of very many faults fifty are told of, and the rest counted', () => {
    const description = read(withItem({ properties: Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`c${index}`, 5])) }));
    expect([description.notUnderstood.length, description.moreNotUnderstood]).toEqual([50, 70]);
  });

  it('long texts are cut, also in what is not understood', () => {
    const description = read(classic({ info: { title: 'x'.repeat(5000), description: 'x'.repeat(20_000) } }));
    expect(description.title).toHaveLength(501);
    expect(description.about).toHaveLength(10_001);
    const name = 'y'.repeat(5000);
    expect(read(withItem({ properties: { [name]: 5 } })).notUnderstood[0]?.path.length).toBeLessThan(400);
  });
});
