// The head of a job: what it is called, how it stands, how long it runs, when it is asked for again.

import type { JobLook, JobView } from '../../src/features/jobs/messages';
import { button, h } from '../kit/elements';
import { icon, type IconName } from '../kit/icons';
import type { JobPageContext } from './context';
import { slot } from '../kit/slot';
import { drawSpan } from './liveSpan';
import { formatSpan } from './span';

const icons: Readonly<Record<JobLook, IconName>> = {
  waiting: 'pending',
  running: 'sending',
  finished: 'ok',
  failed: 'failed',
  cancelled: 'cancelled',
  attention: 'warning',
};
const tones: Readonly<Record<JobLook, string>> = {
  waiting: 'quiet',
  running: 'busy-now',
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

/** Draws the head. Its times go on by the page's clock. */
export function drawHead(page: JobPageContext): Head {
  const elapsed = drawSpan(formatSpan, page.signal);
  const next = drawSpan((ms) => (ms >= 0 ? 'Checking now' : `Next check in ${formatSpan(-ms + 999)}`), page.signal);
  const tried = drawSpan((ms) => (ms >= 0 ? 'Trying now' : `Next try in ${formatSpan(-ms + 999)}`), page.signal);
  const elapsedFact = h('li', {}, h('span', { class: 'unseen' }, 'Duration: '), elapsed.element);
  const nextFact = h('li', {}, next.element);
  const triedFact = h('li', {}, tried.element);
  const line = slot<Pick<JobView, 'title' | 'look' | 'state'>>(page, 'summary-line', ({ title, look, state }) => [
    h('span', { class: `badge ${tones[look]}`, title: state }, icon(icons[look]), h('span', { class: 'badge-text' }, state)),
    h('h1', { class: 'service', title }, title),
  ]);
  const facts = h('ul', { class: 'facts', 'aria-label': 'About this job' });
  const identity = slot<string | null>(page, 'job-id', (id) => (id === null ? [] : [
    h('span', { class: 'muted' }, 'Job ID'), h('code', { title: id }, h('bdi', {}, id)),
    button({ label: 'Copy Job ID', icon: 'copy', look: 'plain', focusKey: 'job-copyId', run: () => {
      page.send({ type: 'job', action: 'copyId' });
      page.announce('Copied.');
    } }),
  ]));
  const service = h('li', { class: 'fact-source' });
  return {
    element: h('header', { class: 'summary' }, line.element, facts, identity.element),
    update: (view) => {
      const { title, look, state, address, id, elapsedMs, nextLookMs, nextTryMs, running } = view;
      line.update({ title, look, state });
      identity.update(id ?? null);
      service.replaceChildren(h('span', { class: 'unseen' }, 'Service: '), h('bdi', { title: address }, view.service));
      if (elapsedMs !== undefined) elapsed.update(elapsedMs, running);
      if (nextLookMs !== undefined) next.update(-nextLookMs, true);
      if (nextTryMs !== undefined) tried.update(-nextTryMs, true);
      facts.replaceChildren(
        service,
        ...(elapsedMs === undefined ? [] : [elapsedFact]),
        ...(nextLookMs === undefined ? [] : [nextFact]),
        ...(nextTryMs === undefined ? [] : [triedFact]),
      );
    },
  };
}
