// What the history's view shows, as plain data: pinned ones, then a group for each day, newest first.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDay } from '../../base/format';
import type { HistoryEntry } from '../../model/history';
import type { BadFileLine } from '../../ui/badFiles';

export type HistoryNode =
  | { readonly kind: 'day'; readonly name: string; readonly entries: readonly HistoryEntry[]; readonly open: boolean }
  | { readonly kind: 'exchange'; readonly entry: HistoryEntry }
  /** Something of the history that cannot be read. */
  | ({ readonly kind: 'badFile' } & BadFileLine);

/** The groups of these entries, which come newest first. `now` is milliseconds since 1970. */
export function historyGroups(entries: readonly HistoryEntry[], now: number): Extract<HistoryNode, { kind: 'day' }>[] {
  const pinned = entries.filter((entry) => entry.pinned);
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Noon of the day before is in it also where the clocks change.
  const yesterday = new Date(today - 12 * 60 * 60 * 1000).setHours(0, 0, 0, 0);
  const days = new Map<number, HistoryEntry[]>();
  for (const entry of entries) {
    if (entry.pinned) continue;
    const day = new Date(entry.startedAt).setHours(0, 0, 0, 0);
    const among = days.get(day);
    if (among) among.push(entry);
    else days.set(day, [entry]);
  }
  const named = [...days]
    .sort(([one], [other]) => other - one)
    .map(([day, among], index) => ({
      kind: 'day' as const,
      name: day === today ? l10n.t('Today') : day === yesterday ? l10n.t('Yesterday') : formatDay(day),
      entries: among,
      open: index === 0,
    }));
  return [...(pinned.length === 0 ? [] : [{ kind: 'day' as const, name: l10n.t('Pinned'), entries: pinned, open: true }]), ...named];
}

/** The entries that a command of the view means: what is selected, when it was called on one of it, else the one it was called on. */
export function entriesMeant(clicked: unknown, selected: unknown, selection: readonly HistoryNode[]): readonly HistoryEntry[] {
  const one = readNode(clicked);
  const many = Array.isArray(selected) ? selected.flatMap((each) => readNode(each) ?? []) : [];
  if (one) return many.length > 1 && many.some(({ id }) => id === one.id) ? many : [one];
  return selection.flatMap((node) => (node.kind === 'exchange' ? [node.entry] : []));
}

/**
 * The exchange before this one that can be compared with it: the newest of the same file that went to the same service. `entries` come
 * newest first.
 */
export function previousOf(entry: HistoryEntry, entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  return entries.find((other) => other.id < entry.id && isLike(entry, other));
}

/** True for exchanges of the same file with the same service; the sample is the same wherever it runs. */
export function isLike(one: HistoryEntry, other: HistoryEntry): boolean {
  const service = one.sample && other.sample ? one.service.name === other.service.name : one.service.address === other.service.address;
  return service && one.source === other.source;
}

/** How an exchange ended, in a few words: `200 OK`, `no answer`. */
export function outcomeText({ answer }: HistoryEntry): string {
  return answer ? [String(answer.status), answer.statusText].filter((part) => part !== '').join(' ') : l10n.t('no answer');
}

/** What came, in as few words as a line has room for: rows, else the status, else that there was no answer. */
export function shortOutcome(entry: HistoryEntry): string {
  const rows = entry.problem ? '' : rowsText(entry);
  if (rows !== '') return rows;
  return entry.answer ? String(entry.answer.status) : outcomeText(entry);
}

/** How many rows came, in words; empty where no table did. */
export function rowsText({ outputs }: HistoryEntry): string {
  if (outputs.length === 0) return '';
  const rows = outputs.reduce((sum, output) => sum + output.rows, 0);
  if (outputs.length === 1) return rows === 1 ? l10n.t('1 row') : l10n.t('{0} rows', formatCount(rows));
  const outputCount = formatCount(outputs.length);
  return rows === 1 ? l10n.t('1 row in {0} outputs', outputCount) : l10n.t('{0} rows in {1} outputs', formatCount(rows), outputCount);
}

function isExchange(value: unknown): value is Extract<HistoryNode, { kind: 'exchange' }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'exchange' && 'entry' in value;
}

function readNode(value: unknown): HistoryEntry | undefined {
  return isExchange(value) ? value.entry : undefined;
}
