// The line below a table: what is being made or read, how far it is, and what can be done about it.

import * as l10n from '@vscode/l10n';
import type { TableView } from '../../src/model/view';
import { button, h } from '../kit/elements';
import { drawProgress } from '../kit/progress';
import { formatBytes, formatCount } from '../../src/base/format';
import { visible } from '../kit/visible';
import { workText } from './query';
import type { ViewRequest } from './request';

/** The line on the page. */
export interface StatusLine {
  /** A thin bar that goes above the table. */
  readonly bar: HTMLElement;
  readonly element: HTMLElement;
  update(view: TableView): void;
  /** Says what is marked or looked at, at the right. */
  say(words: string): void;
}

/** Draws it. `size`, which says how much there is, begins it. It stays also while it has nothing else to say: nothing jumps. */
export function drawStatusLine(index: number, size: HTMLElement, request: ViewRequest, onReadOn: () => void): StatusLine {
  const bar = drawProgress(l10n.t('Order of the rows'), 'line');
  bar.element.hidden = true;
  const work = h('span', { class: 'status-words' });
  const working = h(
    'div',
    { class: 'status-part', hidden: true },
    work,
    button({ label: 'Stop', icon: 'stop', focusKey: `stop-${index}`, run: () => request.stop() }),
  );
  const read = h('span', { class: 'status-words' });
  const readBar = drawProgress(l10n.t('Reading the file'), 'inline');
  const readOn = button({ label: 'Read On', icon: 'more', focusKey: `read-on-${index}`, run: onReadOn });
  const reading = h('div', { class: 'status-part reading', hidden: true }, readBar.element, read, readOn);
  const more = h('span', { class: 'status-words' });
  const later = h(
    'div',
    { class: 'status-part later', hidden: true },
    more,
    button({ label: 'Apply Again', icon: 'again', focusKey: `again-${index}`, run: () => request.askAgain() }),
  );
  const place = h('span', { class: 'status-place' });
  const element = h('div', { class: 'status-line' }, size, working, later, reading, place);
  return {
    bar: bar.element,
    element,
    update: (view) => {
      const done = view.working;
      bar.element.hidden = working.hidden = done === undefined;
      if (done !== undefined) {
        const percent = Math.max(0, Math.min(100, Math.floor(done * 100)));
        const words = `${workText(view.query, request.query)}… ${percent} %`;
        bar.update(done, words);
        work.textContent = words;
      }
      later.hidden = request.later <= 0 || done !== undefined;
      if (!later.hidden)
        more.textContent = `${formatCount(request.later)} more ${request.later === 1 ? 'row has' : 'rows have'} been read since.`;
      const state = view.reading?.state;
      reading.hidden = state === undefined || state === 'failed';
      readOn.hidden = state !== 'paused';
      if (view.reading) {
        const { readBytes, totalBytes } = view.reading;
        read.textContent = `${state === 'paused' ? 'Paused: ' : ''}${totalBytes === undefined ? `${formatBytes(readBytes)} read` : `${formatBytes(readBytes)} of ${formatBytes(totalBytes)} read`}`;
        readBar.element.hidden = !totalBytes;
        readBar.update(totalBytes ? readBytes / totalBytes : 0, read.textContent);
      }
    },
    say: (words) => {
      place.textContent = visible(words);
    },
  };
}

/** The sentence that has a screen reader say which order came. */
export function orderSentence(view: TableView): string {
  const { query, matchedRows, totalRows } = view;
  const rows =
    query.filters.length > 0 || query.search !== undefined ? `${formatCount(matchedRows)} of ${formatCount(totalRows)} rows. ` : '';
  const column = query.sort && view.columns[query.sort.column];
  return `${rows}${column ? `Sorted by ${column.name}, ${query.sort?.descending ? 'descending' : 'ascending'}.` : rows !== '' ? '' : 'In the order that the rows came in.'}`.trim();
}
