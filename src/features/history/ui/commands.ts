// What can be done with exchanges of the history: open, send again, pin, delete, compare, search.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatCount, formatDay, formatTime } from '../../../base/format';
import { InvalidInput } from '../../../model/errors';
import type { HistoryEntry } from '../../../model/history';
import type { Service } from '../../../model/service';
import type { ScoreRequest } from '../../../protocols/protocol';
import { isMasked } from '../historySafe';
import type { ServiceStore } from '../../services';
import { askChoice, askText, askToConfirm, askWhich, type Choice } from '../../../ui/ask';
import { serviceGone } from '../../scoring';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { command, view } from '../../../ui/ids';
import { notify, type Button } from '../../../ui/notices';
import type { AnswerPanel, Runs } from '../../scoring';
import { plain, type PlainText } from '../../../ui/plain';
import { confirmUntrusted } from '../../../ui/trust';
import { deleteAllQuestion } from '../deleteAll';
import { entriesMeant, isLike, outcomeText, previousOf, rowsText } from '../nodes';
import type { HistoryFeature } from './historyFeature';
import { exchangeGone } from './texts';

/** What the commands need besides the feature. */
export interface HistoryCommandParts {
  readonly services: ServiceStore;
  readonly runs: Runs;
  readonly panel: AnswerPanel;
  readonly reporter: ErrorReporter;
  readonly startSample: () => Promise<Service>;
  readonly readRequest: (text: string, service?: Service) => ScoreRequest;
}

type Run = (...args: readonly unknown[]) => Promise<unknown> | void;

/** The commands by their ids. */
export function historyCommands(parts: HistoryCommandParts, feature: HistoryFeature): ReadonlyMap<string, Run> {
  const { history, tree, texts } = feature;
  const meant = (clicked: unknown, selected: unknown): readonly HistoryEntry[] => entriesMeant(clicked, selected, tree.selection);
  /** The one that is meant, or picked where none is. */
  const one = async (title: PlainText, clicked: unknown, selected: unknown): Promise<HistoryEntry> => {
    const [entry] = meant(clicked, clicked === undefined ? selected : undefined);
    return entry ?? pick(title, await filled());
  };
  const some = async (title: PlainText, clicked: unknown, selected: unknown): Promise<readonly HistoryEntry[]> => {
    const entries = meant(clicked, selected);
    return entries.length > 0 ? entries : [await pick(title, await filled())];
  };
  const filled = async (): Promise<readonly HistoryEntry[]> => {
    const entries = await feature.entries();
    if (entries.length === 0) throw historyEmpty();
    return entries;
  };
  const compare = (...entries: readonly [HistoryEntry, HistoryEntry]): Promise<void> => compareTwo(feature, ...entries);

  return new Map<string, Run>([
    [
      command.openExchange,
      async (clicked, selected) => {
        const { id } = await one(plain(l10n.t('Open Which Request?')), clicked, selected);
        const exchange = await feature.past(id);
        if (!exchange) throw exchangeGone();
        parts.panel.showPast(exchange, id);
      },
    ],
    [
      command.sendExchangeAgain,
      async (clicked, selected) => sendPast(parts, feature, (await one(plain(l10n.t('Send Which Request Again?')), clicked, selected)).id),
    ],
    [
      command.openExchangeRequest,
      async (clicked, selected) => texts.openRequest((await one(plain(l10n.t('Open the Text of Which Request?')), clicked, selected)).id),
    ],
    [
      command.copyExchangeCode,
      async (clicked, selected) => {
        const entry = await one(plain(l10n.t('Copy Which Request as Code?')), clicked, selected);
        const exchange = await history.exchange(entry.id);
        if (!exchange) throw exchangeGone();
        await vscode.commands.executeCommand(command.copyCode, { ...exchange, address: entry.service.address });
      },
    ],
    [
      command.pinExchange,
      async (clicked, selected) =>
        history.pin(
          (await some(plain(l10n.t('Pin Which Request?')), clicked, selected)).map(({ id }) => id),
          true,
        ),
    ],
    [
      command.unpinExchange,
      async (clicked, selected) =>
        history.pin(
          (await some(plain(l10n.t('Unpin Which Request?')), clicked, selected)).map(({ id }) => id),
          false,
        ),
    ],
    [
      command.deleteExchange,
      async (clicked, selected) => remove(parts, feature, await some(plain(l10n.t('Delete Which Request?')), clicked, selected)),
    ],
    [
      command.compareExchange,
      async (clicked, selected) => {
        const entry = await one(plain(l10n.t('Compare Which Request?')), clicked, selected);
        await compare(entry, await pickOther(entry, await filled()));
      },
    ],
    [
      command.comparePrevious,
      async (clicked, selected) => {
        const entry = await one(plain(l10n.t('Compare Which Request With the Previous One?')), clicked, selected);
        const previous = previousOf(entry, await filled());
        if (!previous) {
          throw new InvalidInput({
            sentence: l10n.t('There is no earlier request of "{0}" to "{1}" in the history.', entry.source, entry.service.name),
            advice: l10n.t('Compare With… takes any other.'),
          });
        }
        await compare(entry, previous);
      },
    ],
    [
      command.compareExchanges,
      async (clicked, selected) => {
        const [first, second, ...more] = meant(clicked, selected);
        if (more.length > 0) {
          throw new InvalidInput({
            sentence: l10n.t('{0} requests are selected, and two can be compared.', formatCount(more.length + 2)),
            advice: l10n.t('Select two of them.'),
          });
        }
        const entries = await filled();
        const entry = first ?? (await pick(plain(l10n.t('Compare Which Request?')), entries));
        await compare(entry, second ?? (await pickOther(entry, entries)));
      },
    ],
    [
      command.searchHistory,
      async () => {
        tree.setSearch(
          await askText({
            title: plain(l10n.t('Search History')),
            prompt: plain(
              l10n.t('Show only what holds all these words: file, service, URL, status, date, or anything in the request or the answer'),
            ),
            value: tree.searchText,
            check: () => undefined,
          }),
        );
        await vscode.commands.executeCommand(`${view.history}.focus`);
      },
    ],
    [command.clearHistorySearch, () => tree.setSearch('')],
    [command.deleteHistory, () => removeAll(feature)],
  ]);
}

