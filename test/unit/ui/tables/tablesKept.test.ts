// What of a table's order a page may save: no text that looks like a secret.

import { describe, expect, it } from 'vitest';
import { keepable } from '../../../../src/ui/tables/tablesKept';
import type { Filter, TableQuery, ViewColumn } from '../../../../src/model/view';
import { hostWith, held, rowsOf } from './testHost';

const columns: readonly ViewColumn[] = [{ name: 'species', kind: 'text' }, { name: 'Password', kind: 'text' }, { name: 'before', group: 'password', kind: 'text' }];
const key = 'Zm9yIHRlc3RzIG9ubHksIG5vIGtleSBvZiBhbnlib2R5IGF0IGFsbCwganVzdCBhIHRleHQ9PQ==';
const plain: Filter = { kind: 'contains', column: 0, text: 'setosa' };

describe('what may be saved', () => {
  it('is all of a query without secrets', () => {
    expect(keepable({ sort: { column: 1, descending: true }, filters: [plain, { kind: 'empty', column: 1, empty: true }, { kind: 'range', column: 1, least: 1 }], search: 'tulip' }, columns)).toBeUndefined();
    expect(keepable({ filters: [{ kind: 'is', column: 9, text: 'x' }] }, columns)).toBeUndefined();
    expect(keepable({ filters: [], search: 'the 1,000,000 rows of Llanfairpwllgwyngyll on 2026-11-21T10:15' }, columns)).toBeUndefined();
  });

  it.each<[string, TableQuery, TableQuery]>([
    ['a key that is searched for', { sort: { column: 0, descending: false }, filters: [plain], search: key }, { sort: { column: 0, descending: false }, filters: [plain] }],
    ['a token in an address that is searched for', { filters: [], search: 'https://x.example/a?sv=1&sig=abc%2Bdef' }, { filters: [] }],
    ['a key that a cell is to hold', { filters: [{ kind: 'contains', column: 0, text: `AccountKey=${key}` }, plain], search: 'tulip' }, { filters: [plain], search: 'tulip' }],
    ['a subscription key', { filters: [], search: '0123456789abcdef0123456789abcdef' }, { filters: [] }],
    ['a key of any other shape, among other words', { filters: [{ kind: 'contains', column: 0, text: 'is it H1story"Key+7c1f/9a42= here' }], search: 'tulip' }, { filters: [], search: 'tulip' }],
    ['any text of a column of passwords that is compared', { filters: [{ kind: 'is', column: 2, text: 'tulip' }] }, { filters: [] }],
    ['any text of a column of passwords', { filters: [{ kind: 'is', column: 1, text: 'tulip' }, plain] }, { filters: [plain] }],
  ])('is not %s', (_what, query, expected) => expect(keepable(query, columns)).toEqual(expected));

  it.each(['9f86d081884c7d65', 'k3Jd-92_xQzLw81f', 'Eby8vdM02xNOcqFlqUw', '493817264905817263540918', 'qwpoeirutylaksjdhfgmznxbcv', 'correct-horse-battery-staple', 'qWeRtYuIoPaS', 'hunter22', 'ab12cd', 'Zq7b2xK', 'hunter2', 'a1b2c3', '550e8400-e29b-41d4-a716-446655440000'])('is no short key, whatever it is made of: %s', (search) => {
    expect(keepable({ filters: [], search }, columns)).toEqual({ filters: [] });
    expect(keepable({ filters: [], search: `tulip ${search}` }, columns)).toEqual({ filters: [] });
  });

  it.each(['setosa', 'Q3 2024', '1,234.56', '2024-05-06', 'unacknowledged', 'McDonaldBrothers', 'Scored Probabilities', 'E12', 'a1b2', '12.5kg', '2,500km', '10:15pm', '1.5e-10', '1,500mg', 'H2O', 'CO2', '1.2.3', '2024Q3', 'FY2024', 'Q3-2024', 'setosa', 'flower', '1234567', '+49 30 1234567'])('is a word or a number that people look for: %s', (search) => {
    expect(keepable({ filters: [], search }, columns)).toBeUndefined();
  });

  it('is told with the table', async () => {
    const { tableHost: tableHost, view } = hostWith(held(rowsOf(3)));
    expect(await view()).not.toHaveProperty('keepable');
    await tableHost.handle({ type: 'arrange', table: 0, query: { filters: [plain], search: key } });
    expect(await view()).toMatchObject({ query: { filters: [plain], search: key }, keepable: { filters: [plain] } });
    expect((await view()).keepable).not.toHaveProperty('search');
    await tableHost.handle({ type: 'arrange', table: 0, query: { filters: [plain] } });
    expect(await view()).not.toHaveProperty('keepable');
  });
});
