// The one panel that compares two exchanges: used again for the next two, restored after a reload.

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import {
  readFromComparePage, readSavedPair, readSavedTolerance, type ComparedHead, type FromComparePage, type ShownPlace,
  type ToComparePage,
} from '../messages';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import type { Disposable } from '../../../model/lifetime';
import type { TableOpener } from '../../../model/openTable';
import { yieldToOthers } from '../../../base/yieldToOthers';
import { compareExchanges, type Comparison } from '../compare';
import type { ErrorReporter } from '../../../ui/errorReporter';
import type { TextPart } from '../textOf';
import { exchangeGone } from './texts';
import { panel as panelId } from '../../../ui/ids';
import { ChangeSteps, type ChangeMark } from '../compareSteps';
import { tellingChanges } from '../compareTable';
import { noTolerance, readTolerance } from '../compareTolerance';
import { SingletonPanel } from '../../../ui/singletonPanel';
import { TableHost } from '../../../ui/tables/tableHost';
import type { TableDialogs } from '../../../ui/tables/tablesTaken';

/** What the panel needs from outside. */
export interface ComparePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly reporter: ErrorReporter;
  readonly dialogs: TableDialogs;
  readonly opener: () => Promise<TableOpener>;
  /** An exchange with its tables, by its id; undefined when it is gone. */
  readonly exchange: (id: string) => Promise<Exchange | undefined>;
  readonly diff: (before: string, after: string, part: TextPart) => Promise<void>;
}

/** Cells of the tables that show the differences. */
const shownCells = 1_000_000;

/** Two exchanges by their ids, as they are compared. */
interface Pair {
  readonly before: string;
  readonly after: string;
}

/** Shows two exchanges beside each other and passes the person's requests on. */
export class ComparePanel implements Disposable {
  private readonly tableHost: TableHost;
  private readonly panel: SingletonPanel<ToComparePage>;
  private pair: Pair | undefined;
  private allRows = false;
  private tolerance = readTolerance(noTolerance);
  /** What the page has given for it. */
  private given: string | undefined;
  /** The number of the comparison whose tables there are, and of the first one since two were chosen. */
  private comparison = 0;
  private first = 0;
  /** By the numbers of the outputs. */
  private readonly steps = new Map<number, ChangeSteps>();
  /** The change that somebody was at before the two were compared again. */
  private marked: { readonly output: number; readonly mark: ChangeMark } | undefined;
  /** The work on what is shown; another comparison stops it. */
  private work = new AbortController();
  private done: Extract<ToComparePage, { type: 'compare' | 'comparing' }> | undefined;

  constructor(private readonly parts: ComparePanelParts) {
    this.panel = new SingletonPanel({
      extensionUri: parts.extensionUri, actions: parts.reporter.actions, id: panelId.compare, page: 'compare', title: l10n.t('Comparison'),
      onMessage: (message) => {
        const request = readFromComparePage(message, parts.reporter.actions);
        if (request) void parts.reporter.run(() => this.handle(request));
      },
      gone: () => {
        this.work.abort();
        this.pair = undefined;
        this.done = undefined;
        this.clear();
      },
    });
    this.tableHost = new TableHost({
      send: (message) => this.send(message),
      describe: (error) => parts.reporter.describe(error),
      dialogs: parts.dialogs,
    });
  }

  /** Compares two exchanges, the earlier one first, and brings the panel into view. */
  async show(before: string, after: string): Promise<void> {
    this.panel.show();
    this.allRows = false;
    this.tolerance = readTolerance(noTolerance);
    this.given = undefined;
    this.marked = undefined;
    this.first = this.comparison + 1;
    await this.compare({ before, after });
  }

  /** Takes over a panel that a reload has left; `state` is what its page had saved. */
  adopt(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel.take(panel);
    const [before, after] = readSavedPair(state) ?? [];
    this.tolerance = readTolerance(readSavedTolerance(state) ?? noTolerance) ?? readTolerance(noTolerance);
    if (before !== undefined && after !== undefined) void this.parts.reporter.run(() => this.compare({ before, after }));
    else this.done = { type: 'comparing', key: '', problem: nothingToCompare() };
  }

  dispose(): void {
    this.work.abort();
    this.tableHost.dispose();
    this.panel.dispose();
  }

  private async handle(request: FromComparePage): Promise<void> {
    if ('table' in request) return this.tableHost.handle(request);
    const { pair } = this;
    // Until others are compared, their page shows the two that were.
    if ('comparison' in request && request.comparison < this.first) return;
    switch (request.type) {
      case 'ready':
        this.panel.markReady();
        return this.tell();
      case 'swap':
        return this.compareAgain(request, (shown) => ({ before: shown.after, after: shown.before }));
      case 'allRows':
        this.allRows = request.on;
        return this.compareAgain(request);
      case 'tolerance': {
        const read = readTolerance(request.text);
        if (!read) return this.send({ type: 'badTolerance', sentence: badTolerance(this.tolerance?.text ?? noTolerance) });
        this.tolerance = read;
        this.given = request.text;
        return this.compareAgain(request);
      }
      case 'sameChange': {
        if (request.comparison !== this.comparison) return;
        const { marked } = this;
        this.marked = undefined;
        if (marked?.output !== request.output) return;
        const place = await this.steps.get(request.output)?.again(marked.mark, request.columns);
        return this.send({ type: 'change', output: request.output, ...(place ? { place } : {}) });
      }
      case 'findChange': {
        if (request.comparison !== this.comparison) return;
        const place = await this.steps.get(request.output)?.find(request);
        return this.send({ type: 'change', output: request.output, ...(place ? { place } : {}) });
      }
      case 'diffAnswers':
        return pair && this.parts.diff(pair.before, pair.after, 'answer');
      case 'diffRequests':
        return pair && this.parts.diff(pair.before, pair.after, 'request');
      case 'action':
        return this.parts.reporter.act(request.action, { retry: async () => pair && this.compare(pair) });
      default:
        return request satisfies never;
    }
  }

