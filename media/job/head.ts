// The head of a job: how it stands, what it is called, which service, how long it runs, when it is asked for again, what can be done.

import * as l10n from '@vscode/l10n';
import type { JobLook, JobView } from '../../src/features/jobs/messages';
import { h } from '../kit/elements';
import { drawHeader, type ChipSpec, type Fact } from '../kit/header';
import type { IconName } from '../kit/icons';
import { refit } from '../kit/oneLine';
import { drawJobActions } from './actions';
import type { JobPageContext } from './context';
import { slot } from '../kit/slot';
import { drawSpan } from './liveSpan';
import { formatMoment, formatSpan, isDate } from './span';

const icons: Readonly<Record<JobLook, IconName>> = {
  waiting: 'pending',
  running: 'sending',
  finished: 'ok',
  failed: 'failed',
  cancelled: 'cancelled',
  attention: 'warning',
};
const tones: Readonly<Record<JobLook, ChipSpec['tone']>> = {
  waiting: 'quiet',
  running: 'going',
  finished: 'ok',
  failed: 'failed',
  cancelled: 'quiet',
  attention: 'warning',
};

/** The head on the page. */
export interface Head {
  readonly element: HTMLElement;
  readonly update: (view: JobView) => void;
}

/** What of a job the line is drawn anew for; the times in it go on by themselves. */
interface Shown extends Pick<JobView, 'title' | 'look' | 'state' | 'service' | 'address' | 'actions'> {
  readonly began: number | null;
  readonly has: readonly boolean[];
}

/** Draws the head. Its times go on by the page's clock. */
export function drawHead(page: JobPageContext): Head {
  const elapsed = drawSpan(formatSpan, page.signal);
  const next = drawSpan(
    (ms) => (ms >= 0 ? l10n.t('Checking now') : l10n.t('Next check in {0}', formatSpan(-ms + 999))),
    page.signal,
  );
  const tried = drawSpan((ms) => (ms >= 0 ? l10n.t('Trying now') : l10n.t('Next try in {0}', formatSpan(-ms + 999))), page.signal);
  const line = slot<Shown>(page, 'job-head', ({ title, look, state, service, address, actions, began, has }) => {
    const [isElapsed, isNext, isTried] = has;
    const facts: Fact[] = [{ name: l10n.t('Service'), value: h('bdi', {}, service), title: address, className: 'fact-source', rank: 5 }];
    if (began !== null) facts.push({ name: l10n.t('Began'), value: formatMoment(began, Date.now()), rank: 2 });
    if (isElapsed) facts.push({ name: l10n.t('Duration'), value: elapsed.element, rank: 4 });
    if (isNext) facts.push({ value: next.element, rank: 6 });
    if (isTried) facts.push({ value: tried.element });
    return [drawHeader({
      chip: { tone: tones[look], icon: icons[look], text: state },
      title,
      factsLabel: l10n.t('About this job'),
      facts,
      actions: drawJobActions(page, actions),
    })];
  });
  return {
    element: line.element,
    update: (view) => {
      const { title, look, state, service, address, actions, elapsedMs, nextLookMs, nextTryMs, running, timeline } = view;
      const began = timeline[0]?.at;
      if (elapsedMs !== undefined) elapsed.update(elapsedMs, running);
      if (nextLookMs !== undefined) next.update(-nextLookMs, true);
      if (nextTryMs !== undefined) tried.update(-nextTryMs, true);
      line.update({
        title, look, state, service, address, actions,
        began: began !== undefined && isDate(began) ? began : null,
        has: [elapsedMs, nextLookMs, nextTryMs].map((ms) => ms !== undefined),
      });
      const drawn = line.element.firstElementChild;
      if (drawn instanceof HTMLElement) refit(drawn);
    },
  };
}
