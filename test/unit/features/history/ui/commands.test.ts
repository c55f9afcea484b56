// Comparing an exchange of the history that is shown elsewhere with another one, which is asked for.

import { beforeEach, expect, it, vi } from 'vitest';
import type { Choice } from '../../../../../src/ui/ask';
import { comparePast } from '../../../../../src/features/history/ui/commands';
import type { HistoryFeature } from '../../../../../src/features/history/ui/historyFeature';
import { historyOn, keep, MemoryFiles, noon, someExchange } from '../historyTools';

const asked: (readonly [title: string, labels: readonly string[]])[] = [];
vi.mock('vscode', () => ({ l10n: {} }));
vi.mock('../../../../../src/ui/ask', async (original) => ({
  ...(await original<object>()),
  askChoice: (title: string, _prompt: string, choices: readonly Choice<unknown>[]) => {
    asked.push([title, choices.map(({ label }) => label)]);
    return Promise.resolve(choices[0]?.value);
  },
}));

const isFeature = (value: unknown): value is HistoryFeature => typeof value === 'object' && value !== null;

beforeEach(() => {
  asked.length = 0;
});

it('takes it as the first of the two, asks for the other, and shows the earlier one before', async () => {
  const { history } = historyOn(new MemoryFiles());
  const shown: (readonly [string, string])[] = [];
  const feature: unknown = {
    history, entries: () => history.list(), comparison: { show: (...ids: readonly [string, string]) => Promise.resolve(shown.push(ids)) },
  };
  expect.assert(isFeature(feature));
  const first = await keep(history, someExchange({ source: 'first.json', startedAt: noon }));
  await expect(comparePast(feature, first)).rejects.toThrow('nothing in the history to compare it with');
  const second = await keep(history, someExchange({ source: 'second.json', startedAt: noon + 1000 }));
  await comparePast(feature, first);
  await comparePast(feature, second);
  expect(shown).toEqual([[first, second], [first, second]]);
  expect(asked.map(([title, labels]) => [title.split(' of ')[0], labels])).toEqual([
    ['Compare "first.json"', ['second.json']], ['Compare "second.json"', ['first.json']],
  ]);
  await history.remove([first]);
  await expect(comparePast(feature, first)).rejects.toThrow('no longer in the history');
});
