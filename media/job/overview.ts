// The overview of a job: its steps in time, its outputs, inputs, parameters and history.

import * as l10n from '@vscode/l10n';
import type { JobView } from '../../src/features/jobs/messages';
import { button, h, type Child } from '../kit/elements';
import { formatBytes, formatCount, formatDate } from '../../src/base/format';
import type { KeepOpen } from '../kit/openParts';
import type { JobPageContext } from './context';
import { slot, type Slot } from '../kit/slot';
import { formatMoment, isDate } from './span';
import { drawSteps, type ShownSteps } from './steps';
import { drawTimes } from './times';
import { percentOf } from './upload';

type Outputs = Pick<JobView, 'outputs' | 'look' | 'submittedElsewhere'>;
type Inputs = Pick<JobView, 'inputs' | 'submittedElsewhere'>;
type Parameters = Pick<JobView, 'parameters' | 'submittedElsewhere'>;

/** The overview on the page. */
export interface Overview {
  readonly element: HTMLElement;
  readonly update: (view: JobView) => void;
}

/** Draws it, its history open as it was left. `onOpen` hears which result a person wants to see. */
export function drawOverview(page: JobPageContext, keepOpen: KeepOpen, onOpen: (result: number) => void): Overview {
  const times = drawTimes(page.signal);
  const steps = section<ShownSteps>(page, l10n.t('Steps'), (shown) => drawSteps(shown, times));
  const outputs = section<Outputs>(page, l10n.t('Outputs'), (view) => drawOutputs(view, onOpen));
  const inputs = section<Inputs>(page, l10n.t('Inputs'), drawInputs);
  const parameters = section<Parameters>(page, l10n.t('Global parameters'), drawParameters);
  const identity = slot<string | null>(page, 'job-id', (id) => (id === null ? [] : [
    h('span', { class: 'muted' }, l10n.t('Job ID')), h('code', { title: id }, h('bdi', {}, id)),
    button({ label: l10n.t('Copy Job ID'), icon: 'copy', look: 'plain', focusKey: 'overview-copyId', run: () => {
      page.send({ type: 'job', action: 'copyId' });
      page.announce(l10n.t('Copied.'));
    } }),
  ]));
  const history = folded(page, keepOpen, drawHistory);
  return {
    element: h('div', { class: 'overview', tabindex: 0, role: 'region', 'aria-label': l10n.t('Overview'), 'data-focus': 'overview' },
      ...[steps, identity, outputs, inputs, parameters, history].map(({ element }) => element)),
    update: (view) => {
      const { timeline, look, state, upload } = view;
      steps.update({ timeline, look, state, has: times.update(view), percent: upload ? percentOf(upload) : null });
      identity.update(view.id ?? null);
      const elsewhere = view.submittedElsewhere ? { submittedElsewhere: true as const } : {};
      outputs.update({ outputs: view.outputs, look: view.look, ...elsewhere });
      inputs.update({ inputs: view.inputs, ...elsewhere });
      parameters.update({ parameters: view.parameters, ...elsewhere });
      history.update(view.history);
    },
  };
}

function section<T>(page: JobPageContext, title: string, draw: (value: T) => Child): Slot<T> {
  const inner = slot<T>(page, 'section-content', (value) => [draw(value)]);
  return { element: h('section', { 'aria-label': title }, h('h2', {}, title), inner.element), update: inner.update };
}

/** The history, which is opened on demand; it stays as it is when news come. */
function folded(page: JobPageContext, keepOpen: KeepOpen, draw: (history: JobView['history']) => Child): Slot<JobView['history']> {
  const count = h('span', { class: 'muted' });
  const inner = slot<JobView['history']>(page, 'section-content', (history) => [draw(history)]);
  const summary = h('summary', { 'data-focus': 'overview-history' }, h('h2', {}, l10n.t('History')), count);
  return {
    element: h('section', { 'aria-label': l10n.t('History') },
      keepOpen('history', h('details', { class: 'folded' }, summary, inner.element))),
    update: (history) => {
      count.textContent = history.length === 0 ? '' : formatCount(history.length);
      inner.update(history);
    },
  };
}

/** A followed job was submitted by something else: nobody has told what it was made of. */
function notKnown(): string {
  return l10n.t('Not known here: the job was submitted elsewhere, and is followed by its ID.');
}

function drawOutputs({ outputs, look, submittedElsewhere }: Outputs, onOpen: (result: number) => void): HTMLElement {
  if (outputs.length === 0)
    return h(
      'p',
      { class: 'muted' },
      look === 'finished'
        ? l10n.t('The service told of no outputs.')
        : submittedElsewhere ? notKnown()
          : l10n.t('No place was chosen for the outputs: the service writes them to storage of its own.'),
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
          : button({
              label: l10n.t('Open'),
              icon: 'open',
              title: l10n.t('Open {0}', name),
              focusKey: `open-${result}`,
              run: () => onOpen(result),
            }),
        h('code', { class: 'place' }, h('bdi', {}, place)),
      ),
    ),
  );
}

function drawInputs({ inputs, submittedElsewhere }: Inputs): HTMLElement {
  if (inputs.length === 0) {
    return h('p', { class: 'muted' }, submittedElsewhere ? notKnown() : l10n.t('None: the service reads data of its own.'));
  }
  return h('ul', { class: 'items' }, ...inputs.map(({ port, source, place, bytes }) => h('li', { class: 'item' },
    port === undefined ? undefined : h('span', { class: 'item-name', title: port }, port),
    h('span', { class: 'item-source', title: source }, h('bdi', {}, source)),
    h('span', { class: 'muted' }, bytes === undefined ? l10n.t('in storage already') : formatBytes(bytes)),
    h('code', { class: 'place' }, h('bdi', {}, place)))));
}

function drawParameters({ parameters, submittedElsewhere }: Parameters): HTMLElement {
  if (parameters.length === 0) {
    return h('p', { class: 'muted' }, submittedElsewhere ? notKnown() : l10n.t('None were set: the service uses its own values.'));
  }
  return h('table', { class: 'header-lines', 'aria-label': l10n.t('Global parameters') },
    h('colgroup', {}, h('col', { class: 'header-name' }), h('col')),
    h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, l10n.t('Name')), h('th', { scope: 'col' }, l10n.t('Value')))),
    h('tbody', {}, ...parameters.map(({ name, value }) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)))));
}

function drawHistory(history: JobView['history']): HTMLElement {
  if (history.length === 0) return h('p', { class: 'muted' }, l10n.t('Nothing has happened yet.'));
  const label = history.length === 1 ? l10n.t('History, 1 line') : l10n.t('History, {0} lines', formatCount(history.length));
  return h(
    'ol',
    { class: 'history', 'aria-label': label },
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
