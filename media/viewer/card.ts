// What one column holds: a picture, the figures beside it, and both as a table for those who read numbers.

import * as l10n from '@vscode/l10n';
import type { Bin, ColumnSummary, Filter, ViewColumn } from '../../src/model/view';
import { h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { plural } from '../kit/format';
import { drawPlaces } from '../kit/chart/places';
import { nameOf, neighbour } from './query';

/** A text of so many UTF-16 units may be only the beginning of one that was counted. */
const perhapsCut = 199;

/** A longer name, in UTF-16 units, is cut in its middle: columns that are made by a program differ at the end. */
const longestName = 56;

/** Whole numbers up to here are exact; others are shown with so many digits. */
const digits = 10;

/** A card on the page. */
export interface Card {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  /** Shows what the column holds. */
  show(summary: ColumnSummary): void;
  /** Says why there is nothing to see. */
  say(words: string): void;
}

/** Draws an empty card. `onFilter` hears a filter when a bar is chosen. */
export function drawCard(column: ViewColumn, onFilter: (filter: Filter) => void): Card {
  const name = nameOf(column);
  const heading = h('h3', { tabindex: -1, title: name }, h('bdi', {}, shortened(name)));
  const place = h('div', { class: 'card-content' });
  const toggle = h(
    'button',
    { type: 'button', class: 'tool', 'aria-pressed': 'false', 'aria-label': `As Table: ${name}`, hidden: true },
    h('span', {}, 'As Table'),
  );
  let summary: ColumnSummary | undefined;
  const draw = (): void => {
    if (!summary) return;
    const asTable = toggle.getAttribute('aria-pressed') === 'true';
    place.replaceChildren(asTable ? drawTable(summary, name) : drawPicture(summary, name, onFilter), drawFacts(summary));
  };
  toggle.addEventListener('click', () => {
    toggle.setAttribute('aria-pressed', String(toggle.getAttribute('aria-pressed') !== 'true'));
    draw();
  });
  const element = h(
    'section',
    { class: 'card', 'aria-label': name },
    h(
      'div',
      { class: 'card-head' },
      h(
        'div',
        { class: 'card-name' },
        heading,
        column.type === undefined ? undefined : h('span', { class: 'muted card-type', title: column.type }, column.type),
      ),
      toggle,
    ),
    place,
  );
  return {
    element,
    heading,
    show: (news) => {
      summary = news;
      toggle.hidden = false;
      draw();
    },
    say: (words) => {
      if (!summary) place.replaceChildren(h('p', { class: 'muted' }, words));
    },
  };
}

function drawPicture(summary: ColumnSummary, name: string, onFilter: (filter: Filter) => void): HTMLElement {
  return summary.kind === 'number' ? drawNumbers(summary, name, onFilter) : drawTexts(summary, name, onFilter);
}

function drawNumbers(summary: Extract<ColumnSummary, { kind: 'number' }>, name: string, onFilter: (filter: Filter) => void): HTMLElement {
  const { bins, rows, column } = summary;
  if (bins.length === 0)
    return h('p', { class: 'muted' }, rows === summary.empty ? 'All its cells are empty.' : 'It holds no finite numbers.');
  const said = h('p', { class: 'card-said' });
  const words = (bin: Bin): string => `${binText(bin)}: ${plural(bin.count, 'row')} (${share(bin.count, rows)})`;
  const picture = drawPlaces({
    label: `How the numbers of ${name} are spread`,
    places: bins.map((bin) => ({ values: [bin.count], words: words(bin) })),
    form: 'bars',
    onLook: (at) => {
      const bin = at === undefined ? undefined : bins[at];
      said.textContent = bin ? words(bin) : '';
    },
    onChoose: {
      words: (place) => l10n.t('{0}. Filter by it.', place.words),
      run: (at) => {
        const bin = bins[at];
        if (!bin) return;
        // All bars but the last stand for numbers below their end.
        const end = bin === bins.at(-1) ? bin.to : neighbour(bin.to, -1);
        onFilter({ kind: 'range', column, least: bin.from, most: Math.max(bin.from, end) });
      },
    },
  });
  const [least, most] = [figure(summary.least), figure(summary.most)];
  const tallest = plural(Math.max(...bins.map(({ count }) => count)), 'row');
  return h(
    'div',
    { class: 'numbers' },
    h('div', { class: 'axis-top', title: `The tallest bar stands for ${tallest}.` }, tallest),
    picture,
    h(
      'div',
      { class: 'axis' },
      h('span', { title: String(summary.least) }, least),
      h('span', { title: String(summary.most) }, most === least ? '' : most),
    ),
    said,
  );
}

function drawTexts(
  { top, rows, column, empty, distinct, atLeast }: Extract<ColumnSummary, { kind: 'text' }>,
  name: string,
  onFilter: (filter: Filter) => void,
): HTMLElement {
  if (top.length === 0) return h('p', { class: 'muted' }, rows === empty ? 'All its cells are empty.' : 'Nothing was counted.');
  const most = Math.max(1, ...top.map(({ count }) => count));
  // Bars that stand for one row each say nothing.
  if (most === 1 && top.length > 1)
    return h(
      'p',
      {},
      atLeast ? `At least ${formatCount(distinct)} values are different.` : `All ${formatCount(distinct)} values are different.`,
    );
  return h(
    'ul',
    { class: 'tops', 'aria-label': `The most frequent of ${plural(distinct, 'value')} of ${name}` },
    ...top.map(({ text, count }) => {
      const bar = h('span', { class: 'top-bar', 'aria-hidden': 'true' }, h('span', { class: 'top-bit' }));
      if (bar.firstElementChild instanceof HTMLElement) bar.firstElementChild.style.width = `${Math.max(1, (count / most) * 100)}%`;
      const line = h(
        'button',
        { type: 'button', class: 'top', title: `Only rows with: ${text}` },
        h('bdi', { class: 'top-text' }, text),
        bar,
        h('span', { class: 'top-count' }, `${formatCount(count)} (${share(count, rows)})`),
      );
      line.addEventListener('click', () => onFilter({ kind: text.length < perhapsCut ? 'is' : 'contains', column, text }));
      return h('li', {}, line);
    }),
  );
}

function drawTable(summary: ColumnSummary, name: string): HTMLElement {
  const [heads, lines] =
    summary.kind === 'number'
      ? [
          ['From', 'To', 'Rows', 'Share'],
          summary.bins.map(({ from, to, count }) => [String(from), String(to), formatCount(count), share(count, summary.rows)]),
        ]
      : [['Value', 'Rows', 'Share'], summary.top.map(({ text, count }) => [text, formatCount(count), share(count, summary.rows)])];
  const isWords = (at: number): boolean => summary.kind === 'text' && at === 0;
  return h(
    'div',
    { class: 'card-table', tabindex: 0, role: 'region', 'aria-label': `${name} in numbers` },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...heads.map((head, at) => h('th', { scope: 'col', class: isWords(at) ? 'words' : undefined }, head)))),
      h(
        'tbody',
        {},
        ...lines.map((line) => h('tr', {}, ...line.map((cell, at) => h('td', { class: isWords(at) ? 'words' : undefined }, cell)))),
      ),
    ),
  );
}

