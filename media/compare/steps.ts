// From change to change: asks the editor for the next one, goes there, and says which one it is.

import * as l10n from '@vscode/l10n';
import type { FromComparePage, ToComparePage } from '../../src/features/history/messages';
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
  /** Takes what the editor has found. */
  take(found: Extract<ToComparePage, { type: 'change' }>): void;
}

/** Makes them; F7 goes on and Shift+F7 back. `current` brings the output whose changes are meant into view. */
export function makeSteps(
  page: PageOf<FromComparePage>,
  current: () => { readonly output: number; readonly viewer: Viewer } | undefined,
): Steps {
  const element = h('span', { class: 'compare-place muted', [givesWay]: 31 });
  /** The output whose change has been asked for and has not come. */
  let asked: { readonly output: number; readonly viewer: Viewer } | undefined;
  const say = (words: string, sentence: string): void => {
    element.textContent = words;
    refit(element);
    page.announce(sentence);
  };
  const none = (): void => say(l10n.t('no change'), l10n.t('No cell that is shown has changed.'));
  const go = (forth: boolean): void => {
    asked = current();
    if (!asked) return none();
    const { output, viewer } = asked;
    page.send({ type: 'findChange', output, forth, ...viewer.place() });
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
    take: ({ output, place }) => {
      if (asked?.output !== output) return;
      const { viewer } = asked;
      asked = undefined;
      if (!place) return none();
      viewer.goTo({ row: place.row, column: place.column });
      const [index, total] = [formatCount(place.index), formatCount(place.total)];
      say(l10n.t('{0} of {1}', index, total), l10n.t('Change {0} of {1}.', index, total));
    },
  };
}
