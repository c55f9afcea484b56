// One output that both exchanges have: what differs, in words, in figures by column, and row by row.

import * as l10n from '@vscode/l10n';
import type { ComparedHead, ComparedTable, FromComparePage } from '../../src/features/history/messages';
import type { CellView, TableView, ViewColumn } from '../../src/model/view';
import type { PageOf } from '../kit/context';
import { formatCount } from '../../src/base/format';
import { h } from '../kit/elements';
import { drawPlacard } from '../kit/placard';
import type { TableLook } from '../viewer/looks';
import { drawHeads } from './heads';
import { drawViewer, type Viewer } from '../viewer/viewer';

/** How a table is looked at, and who hears of it. */
export interface OutputRest {
  readonly allRows: boolean;
  readonly tolerance: string;
  readonly look: TableLook;
  readonly onLook: (look: TableLook) => void;
}

/** An output on the page; without a viewer when there is no row to show. */
export interface ComparedOutput {
  readonly element: HTMLElement;
  readonly viewer: Viewer | undefined;
}

/** Draws an output. `index` is the number that the editor knows its table by. */
export function drawOutput(
  page: PageOf<FromComparePage>,
  compared: ComparedTable,
  view: TableView | undefined,
  index: number,
  spec: OutputRest,
): ComparedOutput {
  const bare = view === undefined || (view.totalRows === 0 && !spec.allRows);
  const viewer = bare
    ? undefined
    : drawViewer(page, view, index, {
        whole: 'body',
        empty: l10n.t('Both answers have no rows.'),
        placeName: (column, cell) => placeName(view.columns[column], cell(0)),
        look: spec.look,
        onLook: spec.onLook,
      });
  const rest = viewer?.element ?? (compared.same ? drawSame(drawFacts(compared), spec.tolerance) : drawNoRows(compared));
  return { element: h('div', { class: 'compare-output' }, rest), viewer };
}

/** The row by its number in the answers, which may not have come yet; of a pair its column, and which of the two it is. */
function placeName(column: ViewColumn | undefined, row: CellView | undefined): string {
  const name = [column?.group, column?.name].filter((part) => part !== undefined).join(', ');
  return typeof row === 'string' ? l10n.t('Row {0}, {1}', formatCount(Number(row)), name) : name;
}

/** Draws the two exchanges, and what differs in each output: in words, and in figures by column. */
export function drawSummary(before: ComparedHead, after: ComparedHead, compared: readonly ComparedTable[]): HTMLElement {
  return h(
    'div',
    { class: 'compare-summary', tabindex: 0, role: 'region', 'aria-label': l10n.t('Summary'), 'data-focus': 'summary' },
    drawHeads(before, after),
    ...compared.map((table) =>
      h('section', { 'aria-label': table.name }, h('h2', { title: table.name }, table.name), drawFacts(table), drawColumns(table)),
    ),
  );
}

function drawFacts({ facts }: ComparedTable): HTMLElement {
  return h('ul', { class: 'compare-facts' }, ...facts.map((fact) => h('li', {}, fact)));
}

/** What differs is in no row, such as a column that only one of the two has. */
function drawNoRows(compared: ComparedTable): HTMLElement {
  return drawPlacard('info', l10n.t('No row to show'), 'h2', drawFacts(compared));
}

function drawSame(facts: HTMLElement, tolerance: string): HTMLElement {
  const words = tolerance === '0' ? [h('p', {}, l10n.t('Columns, types, and every cell of the two tables.'))] : [];
  return drawPlacard('ok', l10n.t('Everything is the same'), 'h2', ...words, facts);
}

/** The columns that differ, most rows first as they come; one that holds text has no figures. */
function drawColumns({ name, columns }: ComparedTable): HTMLElement | undefined {
  if (columns.length === 0) return undefined;
  const names = [l10n.t('Column'), l10n.t('Rows that differ'), l10n.t('Largest difference'), l10n.t('Mean difference')];
  const heads = names.map((head, index) => h('th', { scope: 'col', class: index === 0 ? undefined : 'figure' }, head));
  const rows = columns.map((column) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, column.name),
      ...[column.rows, column.most, column.mean].map((figure) =>
        h('td', { class: 'figure' }, figure === '' ? h('span', { class: 'muted' }, l10n.t('text')) : figure),
      ),
    ),
  );
  return h('div', { class: 'compare-columns', tabindex: 0, role: 'region', 'aria-label': l10n.t('Columns of {0} that differ', name) },
    h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)));
}
