// What the person last looked at. It outlives the page, and it holds nothing of an answer but what rows were looked for by.

import { readLooks, type Looks } from '../viewer/looks';
import { isIndex, member, textMember } from '../viewer/saved';

/** The tabs of an answer. */
export type TabName = 'result' | 'body' | 'headers' | 'request';

/** The answer that was shown, the tab that was chosen (undefined while none was), the output, and how tables were looked at. */
export interface Choice {
  readonly key: string | undefined;
  readonly tab: TabName | undefined;
  readonly output: number;
  readonly looks: Looks;
}

/** Reads what was saved; what cannot be read is as if nothing had been chosen. */
export function readChoice(saved: unknown): Choice {
  const [tab, output] = [member(saved, 'tab'), member(saved, 'output')];
  return {
    key: textMember(saved, 'key'),
    tab: isTab(tab) ? tab : undefined,
    output: isIndex(output) ? output : 0,
    looks: readLooks(member(saved, 'looks')),
  };
}

function isTab(value: unknown): value is TabName {
  return value === 'result' || value === 'body' || value === 'headers' || value === 'request';
}
