// Looks for words in the history: in what a list shows, and in the texts that were sent and came back.

import * as l10n from '@vscode/l10n';
import { formatDay, formatTime } from '../../base/format';
import { Cancelled } from '../../model/errors';
import type { HistoryEntry } from '../../model/history';
import { answerText } from '../../http/answerText';
import type { History } from './historyStore';

/** One search: all words have to be somewhere, in any order, case ignored. What was looked at once is remembered. */
export class HistorySearch {
  private readonly words: readonly string[];
  private readonly found = new Map<string, boolean>();

  /** @param pause lets others run; awaited between entries. */
  constructor(text: string, private readonly history: Pick<History, 'bodies'>, private readonly pause: () => Promise<void>) {
    this.words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  }

  /** The entries that hold all words. Throws Cancelled when `signal` is raised. A damaged body holds nothing. */
  async among(entries: readonly HistoryEntry[], signal: AbortSignal): Promise<readonly HistoryEntry[]> {
    const held: HistoryEntry[] = [];
    for (const entry of entries) {
      if (signal.aborted) throw new Cancelled();
      const known = this.found.get(entry.id) ?? await this.look(entry);
      this.found.set(entry.id, known);
      if (known) held.push(entry);
    }
    return held;
  }

  private async look(entry: HistoryEntry): Promise<boolean> {
    const missing = without(this.words, headText(entry));
    if (missing.length === 0) return true;
    await this.pause();
    const { request, answer } = await this.history.bodies(entry).catch(() => ({ request: undefined, answer: undefined }));
    const rest = request ? without(missing, Buffer.from(request).toString('utf8')) : missing;
    if (rest.length === 0) return true;
    return answer !== undefined && without(rest, answerText({ headers: entry.answer?.headers ?? [], body: answer })).length === 0;
  }
}

/** The words that a text does not hold. */
function without(words: readonly string[], text: string): readonly string[] {
  const lower = text.toLowerCase();
  return words.filter((word) => !lower.includes(word));
}

/** What a list shows of an entry, as it shows it. */
function headText({ source, service, url, startedAt, answer, problem, notes, outputs }: HistoryEntry): string {
  // The date also as ISO writes it, and both in the zone of this machine.
  const date = new Date(startedAt);
  const iso = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  const status = answer ? `${answer.status} ${answer.statusText}` : l10n.t('no answer');
  const words = [problem?.sentence ?? '', problem?.detail ?? '', problem?.advice ?? ''];
  return [
    source,
    service.name,
    service.address,
    url,
    iso,
    formatDay(startedAt),
    formatTime(startedAt),
    status,
    problem ? l10n.t('failed') : l10n.t('answered'),
    ...words,
    ...notes,
    ...outputs.map(({ name }) => name),
  ].join('\n');
}
