// An answer on the page: its head, what is wrong, the tabs of its outputs, Body, Headers and Request, and what is to be known.

import * as l10n from '@vscode/l10n';
import type { ExchangeView } from '../../src/features/scoring/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { TableView } from '../../src/model/view';
import { formatCount } from '../../src/base/format';
import { drawBody } from './body';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { drawHeader, statusOf } from './header';
import { drawHeaders } from './headers';
import { drawNotes } from '../kit/notes';
import { drawBriefProblem, drawProblem, withoutRetry } from '../kit/problem';
import { answerLabels } from './labels';
import { makeOutputs } from './result';
import { attemptsOf, drawSentRequest } from './sentRequest';
import { tabs, type TabSpec } from '../kit/tabs';
import type { Choice, TabName } from './choice';

/** An answer on the page. */
export interface Answer {
  readonly element: HTMLElement;
  /** Takes news of a table. */
  take(news: ToTable): void;
  /** Takes the tables as they are now; all else of the answer is the same. */
  update(tables: readonly TableView[]): void;
  /** Takes whether it is pinned in the history by now; undefined where it is not there. */
  pin(pinned: boolean | undefined): void;
}

/**
 * Draws an answer. `choice` is what the person last looked at; `onChoice` hears what they choose now. `pinned` tells whether it is pinned
 * in the history; undefined where it is not there.
 */
export function drawAnswer(
  page: PageContext,
  view: ExchangeView,
  choice: Choice,
  onChoice: (choice: Choice) => void,
  pinned: boolean | undefined,
): Answer {
  let current = choice;
  const choose = (changed: Partial<Choice>): void => {
    current = { ...current, ...changed };
    onChoice(current);
  };
  const { body, problem, tables } = view;
  const outputs = makeOutputs(page, view, { looks: choice.looks, onLooks: (looks) => choose({ looks }) });
  const parts: { readonly name: TabName; readonly output?: number; readonly tab: TabSpec }[] = outputs.tabs.map((tab, output) => ({
    name: 'result', output, tab,
  }));
  if (body) parts.push({ name: 'body', tab: { id: 'body', label: l10n.t('Body'), draw: () => drawBody(page, body) } });
  if (view.status !== undefined)
    parts.push({ name: 'headers', tab: { id: 'headers', label: l10n.t('Headers'), draw: () => drawHeaders(view) } });
  parts.push({ name: 'request', tab: { id: 'request', label: l10n.t('Request'), draw: () => drawSentRequest(page, view) } });

  const wanted = choice.tab ?? (tables.length > 0 ? 'result' : 'body');
  const output = Math.min(choice.output, tables.length - 1);
  const at = parts.findIndex((part) => part.name === wanted && (part.output ?? output) === output);
  const notes = [
    ...(view.past ? [l10n.t('From the history: what you see is what came back then.')] : []),
    ...(view.earlierAttempts.length > 0 ? [attemptsOf(view)] : []),
    ...(tables.length === 0 && !problem && body ? [l10n.t('The answer is not a table of results. The body shows it as it came.')] : []),
    ...view.notes,
  ];
  const hasData = tables.length > 0;
  const shown = problem && withoutRetry(problem);
  const head = drawHeader(page, view, pinned);
  const element = h('article', { class: 'answer', 'aria-label': l10n.t('Answer') },
    head.element,
    // What is wrong pushes nothing down but where there is nothing to be pushed.
    shown && !hasData ? drawProblem(page, shown, answerLabels()) : undefined,
    tabs({
      label: l10n.t('Parts of the answer'),
      look: 'main',
      tabs: parts.map(({ tab }) => tab),
      selected: Math.max(0, at),
      onSelect: (index) => {
        const part = parts[index];
        if (part) choose({ tab: part.name, ...(part.output === undefined ? {} : { output: part.output }) });
      },
    }).element,
    shown && hasData ? drawBriefProblem(page, shown, answerLabels()) : undefined,
    drawNotes(notes));
  return {
    element, take: (news) => outputs.take(news), update: (news) => outputs.update(news), pin: (news) => head.update(news),
  };
}

/** The outcome in a sentence, for those who cannot see it: `200 OK, 1 row in 1 output`. */
export function outcomeOf(view: ExchangeView): string {
  const rows = view.tables.reduce((sum, table) => sum + table.totalRows, 0);
  const outputs = view.tables.length;
  if (outputs === 0) return statusOf(view);
  if (outputs === 1) {
    return rows === 1
      ? l10n.t('{0}, 1 row in 1 output', statusOf(view))
      : l10n.t('{0}, {1} rows in 1 output', statusOf(view), formatCount(rows));
  }
  return rows === 1
    ? l10n.t('{0}, 1 row in {1} outputs', statusOf(view), formatCount(outputs))
    : l10n.t('{0}, {1} rows in {2} outputs', statusOf(view), formatCount(rows), formatCount(outputs));
}
