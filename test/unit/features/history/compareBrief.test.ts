// The most that two tables differ in, in a few words: which comes first, and whether a tolerance is told.

import { expect, it } from 'vitest';
import { briefDifference, type Found } from '../../../../src/features/history/compareBrief';

const none: Found = { changed: 0, common: 12, rows: [12, 12], sent: 0, sentOther: false, columns: false, types: false };

it.each<[string | undefined, string | undefined, Partial<Found>]>([
  [undefined, undefined, {}],
  ['1 of 12 rows differs', '1 of 12 rows differs beyond 1%', { changed: 1, rows: [12, 13] }],
  ['3 of 12 rows differ', '3 of 12 rows differ beyond 1%', { changed: 3, sent: 1 }],
  ['1,200 of 5,000 rows differ', '1,200 of 5,000 rows differ beyond 1%', { changed: 1200, common: 5000 }],
  ['The only row differs', 'The only row differs beyond 1%', { changed: 1, common: 1 }],
  ['1 row more before', '1 row more before', { rows: [13, 12], sent: 2 }],
  ['4 rows more before', '4 rows more before', { rows: [16, 12] }],
  ['1 row more after', '1 row more after', { rows: [12, 13] }],
  ['4 rows more after', '4 rows more after', { rows: [12, 16], columns: true }],
  ['1 row sent differs', '1 row sent differs beyond 1%', { sent: 1, columns: true }],
  ['2 rows sent differ', '2 rows sent differ beyond 1%', { sent: 2, sentOther: true }],
  ['Other columns sent', 'Other columns sent', { sentOther: true, columns: true }],
  ['Other columns', 'Other columns', { columns: true, types: true }],
  ['Other types', 'Other types', { types: true }],
])('%s, and within a tolerance %s', (plain, within, found) => {
  expect(briefDifference({ ...none, ...found })).toBe(plain);
  expect(briefDifference({ ...none, ...found, tolerance: '1%' })).toBe(within);
});
