// From change to change: asks the editor for the next one, goes there, and says which one it is.

import * as l10n from '@vscode/l10n';
import type { FromComparePage, ShownPlace, ToComparePage } from '../../src/features/history/messages';
import { formatCount } from '../../src/base/format';
import type { PageOf } from '../kit/context';
import { h } from '../kit/elements';
import { givesWay, refit } from '../kit/oneLine';
import type { Viewer } from '../viewer/viewer';

/** The steps of a comparison on the page. */
export interface Steps {
  /** Says which change one is at. */
  readonly element: HTMLElement;
  /** Goes to the next change, or to the one before. */
  go(forth: boolean): void;
  /** Where somebody is in the output that is looked at, for the next comparison of the same two; undefined where they are nowhere. */
  at(): ShownPlace | undefined;
  /** Goes to the change that somebody was at in an output before the two were compared again, as soon as its rows are in order. */
  stay(output: number, viewer: Viewer): void;
  /** The rows of a table may be in order by now. */
  inOrder(): void;
  /** Takes what the editor has found. */
  take(found: Extract<ToComparePage, { type: 'change' }>): void;
}

/** An output and its table on the page. */
interface Shown {
  readonly output: number;
  readonly viewer: Viewer;
}

/**
 * Makes them for the comparison of that number; F7 goes on and Shift+F7 back. `current` brings the output whose changes are meant into
 * view, and `shown` is the one that is looked at; `beside` gives the other column of a pair.
 */
export function makeSteps(
  page: PageOf<FromComparePage>,
  comparison: number,
  current: () => Shown | undefined,
  shown: () => Shown | undefined,
  beside: (output: number, column: number) => number | undefined,
): Steps {
  const element = h('span', { class: 'compare-place muted', [givesWay]: 31 });
  /** The output whose change has been asked for and has not come. */
  let asked: Shown | undefined;
  /** The output whose rows are still put in order. */
  let waiting: Shown | undefined;
  const say = (words: string, sentence: string): void => {
    element.textContent = words;
    refit(element);
    page.announce(sentence);
  };
  const none = (): void => say(l10n.t('no change'), l10n.t('No cell that is shown has changed.'));
  const go = (forth: boolean): void => {
    waiting = undefined;
    asked = current();
    if (!asked) return none();
    const { output, viewer } = asked;
    page.send({ type: 'findChange', comparison, output, forth, ...viewer.place() });
  };
  const inOrder = (): void => {
    if (!waiting?.viewer.inOrder()) return;
    asked = waiting;
    waiting = undefined;
    page.send({ type: 'sameChange', comparison, output: asked.output, columns: asked.viewer.place().columns });
  };
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'F7' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    // Neither the browser nor the editor has its own use of the key here.
    event.stopPropagation();
    go(!event.shiftKey);
  }, { signal: page.signal });
  return {
    element,
    go,
    at: () => {
      const looked = shown();
      const place = looked?.viewer.place();
      return looked && place?.from && place.from.row >= 0 ? { output: looked.output, ...place } : undefined;
    },
    stay: (output, viewer) => {
      waiting = { output, viewer };
      inOrder();
    },
    inOrder,
    take: ({ output, place }) => {
      if (asked?.output !== output) return;
      const { viewer } = asked;
      asked = undefined;
      if (!place) return none();
      const other = beside(output, place.column);
      // Scrolled no further than it takes, both are in sight where they fit.
      if (other !== undefined && viewer.place().columns.includes(other)) viewer.goTo({ row: place.row, column: other });
      viewer.goTo({ row: place.row, column: place.column });
      const [index, total] = [formatCount(place.index), formatCount(place.total)];
      say(l10n.t('{0} of {1}', index, total), l10n.t('Change {0} of {1}.', index, total));
    },
  };
}
