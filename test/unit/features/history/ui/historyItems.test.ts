// How exchanges look in the history: what differs most from line to line comes first, and a screen reader says each thing once.

import { expect, it, vi } from 'vitest';
import { historyItem } from '../../../../../src/features/history/ui/historyItems';
import type { HistoryEntry } from '../../../../../src/model/history';

vi.mock('vscode', async () => (await import('../../../ui/vscodeItems')).vscodeItems);

const at = new Date(2025, 4, 12, 14, 3, 59).getTime();

function item(parts: Partial<Omit<HistoryEntry, 'answer'>> & { readonly answer?: HistoryEntry['answer'] | undefined } = {}): { description: unknown; label: string | undefined; tooltip: string } {
  const { answer, ...rest } = { answer: { status: 200, statusText: 'OK', headers: [], bytes: 1 }, ...parts };
  const entry: HistoryEntry = {
    id: 'x', service: { name: 'Churn', address: 'https://h/p' }, sample: false, source: 'day.json', method: 'POST', url: 'https://h/p', requestHeaders: [], requestBytes: 1,
    startedAt: at, durationMs: 143, earlierAttempts: [], notes: [],
    outputs: [{ name: 'output1', rows: 1200, columns: 2 }], pinned: false, kept: { request: true, answer: true }, keptBytes: 1, ...rest, ...(answer ? { answer } : {}),
  };
  const { description, accessibilityInformation, tooltip } = historyItem({ kind: 'exchange', entry });
  expect.assert(typeof tooltip === 'object');
  return { description, label: accessibilityInformation?.label, tooltip: tooltip.value.replaceAll('\\', '') };
}

it('rows and duration stand first, then the time and the service; the tooltip has the time in full', () => {
  const { description, label, tooltip } = item();
  expect(description).toBe('1,200 rows · 143 ms · 14:03 → Churn');
  expect(label).toBe('day.json to Churn, 200 OK, 143 ms, 1,200 rows, 14:03:59');
  expect(tooltip).toContain('Monday 12 May 2025 at 14:03:59');
});

it('without rows there is the status, or that there was no answer', () => {
  const problem = { sentence: 'The key was refused.' };
  const refused = item({ problem, outputs: [], answer: { status: 401, statusText: 'Unauthorized', headers: [], bytes: 1 } });
  expect([refused.description, refused.label]).toEqual(['401 · 143 ms · 14:03 → Churn', 'day.json to Churn, failed, 401 Unauthorized, 143 ms, 14:03:59']);
  const silent = item({ problem, outputs: [], answer: undefined });
  expect([silent.description, silent.label]).toEqual(['no answer · 143 ms · 14:03 → Churn', 'day.json to Churn, no answer, 143 ms, 14:03:59']);
});

it('pinned ones are of many days, and say which', () => {
  const { description, label } = item({ pinned: true });
  expect(description).toBe('1,200 rows · 143 ms · 12 May 2025 → Churn');
  expect(label).toBe('day.json to Churn, 200 OK, 143 ms, 1,200 rows, pinned, Monday 12 May 2025 at 14:03:59');
});
