// The steps of a job: dots on one line with their times, below each other where there is little room.

import * as l10n from '@vscode/l10n';
import type { JobLook, JobView } from '../../src/features/jobs/messages';
import { formatDate } from '../../src/base/format';
import { h } from '../kit/elements';
import { icon, type IconName } from '../kit/icons';
import { formatMoment, formatSpan, isDate } from './span';
import type { HasTimes, Times } from './times';

/** What of a job the steps are drawn anew for; the times in them go on by themselves. */
export interface ShownSteps extends Pick<JobView, 'timeline' | 'look' | 'state'> {
  readonly has: HasTimes;
  /** How much is uploaded; null while nothing is. */
  readonly percent: number | null;
}

const endIcons: Readonly<Record<JobLook, IconName>> = {
  waiting: 'ok', running: 'ok', finished: 'ok', failed: 'failed', cancelled: 'cancelled', attention: 'warning',
};
const currentIcons: Readonly<Record<JobLook, IconName>> = { ...endIcons, waiting: 'pending', running: 'sending' };

/** Whether nothing follows any more. */
export function isOver(look: JobLook): boolean {
  return look === 'finished' || look === 'failed' || look === 'cancelled';
}

/** Draws them. The one under way, or else the last one taken, says how it stands, how long, and when it is asked for again. */
export function drawSteps({ timeline, look, state, has, percent }: ShownSteps, times: Times): HTMLElement {
  const reached = timeline.findLastIndex(({ at }) => at !== undefined);
  const goesOn = !isOver(look) && (reached < timeline.length - 1 || look === 'waiting' || look === 'running');
  const underWay = timeline.findIndex((step) => step.underWay === true);
  const current = underWay >= 0 ? underWay : goesOn ? reached : -1;
  let before: number | undefined;
  return h('ol', { class: 'timeline' }, ...timeline.map(({ label, at }, index) => {
    const isCurrent = index === current;
    const isLast = index === reached && current < 0;
    const drawing = isCurrent ? currentIcons[look] : at === undefined ? 'pending' : isLast ? endIcons[look] : 'ok';
    // The service's clock need not agree with ours; a step back in time is no duration.
    const tookMs = at === undefined || before === undefined ? -1 : wholeSeconds(at) - wholeSeconds(before);
    const took = tookMs >= 0 ? l10n.t('after {0}', formatSpan(tookMs)) : undefined;
    const moment = at === undefined || !isDate(at) ? undefined
      : h('time', { datetime: new Date(at).toISOString(), title: formatDate(at) }, formatMoment(at, before));
    if (moment) before = at;
    return h('li', { class: `step ${at === undefined && !isCurrent ? 'open' : drawing}`, 'aria-current': isCurrent ? 'step' : undefined },
      icon(drawing),
      h('span', { class: 'step-label' }, label),
      h('span', { class: 'step-when' },
        at === undefined && !isCurrent ? h('span', { class: 'muted' }, l10n.t('not yet')) : moment,
        took === undefined ? undefined : h('span', { class: 'muted' }, took)),
      isCurrent ? drawCurrent(state, percent, has, times) : undefined);
  }));
}

/** The milliseconds of a time as it is shown, so that what lies between two is what a reader makes of them. */
function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

function drawCurrent(state: string, percent: number | null, [elapsed, nextLook, nextTry]: HasTimes, times: Times): HTMLElement {
  return h('span', { class: 'step-now' },
    h('span', { class: 'step-state' }, state),
    percent === null ? undefined : h('span', { class: 'span' }, l10n.t('{0} %', percent)),
    elapsed ? times.elapsed : undefined,
    nextLook ? times.nextLook : undefined,
    nextTry ? times.nextTry : undefined);
}
