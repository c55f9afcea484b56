// A node of the history -> how it looks: label, icon by outcome, tooltip, words for screen readers.

import * as vscode from 'vscode';
import type { HistoryEntry } from '../../../model/history';
import { sizeText } from '../../../base/size';
import { clockText, dayText } from '../historySearch';
import { command } from '../../../ui/ids';
import { badFileItem } from '../../../ui/badFileItem';
import { code, markdown, md } from '../../../ui/markdown';
import { outcomeText, rowsText, type HistoryNode } from '../nodes';

/** Where there is little room: `12 May 2026`. */
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** The item of a node. */
export function historyItem(node: HistoryNode): vscode.TreeItem {
  switch (node.kind) {
    case 'day':
      return dayItem(node);
    case 'exchange':
      return exchangeItem(node);
    case 'badFile':
      return badFileItem(node);
    default:
      return node satisfies never;
  }
}

function dayItem({ name, entries, open }: Extract<HistoryNode, { kind: 'day' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(name, open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `day ${name}`;
  item.contextValue = 'day';
  item.description = String(entries.length);
  item.accessibilityInformation = { label: `${name}, ${entries.length} ${entries.length === 1 ? 'request' : 'requests'}` };
  return item;
}

function exchangeItem(node: Extract<HistoryNode, { kind: 'exchange' }>): vscode.TreeItem {
  const { entry } = node;
  const { service, source, startedAt, durationMs, url, problem, pinned, notes } = entry;
  const item = new vscode.TreeItem(source);
  item.id = `exchange ${entry.id}`;
  item.contextValue = pinned ? 'exchange.pinned' : 'exchange';
  const time = clockText(startedAt);
  // The time first: a sidebar is narrow, and often all went to one service. Among pinned ones, which are of many days, the time alone says little.
  item.description = `${pinned ? `${shortDay.format(startedAt)} ` : ''}${time} → ${service.name}`;
  item.iconPath = outcomeIcon(entry);
  const facts = [outcomeText(entry), duration(durationMs), rowsText(entry), pinned ? 'pinned' : ''].filter((part) => part !== '');
  item.tooltip = markdown(
    md`**${source}** → **${service.name}**`,
    md`${dayText(startedAt)} ${time}`,
    md`${facts.join(' · ')}`,
    problem && md`${problem.sentence}`,
    code(url),
    entry.kept.request ? undefined : md`The request (${sizeText(entry.requestBytes)}) was too large to be kept.`,
    entry.answer && !entry.kept.answer ? md`The answer (${sizeText(entry.answer.bytes)}) was too large to be kept.` : undefined,
    ...notes.slice(0, 5).map((note) => md`${note}`),
  );
  item.accessibilityInformation = { label: [`${source} to ${service.name}`, `${dayText(startedAt)} ${time}`, problem ? 'failed' : 'answered', ...facts].join(', ') };
  item.command = { command: command.openExchange, title: 'Open', arguments: [node] };
  return item;
}

function outcomeIcon({ problem, answer, pinned }: HistoryEntry): vscode.ThemeIcon {
  const failed = problem !== undefined || answer === undefined;
  const colour = new vscode.ThemeColor(failed ? 'list.errorForeground' : 'testing.iconPassed');
  return new vscode.ThemeIcon(pinned ? 'pinned' : failed ? 'error' : 'pass', colour);
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1).replace(/\.0$/, '')} s`;
}
