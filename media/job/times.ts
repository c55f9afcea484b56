// How long a job runs already, and when it is asked for or tried again: words that go on by the page's clock.

import * as l10n from '@vscode/l10n';
import type { JobView } from '../../src/features/jobs/messages';
import { drawSpan } from './liveSpan';
import { formatSpan } from './span';

/** Which of the words a job has just now. */
export type HasTimes = readonly [elapsed: boolean, nextLook: boolean, nextTry: boolean];

/** The words on the page, each an element of its own. */
export interface Times {
  readonly elapsed: HTMLElement;
  readonly nextLook: HTMLElement;
  readonly nextTry: HTMLElement;
  readonly update: (view: JobView) => HasTimes;
}

/** Draws them, for one place on the page. */
export function drawTimes(signal: AbortSignal): Times {
  const elapsed = drawSpan(formatSpan, signal);
  const look = drawSpan((ms) => (ms >= 0 ? l10n.t('Checking now') : l10n.t('Next check in {0}', formatSpan(-ms + 999))), signal);
  const tried = drawSpan((ms) => (ms >= 0 ? l10n.t('Trying now') : l10n.t('Next try in {0}', formatSpan(-ms + 999))), signal);
  return {
    elapsed: elapsed.element,
    nextLook: look.element,
    nextTry: tried.element,
    update: ({ elapsedMs, nextLookMs, nextTryMs, running }) => {
      if (elapsedMs !== undefined) elapsed.update(elapsedMs, running);
      if (nextLookMs !== undefined) look.update(-nextLookMs, true);
      if (nextTryMs !== undefined) tried.update(-nextTryMs, true);
      return [elapsedMs !== undefined, nextLookMs !== undefined, nextTryMs !== undefined];
    },
  };
}
