// What the person last looked at. It outlives the page, and it holds nothing of an answer but what rows were looked for by.

import { readLooks, type Looks } from '../viewer/looks';

/** The tabs of an answer. */
export type TabName = 'result' | 'body' | 'headers';

/** The answer that was shown, the tab that was chosen (undefined while none was), the output, and how tables were looked at. */
export interface Choice {
  readonly key: string | undefined;
  readonly tab: TabName | undefined;
  readonly output: number;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been chosen. */
export function readChoice(saved: unknown): Choice {
  if (typeof saved !== 'object' || saved === null) return { key: undefined, tab: undefined, output: 0, looks: [] };
  const key = 'key' in saved && typeof saved.key === 'string' ? saved.key : undefined;
  const tab = 'tab' in saved && isTab(saved.tab) ? saved.tab : undefined;
  const output = 'output' in saved && typeof saved.output === 'number' && Number.isInteger(saved.output) && saved.output >= 0 ? saved.output : 0;
  return { key, tab, output, looks: 'looks' in saved ? readLooks(saved.looks) : [] };
}

function isTab(value: unknown): value is TabName {
  return value === 'result' || value === 'body' || value === 'headers';
}
