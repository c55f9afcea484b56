// The head of a job: how it stands, name, service, from when to when, how long it runs, when it is asked for again, what can be done.

import * as l10n from '@vscode/l10n';
import type { JobLook, JobView } from '../../src/features/jobs/messages';
import { formatDate, formatShortDay } from '../../src/base/format';
import { h } from '../kit/elements';
import { drawHeader, type ChipSpec, type Fact } from '../kit/header';
import type { IconName } from '../kit/icons';
import { refit } from '../kit/oneLine';
import { drawJobActions } from './actions';
import type { JobPageContext } from './context';
import { slot } from '../kit/slot';
import { formatMoment, isDate } from './span';
import { isOver } from './steps';
import { drawTimes, type HasTimes } from './times';

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
  readonly ended: number | null;
  /** The day that it is now: times of another one have theirs. */
  readonly today: string;
  readonly has: HasTimes;
}

/** How often the day is looked at. */
const dayLookMs = 60_000;

/** Draws the head. Its times go on by the page's clock. */
export function drawHead(page: JobPageContext): Head {
  const times = drawTimes(page.signal);
  const line = slot<Shown>(page, 'job-head', ({ title, look, state, service, address, actions, began, ended, has }) => {
    const [isElapsed, isNextLook, isNextTry] = has;
    const facts: Fact[] = [{ name: l10n.t('Service'), value: h('bdi', {}, service), title: address, className: 'fact-source', rank: 5 }];
    if (began !== null) facts.push({ name: l10n.t('Began'), value: formatMoment(began, Date.now()), title: formatDate(began), rank: 2 });
    if (began !== null && ended !== null) {
      const value = h('span', {}, h('span', { 'aria-hidden': 'true' }, '→ '), formatMoment(ended, began));
      facts.push({ name: l10n.t('Ended'), value, title: formatDate(ended), rank: 1 });
    }
    if (isElapsed) facts.push({ name: l10n.t('Duration'), value: times.elapsed, rank: 4 });
    if (isNextLook) facts.push({ value: times.nextLook, rank: 6 });
    if (isNextTry) facts.push({ value: times.nextTry });
    return [drawHeader({
      chip: { tone: tones[look], icon: icons[look], text: state },
      title,
      factsLabel: l10n.t('About this job'),
      facts,
      actions: drawJobActions(page, actions),
    })];
  });
  let shown: Omit<Shown, 'today'> | undefined;
  const show = (): void => {
    if (shown) line.update({ ...shown, today: formatShortDay(Date.now()) });
  };
  const timer = setInterval(show, dayLookMs);
  page.signal.addEventListener('abort', () => clearInterval(timer));
  return {
    element: line.element,
    update: (view) => {
      const { title, look, state, service, address, actions, timeline } = view;
      shown = {
        title, look, state, service, address, actions,
        began: dateOf(timeline[0]?.at), ended: isOver(look) ? dateOf(timeline.at(-1)?.at) : null,
        has: times.update(view),
      };
      show();
      const drawn = line.element.firstElementChild;
      if (drawn instanceof HTMLElement) refit(drawn);
    },
  };
}

function dateOf(at: number | undefined): number | null {
  return at !== undefined && isDate(at) ? at : null;
}