  /** Compares what is shown otherwise, and keeps in mind which change somebody is at. */
  private async compareAgain(
    { comparison, at }: { readonly comparison: number; readonly at?: ShownPlace },
    otherwise: (shown: Pair) => Pair = (shown) => shown,
  ): Promise<void> {
    if (!this.pair) return;
    // At once, since what is asked for next is of the two as they are by then.
    const pair = otherwise(this.pair);
    this.pair = pair;
    // A page that has not been told yet knows only where somebody was in tables that are gone.
    if (comparison !== this.comparison) return this.compare(pair);
    const { work } = this;
    // Whatever keeps it from being found keeps nobody from comparing.
    const mark = at && (await this.steps.get(at.output)?.mark(at).catch(() => undefined));
    // Meanwhile others may have been chosen; or these have been compared otherwise once more, with all that was asked for until then.
    if (pair !== this.pair || work !== this.work) return;
    this.marked = mark && at ? { output: at.output, mark } : undefined;
    return this.compare(pair);
  }

  private async compare(pair: Pair): Promise<void> {
    this.work.abort();
    const work = new AbortController();
    this.work = work;
    this.pair = pair;
    const { tolerance, given } = this;
    const pause = (): Promise<void> => yieldToOthers(work.signal);
    const key = `${pair.before} ${pair.after}`;
    this.done = { type: 'comparing', key };
    this.send(this.done);
    try {
      const [before, after] = [await this.parts.exchange(pair.before), await this.parts.exchange(pair.after)];
      if (!before || !after) throw exchangeGone();
      const found = await compareExchanges(before, after, {
        allRows: this.allRows,
        maxCells: shownCells,
        pause,
        ...(tolerance?.tolerance ? { tolerance: tolerance.tolerance } : {}),
      });
      const opener = await this.parts.opener();
      if (work.signal.aborted) return;
      this.clear();
      found.outputs.forEach(({ name, table, cells }, index) =>
        this.tableHost.put(index, {
          name,
          open: () => {
            const open = tellingChanges(opener.openHeld(table), table, cells);
            this.steps.set(index, new ChangeSteps(open, table, cells, pause));
            return open;
          },
        }),
      );
      this.done = {
        type: 'compare', key, comparison: this.comparison, first: this.first, before: head(before), after: head(after),
        ...parts(found), views: [], allRows: this.allRows, tolerance: tolerance?.text ?? noTolerance,
        ...(given === undefined ? {} : { givenTolerance: given }),
      };
      if (this.panel.current) this.panel.current.title = titleOf(before.source, after.source);
    } catch (error) {
      if (error instanceof Cancelled || work.signal.aborted) return;
      this.clear();
      this.done = { type: 'comparing', key, problem: this.parts.reporter.describe(error) };
    }
    await this.tell();
  }

  /** Tells the page how things stand now, with the tables as they are looked at. */
  private async tell(): Promise<void> {
    const { done, work } = this;
    if (!done) return;
    const views = done.type === 'compare' ? await this.tableHost.views() : [];
    if (work !== this.work || done !== this.done) return;
    if (done.type !== 'compare') return this.send(done);
    const stay = this.marked?.output;
    this.send({ ...done, views, ...(stay !== undefined && done.compared[stay]?.hasChanges ? { stay } : {}) });
  }

  private clear(): void {
    this.comparison += 1;
    this.steps.clear();
    this.tableHost.clear();
  }

  private send(message: ToComparePage): void {
    if (this.panel.listens) this.panel.send(message);
  }
}

function titleOf(before: string, after: string): string {
  return before === after ? l10n.t('Comparison: {0}', before) : l10n.t('Comparison: {0} ↔ {1}', before, after);
}

function badTolerance(inUse: string): string {
  return l10n.t('A tolerance is a number of 0 or more, such as 0.001, or a share such as 1%. The comparison still uses {0}.', inUse);
}

function nothingToCompare(): ErrorParts {
  return {
    sentence: l10n.t('There is nothing to compare.'),
    advice: l10n.t('Select two requests in the History and choose Compare Requests.'),
  };
}

function parts({
  outputs,
  notes,
  same,
  unknown,
}: Comparison): Pick<Extract<ToComparePage, { type: 'compare' }>, 'compared' | 'notes' | 'same' | 'unknown'> {
  return {
    compared: outputs.map(({ name, same: alike, difference, hasChanges, facts, columns, sides }) => ({
      name, same: alike, ...(difference === undefined ? {} : { difference }), hasChanges, facts, columns, sides,
    })),
    notes,
    same,
    ...(unknown ? { unknown } : {}),
  };
}

function head({ service, source, startedAt, durationMs, answer }: Exchange): ComparedHead {
  return { service: service.name, source, startedAt, durationMs, ...(answer ? { status: answer.status } : {}) };
}
