// The result tab: one output, or a row of tabs with one for each.

import type { ExchangeView } from '../../src/features/scoring/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { TableView } from '../../src/model/view';
import { lookOf, withLook, type Looks } from '../viewer/looks';
import { drawViewer, type Viewer } from '../viewer/viewer';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { plural } from '../kit/format';
import { tabs } from '../kit/tabs';

/** The result tab on the page. */
export interface Result {
  readonly element: HTMLElement;
  /** Hands news of a table to its output. */
  take(news: ToTable): void;
  /** Takes the outputs as they are now. */
  update(tables: readonly TableView[]): void;
}

/** What was looked at before, and who hears what is looked at now. */
export interface ResultSpec {
  readonly output: number;
  readonly looks: Looks;
  readonly onOutput: (output: number) => void;
  readonly onLooks: (looks: Looks) => void;
}

/** Draws the outputs. */
export function drawResult(page: PageContext, view: ExchangeView, spec: ResultSpec): Result {
  // News of an output that nobody has looked at yet are kept until somebody does.
  let latest = view.tables;
  let { looks } = spec;
  const viewers = new Map<number, Viewer>();
  const draw = (index: number): HTMLElement => {
    const table = latest[index];
    if (!table) return h('p', { class: 'empty' }, 'The answer is not a table of results. The Body tab shows it as it came.');
    const viewer = drawViewer(page, table, index, {
      whole: 'body',
      empty: 'The service answered with no rows for this output.',
      buttons: [],
      look: lookOf(looks, view.key, index),
      onLook: (look) => spec.onLooks((looks = withLook(looks, view.key, index, look))),
    });
    viewers.set(index, viewer);
    return viewer.element;
  };
  const element =
    view.tables.length < 2
      ? draw(0)
      : tabs({
          label: 'Outputs',
          look: 'sub',
          tabs: view.tables.map((table, index) => ({
            id: `output-${index}`,
            label: table.name,
            detail: plural(table.totalRows, 'row'),
            draw: () => draw(index),
          })),
          selected: Math.min(spec.output, view.tables.length - 1),
          onSelect: spec.onOutput,
        }).element;
  return {
    element,
    take: (news) => {
      if (news.type === 'table') latest = latest.map((each, index) => (index === news.table ? news.view : each));
      viewers.get(news.table)?.take(news);
    },
    update: (tables) => {
      latest = tables;
      for (const [index, viewer] of viewers) {
        const table = tables[index];
        if (table) viewer.update(table);
      }
    },
  };
}