function drawFacts(summary: ColumnSummary): HTMLElement {
  const facts: (readonly [string, string])[] = [['Rows', formatCount(summary.rows)], ['Empty', formatCount(summary.empty)]];
  if (summary.kind === 'text') facts.push(['Distinct', `${summary.atLeast ? 'at least ' : ''}${formatCount(summary.distinct)}`]);
  else {
    if (summary.other > 0) facts.push(['Not numbers', formatCount(summary.other)]);
    if (summary.bins.length > 0)
      facts.push(
        ['Mean', figure(summary.mean)],
        ['Std. dev.', figure(summary.deviation)],
        ['Minimum', figure(summary.least)],
        ['Maximum', figure(summary.most)],
      );
  }
  return h('dl', { class: 'card-facts' }, ...facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}

function binText({ from, to }: Bin): string {
  return from === to ? figure(from) : `${figure(from)} to ${figure(to)}`;
}

function figure(value: number): string {
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(digits)));
}

function shortened(name: string): string {
  if (name.length <= longestName) return name;
  const end = Math.floor(longestName / 2);
  // Half a character on either side of the gap is none.
  return `${name.slice(0, longestName - end - 1).replace(/[\ud800-\udbff]$/, '')}…${name.slice(-end).replace(/^[\udc00-\udfff]/, '')}`;
}

function share(count: number, rows: number): string {
  const percent = rows === 0 ? 0 : (count / rows) * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  // Rounded to whole numbers two halves would be more than all.
  return `${Number(percent.toFixed(1))} %`;
}
