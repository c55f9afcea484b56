// What the person last looked at. It outlives the page, and it holds no data of an answer.

/** The tabs of an answer. */
export type TabName = 'result' | 'body' | 'headers';

/** The tab that was chosen, undefined while none was, and the output. */
export interface Choice {
  readonly tab: TabName | undefined;
  readonly output: number;
}

/** Reads what was saved; what cannot be read is as if nothing had been chosen. */
export function readChoice(saved: unknown): Choice {
  if (typeof saved !== 'object' || saved === null) return { tab: undefined, output: 0 };
  const tab = 'tab' in saved && isTab(saved.tab) ? saved.tab : undefined;
  const output = 'output' in saved && typeof saved.output === 'number' && Number.isInteger(saved.output) && saved.output >= 0 ? saved.output : 0;
  return { tab, output };
}

function isTab(value: unknown): value is TabName {
  return value === 'result' || value === 'body' || value === 'headers';
}