/** The earlier one is the first, whichever was chosen first. */
function compareTwo({ comparison }: HistoryFeature, ...entries: readonly [HistoryEntry, HistoryEntry]): Promise<void> {
  const [before, after] = [...entries].sort((first, second) => (first.id < second.id ? -1 : 1)).map(({ id }) => id);
  return comparison.show(before ?? '', after ?? '');
}

/** Asks for another request and compares the two. Throws InvalidInput where it is gone, or the only one. */
export async function comparePast(feature: HistoryFeature, id: string): Promise<void> {
  const entry = await feature.history.find(id);
  if (!entry) throw exchangeGone();
  await compareTwo(feature, entry, await pickOther(entry, await feature.entries()));
}

/** Sends a request of the history once more, to its service as it is now. Throws InvalidInput when it cannot be sent as it was. */
export async function sendPast(
  { services, runs, panel, startSample, readRequest }: HistoryCommandParts,
  { history }: HistoryFeature,
  id: string,
): Promise<void> {
  const [entry, exchange] = [await history.find(id), await history.exchange(id)];
  if (!entry || !exchange) throw exchangeGone();
  const { requestBody } = exchange;
  if (entry.own) {
    throw new InvalidInput({
      sentence: l10n.t('The call "{0}" was made with Try It, so it is not sent again from the history.', entry.source),
      advice: l10n.t('Try It asks for the operation: its key is chosen there.'),
      actions: ['tryCall'],
    });
  }
  if (requestBody === '' && entry.requestBytes > 0) {
    throw new InvalidInput({
      sentence: l10n.t('The request "{0}" is not in the history, as it was too large to be kept.', entry.source),
      advice: l10n.t('Send its file instead.'),
    });
  }
  if (isMasked(requestBody)) {
    throw new InvalidInput({
      sentence: l10n.t('The request "{0}" held a secret that was masked before it was kept, so it is not sent again.', entry.source),
      advice: l10n.t('Open the request, copy it into a file, put the secret back, and send the file.'),
    });
  }
  const service = entry.sample ? await startSample() : services.find(entry.service.address);
  if (!service) throw serviceGone(entry.service);
  await confirmUntrusted(
    plain(l10n.t('Send "{0}" again, from a folder that you do not trust?', entry.source)),
    plain(l10n.t('The text goes with your key to:\n{0} ({1})', service.name, service.address)),
    plain(l10n.t('Send')),
  );
  const request = readRequest(requestBody, service);
  const item = { file: entry.file ?? `history:${entry.id}`, source: entry.source, service, read: () => Promise.resolve(request) };
  panel.reveal();
  await runs.send([item]).over;
}

