// A node of the history -> how it looks: label, icon by outcome, tooltip, words for screen readers.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatBytes, formatCount, formatDate, formatMinute, formatSeconds, formatTime, formatWhen } from '../../../base/format';
import type { HistoryEntry } from '../../../model/history';
import { command } from '../../../ui/ids';
import { badFileItem } from '../../../ui/badFileItem';
import { code, markdown, md } from '../../../ui/markdown';
import { outcomeText, rowsText, shortOutcome, type HistoryNode } from '../nodes';

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
  const count = formatCount(entries.length);
  item.description = count;
  item.accessibilityInformation = {
    label: entries.length === 1 ? l10n.t('{0}, 1 request', name) : l10n.t('{0}, {1} requests', name, count),
  };
  return item;
}

function exchangeItem(node: Extract<HistoryNode, { kind: 'exchange' }>): vscode.TreeItem {
  const { entry } = node;
  const { service, source, startedAt, durationMs, url, problem, pinned, notes } = entry;
  const item = new vscode.TreeItem(source);
  item.id = `exchange ${entry.id}`;
  item.contextValue = pinned ? 'exchange.pinned' : 'exchange';
  // Below its day the time is enough; pinned ones are of many days.
  const when = pinned ? formatWhen(startedAt, Date.now()) : formatMinute(startedAt);
  // What differs most from line to line comes first, as the end of a line is cut in a narrow sidebar; often all went to one service.
  item.description = `${[shortOutcome(entry), formatSeconds(durationMs), when].join(' · ')} → ${service.name}`;
  item.iconPath = outcomeIcon(entry);
  const facts = [outcomeText(entry), formatSeconds(durationMs), rowsText(entry), pinned ? l10n.t('pinned') : ''].filter(
    (part) => part !== '',
  );
  item.tooltip = markdown(
    md`**${source}** → **${service.name}**`,
    md`${formatDate(startedAt)}`,
    md`${facts.join(' · ')}`,
    problem && md`${problem.sentence}`,
    code(url),
    entry.kept.request ? undefined : md`${l10n.t('The request ({0}) was too large to be kept.', formatBytes(entry.requestBytes))}`,
    entry.answer && !entry.kept.answer
      ? md`${l10n.t('The answer ({0}) was too large to be kept.', formatBytes(entry.answer.bytes))}`
      : undefined,
    ...notes.slice(0, 5).map((note) => md`${note}`),
  );
  // The status says that an answer came, and the group above says the day.
  const spoken = [
    l10n.t('{0} to {1}', source, service.name),
    ...(problem && entry.answer ? [l10n.t('failed')] : []),
    ...facts,
    pinned ? formatDate(startedAt) : formatTime(startedAt),
  ];
  item.accessibilityInformation = { label: spoken.join(', ') };
  item.command = { command: command.openExchange, title: l10n.t('Open'), arguments: [node] };
  return item;
}

function outcomeIcon({ problem, answer, pinned }: HistoryEntry): vscode.ThemeIcon {
  const failed = problem !== undefined || answer === undefined;
  const colour = new vscode.ThemeColor(failed ? 'list.errorForeground' : 'testing.iconPassed');
  return new vscode.ThemeIcon(pinned ? 'pinned' : failed ? 'error' : 'pass', colour);
}
