// Pictures of a table's columns: a card each, counted when it comes into sight, a few at a time.

import * as l10n from '@vscode/l10n';
import type { ToTable } from '../../src/ui/tables/messages';
import type { Filter, TableView } from '../../src/model/view';
import type { AnyPage } from '../kit/context';
import { button, h } from '../kit/elements';
import { drawProgress } from '../kit/progress';
import { formatCount } from '../../src/base/format';
import { plural } from '../kit/format';
import { drawCard } from './card';
import { isFiltered } from './query';

/** So many columns are counted in one pass. */
const atOnce = 8;

/** The columns that an answer is about stand first. */
const scored = /^\s*scored (labels|probabilities)/i;

/** The pictures on the page. */
export interface Pictures {
  readonly element: HTMLElement;
  /** Takes news of a count. */
  take(news: Extract<ToTable, { type: 'summary' }>): void;
  update(view: TableView): void;
  /** Shows the card of a column and gives it the focus. */
  goTo(column: number): void;
}

/** Draws them for the table with the number `index`. */
export function drawPictures(page: AnyPage, index: number, first: TableView, onFilter: (filter: Filter) => void): Pictures {
  let view = first;
  const { columns } = first;
  const order = [...columns.keys()].sort(
    (one, other) => Number(scored.test(columns[other]?.name ?? '')) - Number(scored.test(columns[one]?.name ?? '')) || one - other,
  );
  const cards = new Map(order.flatMap((column) => {
    const head = columns[column];
    return head ? [[column, drawCard(head, onFilter)] as const] : [];
  }));
  const byElement = new Map([...cards].map(([column, { element }]) => [element, column] as const));
  const inSight = new Set<number>();
  const counted = new Map<number, number>();
  let busy: readonly number[] = [];
  let stopped = false;

  const bar = drawProgress(l10n.t('Counting'), 'line');
  const words = h('span', { class: 'pictures-words' });
  const stop = button({ label: 'Stop', icon: 'stop', focusKey: `summary-stop-${index}`, run: () => {
    page.send({ type: 'stopSummary', table: index });
    stopped = true;
    for (const column of busy) cards.get(column)?.say('Not counted.');
    busy = [];
    settle();
    again.focus();
  } });
  const again = button({ label: 'Count', icon: 'again', focusKey: `summary-again-${index}`, run: () => {
    stopped = false;
    for (const [column, rows] of counted) if (rows !== view.totalRows) counted.delete(column);
    pump();
    list.focus();
  } });
  const list = h(
    'div',
    { class: 'cards', tabindex: 0, role: 'region', 'aria-label': `Summary of ${first.name}`, 'data-focus': `cards-${index}` },
    ...order.map((column) => cards.get(column)?.element),
  );
  const old = (): boolean => [...counted.values()].some((rows) => rows !== view.totalRows);

  const settle = (done = 0): void => {
    const percent = Math.max(0, Math.min(100, Math.floor(done * 100)));
    bar.element.hidden = stop.hidden = busy.length === 0;
    again.hidden = busy.length > 0 || !(stopped || old());
    again.lastElementChild?.replaceChildren(stopped ? 'Count' : 'Count Again');
    words.textContent =
      busy.length > 0
        ? `Counting ${plural(busy.length, 'column')}… ${percent} %`
        : stopped
          ? 'Counting was stopped.'
          : old()
            ? `${formatCount(view.totalRows)} rows are there now: some of these were counted before.`
            : isFiltered(view.query)
              ? 'Counted over all rows, also those that are filtered out.'
              : `Counted over all ${plural(view.totalRows, 'row')}.`;
    bar.update(done, words.textContent);
  };
  const pump = (): void => {
    if (busy.length > 0 || stopped || page.signal.aborted) return;
    busy = order.filter((column) => inSight.has(column) && !counted.has(column)).slice(0, atOnce);
    for (const column of busy) cards.get(column)?.say('Counting…');
    settle();
    if (busy.length > 0) page.send({ type: 'summarize', table: index, columns: busy });
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const column = target instanceof HTMLElement ? byElement.get(target) : undefined;
      if (column === undefined) continue;
      if (isIntersecting) inSight.add(column);
      else inSight.delete(column);
    }
    pump();
  }, { root: list, rootMargin: '100px' });
  for (const { element } of cards.values()) observer.observe(element);
  page.signal.addEventListener('abort', () => observer.disconnect());
  settle();
  return {
    element: h('div', { class: 'pictures' }, bar.element, h('div', { class: 'pictures-head' }, words, stop, again), list),
    take: ({ columns: asked, done, summaries, problem }) => {
      const ours = busy.length === asked.length && busy.every((column, at) => column === asked[at]);
      for (const summary of summaries ?? []) {
        counted.set(summary.column, summary.rows);
        cards.get(summary.column)?.show(summary);
      }
      if (!ours) return;
      if (!summaries && !problem) {
        settle(done);
        return;
      }
      if (problem) {
        for (const column of asked)
          cards.get(column)?.say([problem.sentence, problem.advice].filter((each) => each !== undefined).join(' '));
        stopped = true;
      }
      // What was asked for and did not come would be asked for without end.
      for (const column of asked) if (summaries && !counted.has(column)) counted.set(column, view.totalRows);
      busy = [];
      settle();
      pump();
    },
    update: (news) => {
      view = news;
      if (busy.length === 0) settle();
    },
    goTo: (column) => {
      const card = cards.get(column);
      card?.element.scrollIntoView({ block: 'nearest' });
      card?.heading.focus();
    },
  };
}
