// A chart of a few series over places such as hours: bars on top of each other or lines, with its legend, and its numbers as a table.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/base/format';
import { h } from '../elements';
import { drawPlaces, largest, type Place } from './places';

/** What a chart shows. */
export interface ChartSpec {
  readonly title: string;
  readonly form: 'bars' | 'lines';
  /** What the places are, such as `Hour`: heads the first column of the table. */
  readonly places: { readonly name: string; readonly labels: readonly string[] };
  /** A name and a number for each place, none below 0; at most four series are told apart. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** A number with its unit; thousands are set apart where there is none. */
  readonly format?: (value: number) => string;
}

/** Draws a chart with a button that shows its numbers instead. */
export function drawChart({ title, form, places: { name, labels }, series, format = formatCount }: ChartSpec): HTMLElement {
  const places = labels.map((label, at): Place => {
    const values = series.map((each) => each.values[at] ?? 0);
    const numbers = series.map((each, index) => `${each.name} ${format(values[index] ?? 0)}`);
    return { values, words: `${label}: ${numbers.join(', ')}` };
  });
  const said = h('p', { class: 'chart-said' });
  const picture = h(
    'div',
    { class: 'chart-picture' },
    h('div', { class: 'axis-top' }, format(largest(places, form))),
    drawPlaces({
      label: title,
      places,
      form,
      onLook: (at) => {
        said.textContent = at === undefined ? '' : (places[at]?.words ?? '');
      },
    }),
    h('div', { class: 'axis' }, h('span', {}, labels[0] ?? ''), h('span', {}, labels.length > 1 ? (labels.at(-1) ?? '') : '')),
    said,
  );
  const table = drawNumbers({ label: l10n.t('{0} in numbers', title), name, labels, series, format });
  table.hidden = true;
  const asTable = h(
    'button',
    { type: 'button', class: 'tool', 'aria-pressed': 'false', 'aria-label': l10n.t('As Table: {0}', title) },
    h('span', {}, l10n.t('As Table')),
  );
  asTable.addEventListener('click', () => {
    table.hidden = !table.hidden;
    picture.hidden = !table.hidden;
    asTable.setAttribute('aria-pressed', String(!table.hidden));
  });
  const legend = series.length < 2
    ? undefined
    : h('ul', { class: 'chart-legend' }, ...series.map((each, index) =>
      h('li', {}, h('span', { class: `chart-key series-${index}`, 'aria-hidden': 'true' }), each.name)));
  return h('figure', { class: 'chart', 'aria-label': title },
    h('figcaption', { class: 'chart-head' }, h('span', { class: 'chart-title' }, title), legend, asTable), picture, table);
}

function drawNumbers({ label, name, labels, series, format }: {
  readonly label: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly series: ChartSpec['series'];
  readonly format: (value: number) => string;
}): HTMLElement {
  const heads = [name, ...series.map((each) => each.name)];
  return h('div', { class: 'chart-table', tabindex: 0, role: 'region', 'aria-label': label },
    h('table', {},
      h('thead', {}, h('tr', {}, ...heads.map((head, at) => h('th', { scope: 'col', class: at === 0 ? 'words' : undefined }, head)))),
      h('tbody', {}, ...labels.map((place, at) => h('tr', {},
        h('th', { scope: 'row', class: 'words' }, place),
        ...series.map(({ values }) => h('td', {}, format(values[at] ?? 0))))))));
}
