// The outputs of an answer: a tab each, with its table.

import * as l10n from '@vscode/l10n';
import type { ExchangeView } from '../../src/features/scoring/messages';
import type { ToTable } from '../../src/ui/tables/messages';
import type { TableView } from '../../src/model/view';
import { formatCount } from '../../src/base/format';
import { lookOf, withLook, type Looks } from '../viewer/looks';
import { drawViewer, type Viewer } from '../viewer/viewer';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import type { TabSpec } from '../kit/tabs';

/** The outputs on the page. */
export interface Outputs {
  readonly tabs: readonly TabSpec[];
  /** Hands news of a table to its output. */
  take(news: ToTable): void;
  /** Takes the outputs as they are now. */
  update(tables: readonly TableView[]): void;
}

/** What was looked at before, and who hears what is looked at now. */
export interface OutputsSpec {
  readonly looks: Looks;
  readonly onLooks: (looks: Looks) => void;
}

/** Makes the tabs of the outputs; each is drawn when it is looked at. */
export function makeOutputs(page: PageContext, view: ExchangeView, spec: OutputsSpec): Outputs {
  // News of an output that nobody has looked at yet are kept until somebody does.
  let latest = view.tables;
  let { looks } = spec;
  const viewers = new Map<number, Viewer>();
  const draw = (index: number): Viewer | undefined => {
    const table = latest[index];
    const viewer = table && drawViewer(page, table, index, {
      whole: 'body',
      empty: l10n.t('The service answered with no rows for this output.'),
      look: lookOf(looks, view.key, index),
      onLook: (look) => spec.onLooks((looks = withLook(looks, view.key, index, look))),
    });
    if (viewer) viewers.set(index, viewer);
    return viewer;
  };
  return {
    tabs: view.tables.map((table, index) => ({
      id: `output-${index}`,
      label: table.name,
      detail: shape(table),
      draw: () => {
        const viewer = draw(index);
        return viewer ? { content: viewer.element, tools: viewer.tools } : h('div');
      },
    })),
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

/** How large an output is as it came back, as short as can be. */
function shape({ totalRows, columns, ownColumns }: TableView): string {
  return l10n.t('{0} × {1}', formatCount(totalRows), formatCount(ownColumns ?? columns.length));
}
