// What a gateway has to know of a service: where it leads, operations, and which services it cannot lead to.

import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../../src/model/errors';
import { publishedAs as publishedBy } from '../../../../src/protocols/registry';
import { publishedAs } from '../../../../src/protocols/studio/publishing';
import { classic, column, described, exact, odata, resourceManager, trees } from '../../features/apim/samples';

describe('a service', () => {
  it('leads to its origin with what stands in front of its path', () => {
    expect([classic, resourceManager, odata].map((service) => publishedAs(service, undefined).backendUrl)).toEqual([
      'https://forest.example/models', 'https://forest.example', 'https://forest.example',
    ]);
  });

  it('is published by its protocol', async () => {
    expect(await publishedBy(classic, trees)).toEqual(publishedAs(classic, trees));
  });

  it('whose address shows nothing of the contract cannot be published, and is told what to do', async () => {
    expect(() => publishedAs(exact, undefined)).toThrow(InvalidInput);
    await expect(publishedBy(exact, undefined)).rejects.toThrow('No API can be defined for "Tree Heights": its address shows nothing');
  });
});

describe('schemas', () => {
  it('tell nothing of a request of another shape', () => {
    const other = { ...trees, request: 'other' } as const;
    expect(publishedAs(classic, other)).toEqual(publishedAs(classic, undefined));
  });

  it('name no port or column twice, and columns by name only while they are few', () => {
    const port = (name: string, count: number) => ({ name, columns: Array.from({ length: count }, (_, index) => column(`c${index % 600}`)), rows: [] });
    const { schemas, operations } = publishedAs(classic, described([port('a', 2), port('a', 3), port('b', 700)]));
    expect(Object.keys(schemas).filter((name) => name.startsWith('Input'))).toEqual(['Input1Table', 'Input1Row', 'Input1Rows', 'Input2Table', 'Input2Row', 'Input2Rows']);
    expect(schemas['Input1Table']).toMatchObject({ properties: { ColumnNames: { items: { enum: ['c0', 'c1'] } } } });
    expect(JSON.stringify(schemas['Input2Table'])).not.toContain('enum');
    const [execute, submit] = operations;
    expect(Object.keys(Object(execute?.request?.example).Inputs)).toEqual(['a', 'b']);
    expect(submit?.request?.example).toMatchObject({ Inputs: { a: { RelativeLocation: '{container}/inputs/input1.csv' }, b: {} } });
  });

  it('show no key and no token', () => {
    const text = JSON.stringify(publishedAs(classic, trees));
    expect(text).not.toMatch(/AccountKey=|sig=/);
  });
});
