// An answer on the page: head, problem, notes, and the tabs Result, Body and Headers.

import type { ExchangeView } from '../../src/features/scoring/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { TableView } from '../../src/model/view';
import { drawBody } from './body';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { plural } from '../kit/format';
import { drawHeader, statusOf } from './header';
import { drawHeaders } from './headers';
import { drawNotes, drawProblem } from '../kit/problem';
import { answerLabels } from './labels';
import { drawResult, type Result } from './result';
import { tabs, type TabSpec } from '../kit/tabs';
import type { Choice, TabName } from './choice';

/** An answer on the page. */
export interface Answer {
  readonly element: HTMLElement;
  /** Takes news of a table. */
  take(news: ToTable): void;
  /** Takes the tables as they are now; all else of the answer is the same. */
  update(tables: readonly TableView[]): void;
}

/** Draws an answer. `choice` is what the person last looked at; `onChoice` hears what they choose now. */
export function drawAnswer(page: PageContext, view: ExchangeView, choice: Choice, onChoice: (choice: Choice) => void): Answer {
  let result: Result | undefined;
  let { tables } = view;
  let current = choice;
  const choose = (changed: Partial<Choice>): void => {
    current = { ...current, ...changed };
    onChoice(current);
  };
  const { body } = view;
  const parts = new Map<TabName, TabSpec>();
  if (view.tables.length > 0 || !view.problem) {
    parts.set('result', { id: 'result', label: 'Result', draw: () => {
      result = drawResult(
        page,
        { ...view, tables },
        { output: choice.output, looks: choice.looks, onOutput: (output) => choose({ output }), onLooks: (looks) => choose({ looks }) },
      );
      return result.element;
    } });
  }
  if (body) parts.set('body', { id: 'body', label: 'Body', draw: () => drawBody(page, body) });
  parts.set('headers', { id: 'headers', label: 'Headers', draw: () => drawHeaders(view) });

  const names = [...parts.keys()];
  const element = h('article', { class: 'answer', 'aria-label': 'Answer' },
    drawHeader(page, view),
    view.problem && drawProblem(page, view.problem, answerLabels()),
    drawNotes([...(view.past ? ['From the history: what you see is what came back then.'] : []), ...view.notes]),
    tabs({
      label: 'Parts of the answer',
      look: 'main',
      tabs: [...parts.values()],
      selected: names.indexOf(firstTab(view, names, choice.tab)),
      onSelect: (index) => choose({ tab: names[index] }),
    }).element);
  return {
    element,
    take: (news) => {
      if (news.type === 'table') tables = tables.map((each, index) => (index === news.table ? news.view : each));
      result?.take(news);
    },
    update: (news) => {
      tables = news;
      result?.update(news);
    },
  };
}

/** The outcome in a sentence, for those who cannot see it: `200 OK, 1 row in 1 output`. */
export function outcomeOf(view: ExchangeView): string {
  const rows = view.tables.reduce((sum, table) => sum + table.totalRows, 0);
  return view.tables.length === 0 ? statusOf(view) : `${statusOf(view)}, ${plural(rows, 'row')} in ${plural(view.tables.length, 'output')}`;
}

function firstTab(view: ExchangeView, names: readonly TabName[], chosen: TabName | undefined): TabName {
  const useful = chosen !== undefined && names.includes(chosen) && (chosen !== 'result' || view.tables.length > 0);
  if (useful) return chosen;
  if (view.tables.length > 0) return 'result';
  return view.body ? 'body' : 'headers';
}
