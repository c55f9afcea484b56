// Small descriptions that describe very much, as they refer to the same things over and over: what is read of one has a limit as a whole.

import { describe, expect, it } from 'vitest';
import type { ServiceDescription } from '../../../../../src/protocols/description';
import { writeRequest } from '../../../../../src/protocols/studio/description/newRequest';
import { readDescription } from '../../../../../src/protocols/studio/description/read';
import { processorMs } from '../../../processorTime';
import { asking, onlyInput } from './documents';

const tooLarge = { path: '$', what: 'With all that it refers to it is too large to be read as a whole; parts of it were left out.' };

/** Members with these many names and the same value. */
const many = (count: number, name: string, value: unknown): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value]));

const reference = (name: string): object => ({ $ref: `#/definitions/${name}` });
const inputs = (properties: object): object => ({ properties: { Inputs: { properties } } });

/** Reads within some processor time, and says once that something was left out. */
function readInTime(document: unknown): ServiceDescription {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  expect(text.length).toBeLessThanOrEqual(5 * 1024 * 1024);
  const from = processorMs();
  const description = readDescription(text);
  expect(processorMs() - from).toBeLessThan(8000);
  return description;
}

function cut(document: unknown): ServiceDescription {
  const description = readInTime(document);
  expect(description.notUnderstood.filter(({ what }) => what === tooLarge.what)).toEqual([tooLarge]);
  return description;
}

const columnsOf = ({ inputs: ports, outputs }: ServiceDescription): number =>
  [...ports, ...outputs].reduce((sum, { columns }) => sum + columns.length, 0);

describe('a small description of very much', () => {
  it('parts that are made of themselves', () => {
    const description = cut(asking(reference('A'), { A: { properties: many(200, 'part', reference('A')) } }));
    expect(description.request).toBe('other');
    expect(description.inputs).toHaveLength(2000);
  });

  it('many inputs with the same very many columns', () => {
    const item = { properties: many(40_000, 'c', reference('B')) };
    const description = cut(asking(inputs(many(200, 'input', { items: reference('A') })), { A: item, B: { type: 'string' } }));
    expect(description.inputs).toHaveLength(200);
    expect(columnsOf(description)).toBeLessThanOrEqual(100_000);
    // The same, with something of its own around each.
    const wrapped = { items: { allOf: [{ properties: { own: {} } }, reference('A')] } };
    expect(columnsOf(cut(asking(inputs(many(200, 'input', wrapped)), { A: item, B: {} })))).toBeLessThanOrEqual(100_000);
  });

  it('very many columns with the same very long example', () => {
    const column = { type: 'string', example: 'x'.repeat(1024 * 1024) };
    const description = cut(asking(inputs({ input1: { items: { properties: many(50_000, 'c', reference('B')) } } }), { B: column }));
    const { columns } = onlyInput(description);
    expect(columns).toHaveLength(50_000);
    expect(columns.filter(({ example }) => example !== undefined).length).toBeLessThan(9);
    expect(writeRequest('rows', description, []).length).toBeLessThan(32 * 1024 * 1024);
  });

  it('long values and names for rows that have none', () => {
    const row = { properties: { ['n'.repeat(500_000)]: { example: 'x'.repeat(500_000) } } };
    const request = { ...inputs(many(20, 'input', { items: reference('A') })), example: { Inputs: many(20, 'input', Array.from({ length: 20 }, () => ({}))) } };
    expect(writeRequest('rows', cut(asking(request, { A: row })), []).length).toBeLessThan(32 * 1024 * 1024);
  });

  it('very many choices for each of very many columns', () => {
    const column = { enum: Array.from({ length: 100 }, (_, index) => index) };
    const { columns } = onlyInput(cut(asking(inputs({ input1: { items: { properties: many(50_000, 'c', reference('B')) } } }), { B: column, C: {} })));
    expect(columns.reduce((sum, { choices }) => sum + choices.length, 0)).toBeLessThan(1_000_000);
  });

  it.each(['allOf', 'oneOf', 'anyOf', 'type', 'required'])('a very long list in "%s", for each of many columns', (name) => {
    const list = `[${'1,'.repeat(400_000)}1]`;
    const each = many(5000, 'c', { allOf: [reference('B')] });
    const text = JSON.stringify(asking(inputs({ input1: { items: { properties: each } } }), { B: { LIST: 1 } })).replace('"LIST":1', `"${name}":${list}`);
    expect(onlyInput(readInTime(text)).columns).toHaveLength(5000);
  });

  it('operations with very many members that are none', () => {
    const paths = many(5000, '/p', reference('P'));
    expect(cut({ ...asking({ properties: {} }, { P: many(50_000, 'x', 1) }), paths }).operations).toEqual([]);
  });
});

it('very many faults in one list are counted without looking for the place of each', () => {
  const count = 300_000;
  const text = JSON.stringify(asking('LIST')).replace('"LIST"', `{"allOf":[${'1,'.repeat(count - 1)}1]}`);
  const description = readInTime(text);
  expect(description.notUnderstood.length).toBe(50);
  expect(description.notUnderstood[0]?.path).toBe('$.definitions.ExecutionRequest.allOf[0]');
  expect(description.moreNotUnderstood).toBeGreaterThanOrEqual(count - 50);
});