/** One goes at once and can be taken back; several are asked about. */
async function remove(
  { reporter }: HistoryCommandParts,
  { history }: HistoryFeature,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const [first, ...more] = entries;
  if (!first) return;
  if (more.length > 0) {
    await askToConfirm(
      plain(l10n.t('Delete {0} requests from the history?', formatCount(entries.length))),
      plain(l10n.t('They are deleted with their answers, which cannot be taken back.')),
      plain(l10n.t('Delete')),
    );
    return history.remove(entries.map(({ id }) => id));
  }
  const taken = await history.take(first.id);
  if (!taken) return;
  // Not awaited: the message may stay for long, and the command is over.
  const undo: Button = { title: plain(l10n.t('Undo')) };
  void notify('information', plain(l10n.t('Deleted "{0}" of {1} from the history.', first.source, formatTime(first.startedAt))), undo).then(
    (chosen) => {
      void reporter.run(async () => {
        if (chosen === undo) await history.putBack(taken);
      });
    },
  );
}

async function removeAll(feature: HistoryFeature): Promise<void> {
  const entries = await feature.entries();
  const unreadable = await feature.history.unreadable();
  if (entries.length === 0 && unreadable === 0) throw historyEmpty();
  const { question, detail, ways } = deleteAllQuestion({
    count: entries.length,
    pinned: entries.filter((entry) => entry.pinned).length,
    unreadable,
  });
  const way = await askWhich(question, detail, ways);
  await feature.history.removeAll(way !== ways.length - 1);
}

function historyEmpty(): InvalidInput {
  return new InvalidInput({ sentence: l10n.t('The history is empty.'), advice: l10n.t('What you send to a service is kept there.') });
}

function nothingElse(): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('There is nothing in the history to compare it with.'),
    advice: l10n.t('Send another request first.'),
  });
}

function choice(entry: HistoryEntry): Choice<HistoryEntry> {
  const { source, service, startedAt, problem, answer, pinned } = entry;
  return {
    icon: problem || !answer ? 'error' : 'pass',
    label: plain(source),
    description: pinned ? plain(l10n.t('→ {0} · pinned', service.name)) : plain`→ ${service.name}`,
    detail: plain(
      [`${formatDay(startedAt)} ${formatTime(startedAt)}`, outcomeText(entry), rowsText(entry)].filter((part) => part !== '').join(' · '),
    ),
    value: entry,
  };
}

function pick(title: PlainText, entries: readonly HistoryEntry[]): Promise<HistoryEntry> {
  return askChoice(title, plain(l10n.t('Choose a request, by its file, service or date')), entries.map(choice));
}

/** Asks for another one; those of the same file with the same service stand first. */
function pickOther(entry: HistoryEntry, entries: readonly HistoryEntry[]): Promise<HistoryEntry> {
  const others = entries.filter(({ id }) => id !== entry.id);
  if (others.length === 0) throw nothingElse();
  const title = plain(l10n.t('Compare "{0}" of {1} With', entry.source, formatTime(entry.startedAt)));
  return pick(title, [...others.filter((other) => isLike(entry, other)), ...others.filter((other) => !isLike(entry, other))]);
}
