// A chart of a few series over places such as hours: bars on top of each other or lines, with its legend, and its numbers as a table.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/base/format';
import { h } from '../elements';
import { icon } from '../icons';
import { drawPlaces, largest, type Place } from './places';
import { seriesClass, type Tone } from './shapes';

/** What a chart shows. */
export interface ChartSpec {
  readonly title: string;
  readonly form: 'bars' | 'lines';
  /** What the places are, such as `Hour`: heads the first column of the table. `ticks` are words below some of them. */
  readonly places: {
    readonly name: string;
    readonly labels: readonly string[];
    /** Name the places across redraws. */
    readonly keys?: readonly string[];
    readonly ticks?: readonly { readonly at: number; readonly text: string }[];
  };
  /** A name and a number for each place, none below 0; at most four series are told apart. `tone` is what it means. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[]; readonly tone?: Tone }[];
  /** Places of which nothing is known, which are hatched; `words` say so, in the legend and of each of them. */
  readonly missing?: { readonly at: readonly boolean[]; readonly words: string };
  /** Stands beside the title, such as what one bar is. */
  readonly note?: string;
  /** A number with its unit; thousands are set apart where there is none. */
  readonly format?: (value: number) => string;
  /** How wide the picture is, in pixels, as far as that is known. */
  readonly widthPx?: number;
  /** Names its parts across redraws. */
  readonly focusKey?: string;
  /** Shows the numbers elsewhere, in place of the chart's own table. */
  readonly onTable?: () => void;
  /** Hears which place was chosen. */
  readonly onChoose?: { readonly run: (at: number) => void; readonly words: (words: string) => string };
}

/** Draws a chart with a button that shows its numbers instead. */
export function drawChart(spec: ChartSpec): HTMLElement {
  const { title, form, places: { labels, keys, ticks }, series, missing, note, format = formatCount } = spec;
  const { widthPx, focusKey, onTable, onChoose } = spec;
  const places = labels.map((label, at): Place => {
    const key = keys?.[at];
    const named = key === undefined ? {} : { key };
    if (missing?.at[at] === true) return { values: undefined, words: `${label}: ${missing.words}`, ...named };
    const values = series.map((each) => each.values[at] ?? 0);
    const numbers = series.map((each, index) => `${each.name} ${format(values[index] ?? 0)}`);
    return { values, words: `${label}: ${numbers.join(', ')}`, ...named };
  });
  const said = h('p', { class: 'chart-said' });
  const picture = h(
    'div',
    { class: 'chart-picture' },
    h('div', { class: 'axis-top' }, format(largest(places, form))),
    drawPlaces({
      label: title, places, form, tones: series.map(({ tone }) => tone), ...(widthPx === undefined ? {} : { widthPx }),
      ...(focusKey === undefined ? {} : { focusKey }),
      onLook: (at) => {
        said.textContent = at === undefined ? '' : (places[at]?.words ?? '');
      },
      ...(onChoose ? { onChoose: { run: onChoose.run, words: ({ words }: Place) => onChoose.words(words) } } : {}),
    }),
    ticks ? drawTicks(ticks, labels.length)
      : h('div', { class: 'axis' }, h('span', {}, labels[0] ?? ''), h('span', {}, labels.length > 1 ? (labels.at(-1) ?? '') : '')),
    said,
  );
  const table = onTable ? undefined : drawNumbers(spec, format);
  const asTable = h(
    'button',
    {
      type: 'button', class: 'tool', 'aria-pressed': onTable ? undefined : 'false', 'aria-label': l10n.t('As Table: {0}', title),
      'data-focus': focusKey === undefined ? undefined : `${focusKey}-table`,
    },
    icon('table'), h('span', {}, l10n.t('As Table')),
  );
  asTable.addEventListener('click', () => {
    if (!table) return onTable?.();
    table.hidden = !table.hidden;
    picture.hidden = !table.hidden;
    asTable.setAttribute('aria-pressed', String(!table.hidden));
  });
  return h('figure', { class: 'chart', 'aria-label': title },
    h('figcaption', { class: 'chart-head' },
      h('span', { class: 'chart-title' }, title), note === undefined ? undefined : h('span', { class: 'muted' }, note), asTable,
      drawLegend(spec)),
    picture, table);
}

function drawLegend({ form, series, missing }: ChartSpec): HTMLElement | undefined {
  const hasMissing = missing?.at.includes(true) === true;
  if (series.length < 2 && !hasMissing) return undefined;
  const key = (className: string, name: string): HTMLElement =>
    h('li', {}, h('span', { class: `chart-key ${className}`, 'aria-hidden': 'true' }), name);
  return h('ul', { class: 'chart-legend' },
    ...(series.length < 2 ? [] : series.map(({ name, tone }, index) =>
      key([...(form === 'lines' ? ['line'] : []), seriesClass(index, tone)].join(' '), name))),
    ...(hasMissing ? [key('hatched', missing.words)] : []));
}

/** Words that begin where the places do that they are of. */
function drawTicks(ticks: readonly { readonly at: number; readonly text: string }[], count: number): HTMLElement {
  return h('div', { class: 'axis ticks', 'aria-hidden': 'true' }, ...ticks.map(({ at, text }) => {
    const tick = h('span', {}, text);
    tick.style.left = `${(at / Math.max(1, count)) * 100}%`;
    return tick;
  }));
}

function drawNumbers({ title, places: { name, labels }, series, missing }: ChartSpec, format: (value: number) => string): HTMLElement {
  const heads = [name, ...series.map((each) => each.name)];
  const table = h('div', { class: 'chart-table', tabindex: 0, role: 'region', 'aria-label': l10n.t('{0} in numbers', title) },
    h('table', {},
      h('thead', {}, h('tr', {}, ...heads.map((head, at) => h('th', { scope: 'col', class: at === 0 ? 'words' : undefined }, head)))),
      h('tbody', {}, ...labels.map((place, at) => h('tr', {},
        h('th', { scope: 'row', class: 'words' }, place),
        ...series.map(({ values }) => h('td', {}, missing?.at[at] === true ? '' : format(values[at] ?? 0))))))));
  table.hidden = true;
  return table;
}
