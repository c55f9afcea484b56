// What is known of a column, in a few words.

import { expect, it } from 'vitest';
import { columnNotes } from '../../../src/protocols/columnFacts';
import type { DescribedColumn } from '../../../src/protocols/description';

const bound = (value: string, exclusive = false): NonNullable<DescribedColumn['least']> => ({ value, exclusive });

it.each<[Partial<DescribedColumn>, readonly string[]]>([
  [{}, []],
  [{ least: bound('0'), greatest: bound('1.50') }, ['0 to 1.50']],
  [{ least: bound('0', true), greatest: bound('1', true) }, ['more than 0', 'less than 1']],
  [{ least: bound('-5') }, ['at least -5']],
  [{ greatest: bound('9') }, ['at most 9']],
])('the range of %j', (parts, notes) => {
  expect(columnNotes({ name: 'a', nullable: false, required: false, choices: [], moreChoices: 0, ...parts })).toEqual(notes);
});
