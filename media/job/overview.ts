// The overview of a job: its steps in time, its outputs, inputs, parameters and history.

import type { JobView } from '../../src/features/jobs/messages';
import { button, h, type Child } from '../kit/elements';
import { formatBytes, formatCount, formatDate } from '../../src/base/format';
import { icon } from '../kit/icons';
import type { JobPageContext } from './context';
import { slot, type Slot } from '../kit/slot';
import { formatMoment, formatSpan, isDate } from './span';

/** The overview on the page. */
export interface Overview {
  readonly element: HTMLElement;
  readonly update: (view: JobView) => void;
}

/** Draws it. `onOpen` hears which result a person wants to see. */
export function drawOverview(page: JobPageContext, onOpen: (result: number) => void): Overview {
  const steps = section<Pick<JobView, 'timeline' | 'look'>>(page, 'Steps', drawSteps);
  const outputs = section<Pick<JobView, 'outputs' | 'look'>>(page, 'Outputs', (view) => drawOutputs(view, onOpen));
  const inputs = section<JobView['inputs']>(page, 'Inputs', drawInputs);
  const parameters = section<JobView['parameters']>(page, 'Global parameters', drawParameters);
  const identity = slot<string | null>(page, 'job-id', (id) => (id === null ? [] : [
    h('span', { class: 'muted' }, 'Job ID'), h('code', { title: id }, h('bdi', {}, id)),
    button({ label: 'Copy Job ID', icon: 'copy', look: 'plain', focusKey: 'overview-copyId', run: () => {
      page.send({ type: 'job', action: 'copyId' });
      page.announce('Copied.');
    } }),
  ]));
  const history = section<JobView['history']>(page, 'History', drawHistory);
  return {
    element: h('div', { class: 'overview', tabindex: 0, role: 'region', 'aria-label': 'Overview', 'data-focus': 'overview' },
      ...[steps, identity, outputs, inputs, parameters, history].map(({ element }) => element)),
    update: (view) => {
      steps.update({ timeline: view.timeline, look: view.look });
      identity.update(view.id ?? null);
      outputs.update({ outputs: view.outputs, look: view.look });
      inputs.update(view.inputs);
      parameters.update(view.parameters);
      history.update(view.history);
    },
  };
}

function section<T>(page: JobPageContext, title: string, draw: (value: T) => Child): Slot<T> {
  const inner = slot<T>(page, 'section-content', (value) => [draw(value)]);
  return { element: h('section', { 'aria-label': title }, h('h2', {}, title), inner.element), update: inner.update };
}

function drawSteps({ timeline, look }: Pick<JobView, 'timeline' | 'look'>): HTMLElement {
  const next = timeline.findIndex(({ at }) => at === undefined);
  let before: number | undefined;
  return h('ol', { class: 'timeline' }, ...timeline.map(({ label, at }, index) => {
    // The service's clock need not agree with ours; a step back in time is no duration.
    const took = at !== undefined && before !== undefined && at >= before ? `after ${formatSpan(at - before)}` : undefined;
    const moment =
      at === undefined || !isDate(at)
        ? undefined
        : h('time', { datetime: new Date(at).toISOString(), title: formatDate(at) }, formatMoment(at, before));
    if (moment) before = at;
    const last = index === timeline.length - 1;
    const mark =
      at === undefined
        ? 'pending'
        : last && look === 'failed'
          ? 'failed'
          : last && look === 'cancelled'
            ? 'cancelled'
            : last && look === 'attention'
              ? 'warning'
              : 'ok';
    return h(
      'li',
      { class: `step ${at === undefined ? 'open' : mark}${index === next ? ' next' : ''}` },
      icon(mark),
      h('span', { class: 'step-label' }, label),
      h(
        'span',
        { class: 'step-when' },
        at === undefined ? h('span', { class: 'muted' }, 'not yet') : moment,
        took === undefined ? undefined : h('span', { class: 'muted' }, took),
      ),
    );
  }));
}

function drawOutputs({ outputs, look }: Pick<JobView, 'outputs' | 'look'>, onOpen: (result: number) => void): HTMLElement {
  if (outputs.length === 0)
    return h(
      'p',
      { class: 'muted' },
      look === 'finished'
        ? 'The service told of no outputs.'
        : 'No place was chosen for the outputs: the service writes them to storage of its own.',
    );
  return h(
    'ul',
    { class: 'items' },
    ...outputs.map(({ name, place, result }) =>
      h(
        'li',
        { class: 'item' },
        h('span', { class: 'item-name', title: name }, name),
        result === undefined
          ? undefined
          : button({ label: 'Open', icon: 'open', title: `Open ${name}`, focusKey: `open-${result}`, run: () => onOpen(result) }),
        h('code', { class: 'place' }, h('bdi', {}, place)),
      ),
    ),
  );
}

function drawInputs(inputs: JobView['inputs']): HTMLElement {
  if (inputs.length === 0) return h('p', { class: 'muted' }, 'None: the service reads data of its own.');
  return h('ul', { class: 'items' }, ...inputs.map(({ port, source, place, bytes }) => h('li', { class: 'item' },
    port === undefined ? undefined : h('span', { class: 'item-name', title: port }, port),
    h('span', { class: 'item-source', title: source }, h('bdi', {}, source)),
    h('span', { class: 'muted' }, bytes === undefined ? 'in storage already' : formatBytes(bytes)),
    h('code', { class: 'place' }, h('bdi', {}, place)))));
}

function drawParameters(parameters: JobView['parameters']): HTMLElement {
  if (parameters.length === 0) return h('p', { class: 'muted' }, 'None were set: the service uses its own values.');
  return h('table', { class: 'header-lines', 'aria-label': 'Global parameters' },
    h('colgroup', {}, h('col', { class: 'header-name' }), h('col')),
    h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, 'Name'), h('th', { scope: 'col' }, 'Value'))),
    h('tbody', {}, ...parameters.map(({ name, value }) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)))));
}

function drawHistory(history: JobView['history']): HTMLElement {
  if (history.length === 0) return h('p', { class: 'muted' }, 'Nothing has happened yet.');
  return h(
    'ol',
    { class: 'history', 'aria-label': `History, ${formatCount(history.length)} lines` },
    ...history.map(({ at, text }, index) =>
      h(
        'li',
        {},
        isDate(at)
          ? h(
              'time',
              { datetime: new Date(at).toISOString(), title: formatDate(at) },
              formatMoment(at, history.slice(0, index).findLast((line) => isDate(line.at))?.at),
            )
          : undefined,
        h('span', {}, text),
      ),
    ),
  );
}
