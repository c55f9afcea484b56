// Bars that lie below each other, each with its name and number: what is compared has names, and is no course of time.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/base/format';
import { h } from '../elements';
import { icon } from '../icons';
import { moved } from '../tabs';
import { seriesClass, type Tone } from './shapes';

/** One bar. */
export interface NamedBar {
  readonly title: string;
  /** Beside the title; empty where there is nothing to say. */
  readonly detail: string;
  /** One number for each series, none below 0. */
  readonly values: readonly number[];
}

/** What they show. */
export interface NamedBarsSpec {
  readonly title: string;
  readonly bars: readonly NamedBar[];
  readonly series: readonly { readonly name: string; readonly tone?: Tone }[];
  /** Stands below, such as what is left out; empty where there is nothing to say. */
  readonly note: string;
  readonly format?: (value: number) => string;
  /** Names its parts across redraws. */
  readonly focusKey: string;
  readonly onTable: () => void;
  /** Hears which was chosen. */
  readonly onChoose?: { readonly run: (at: number) => void; readonly words: (words: string) => string };
}

/** Draws them with a button that shows their numbers as a table. The arrow keys go from bar to bar. */
export function drawNamedBars(
  { title, bars, series, note, format = formatCount, focusKey, onTable, onChoose }: NamedBarsSpec,
): HTMLElement {
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...sums);
  const drawn = bars.map((bar, at) => {
    const sum = sums[at] ?? 0;
    const numbers = series.map(({ name }, index) => `${name} ${format(bar.values[index] ?? 0)}`).join(', ');
    const words = `${[bar.title, bar.detail].filter((part) => part !== '').join(', ')}: ${numbers}`;
    const track = h('span', { class: 'named-track', 'aria-hidden': 'true' }, ...bar.values.flatMap((value, index) => {
      if (value === 0) return [];
      const part = h('span', { class: `named-part ${seriesClass(index, series[index]?.tone)}` });
      part.style.width = `${(value / most) * 100}%`;
      return [part];
    }));
    const element = h(
      'button',
      {
        type: 'button', class: 'named-bar', title: words, tabindex: at === 0 ? 0 : -1, 'data-focus': `${focusKey}-${at}`,
        'aria-disabled': onChoose ? undefined : 'true',
      },
      h('span', { class: 'named-title' }, bar.title, bar.detail === '' ? undefined : h('span', { class: 'muted' }, ` ${bar.detail}`)),
      h('span', { class: 'named-number' }, format(sum)),
      // What the track shows to those who see it.
      h('span', { class: 'unseen' }, onChoose ? onChoose.words(numbers) : numbers),
      track,
    );
    element.addEventListener('click', () => onChoose?.run(at));
    element.addEventListener('focus', () => drawn.forEach((each, index) => (each.tabIndex = index === at ? 0 : -1)));
    element.addEventListener('keydown', (event) => {
      const next = moved(event.key, at, drawn.length, ['ArrowUp', 'ArrowDown']);
      if (next === undefined) return;
      event.preventDefault();
      drawn[next]?.focus();
    });
    return element;
  });
  const asTable = h(
    'button',
    { type: 'button', class: 'tool', 'aria-label': l10n.t('As Table: {0}', title), 'data-focus': `${focusKey}-table` },
    icon('table'), h('span', {}, l10n.t('As Table')),
  );
  asTable.addEventListener('click', onTable);
  return h('figure', { class: 'chart', 'aria-label': title },
    h('figcaption', { class: 'chart-head' }, h('span', { class: 'chart-title' }, title), asTable),
    h('ul', { class: 'named-bars' }, ...drawn.map((each) => h('li', {}, each))),
    note === '' ? undefined : h('p', { class: 'muted' }, note));
}
