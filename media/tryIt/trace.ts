// The tab of traces: switched on and off here, and the steps of the last traced call by the sections of its policies.

import * as l10n from '@vscode/l10n';
import type { ShownStep, ShownTrace, TraceView } from '../../src/features/tryIt/messages';
import type { FromSharedPart } from '../../src/ui/tables/messages';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import { drawNotes } from '../kit/notes';
import { actionLabels, drawBriefProblem } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import { redraw } from '../kit/redraw';
import { visible, visibleLines } from '../kit/visible';
import type { TryItContext } from './context';

/** The tab. */
export interface TracePart {
  readonly element: HTMLElement;
  readonly show: (view: TraceView) => void;
}

/** Draws it; each part is drawn anew where it is another one, so that what is open stays open. */
export function drawTrace(page: TryItContext): TracePart {
  const [state, bar, trouble, steps] = [h('div'), h('div', { class: 'progress' }), h('div'), h('div')];
  const drawn = new Map<HTMLElement, string>();
  const stage = h('div', { class: 'call-part trace' }, state, bar, trouble, steps);
  const put = (part: HTMLElement, of: unknown, make: () => readonly (HTMLElement | undefined)[]): void => {
    const key = JSON.stringify(of);
    if (drawn.get(part) === key) return;
    drawn.set(part, key);
    redraw(part, stage, () => part.replaceChildren(...make().filter((each) => each !== undefined)));
  };
  return {
    element: stage,
    show: (view) => {
      put(state, [view.state, view.until, view.busy, view.wait], () => [drawState(page, view)]);
      put(bar, view.busy, () => (view.busy === undefined ? [] : [drawProgress(busyText(view.busy), 'line').element]));
      put(trouble, view.problem, () => [drawTrouble(page, view)]);
      put(steps, [view.trace, view.older, view.trace === undefined && view.state], () => drawSteps(view));
    },
  };
}

function busyText(busy: 'switching' | 'fetching'): string {
  return busy === 'switching' ? l10n.t('Switching tracing on') : l10n.t('Reading the trace');
}

/** Draws whether it is on, and the button that changes that. */
function drawState(page: TryItContext, { state, until = '', busy, wait }: TraceView): HTMLElement {
  const ask = (type: 'traceOn' | 'traceOff' | 'traceStop'): (() => void) => () => page.send({ type });
  const stop = button({ label: l10n.t('Stop'), icon: 'stop', look: 'plain', focusKey: 'trace-stop', run: ask('traceStop') });
  const line = (kind: string, drawing: 'ok' | 'info' | 'warning', sentence: string, detail: string, ...buttons: HTMLElement[]) =>
    h('div', { class: `trace-state ${kind}` }, icon(drawing),
      h('p', { role: 'status' }, h('strong', {}, sentence), detail === '' ? undefined : h('span', { class: 'muted' }, ` ${detail}`)),
      h('div', { class: 'buttons' }, ...(busy === undefined ? buttons : [stop])));
  const about = wait ?? '';
  switch (state) {
    case 'off':
      return line('off', 'info', l10n.t('Calls are not traced.'), about === ''
        ? l10n.t('A trace shows what each policy does with a call, and how long that takes. It is for one API and an hour at most.')
        : about, button({ label: l10n.t('Switch On Tracing…'), focusKey: 'trace-on', run: ask('traceOn') }));
    case 'on':
      return line('on', 'ok', l10n.t('Calls to this API are traced.'), about === '' ? until : about,
        button({ label: l10n.t('Switch Off'), focusKey: 'trace-off', run: ask('traceOff') }));
    case 'runOut':
      return line('run-out', 'warning', l10n.t('Tracing has run out: calls are no longer traced.'), about,
        button({ label: l10n.t('Switch On Again…'), focusKey: 'trace-on', run: ask('traceOn') }));
    default:
      return state satisfies never;
  }
}

function drawTrouble(page: TryItContext, { problem }: TraceView): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  const { announce, signal } = page;
  // Trying again is asking for the trace again here, and sends no call.
  const send = (message: FromSharedPart): void => {
    if (message.type !== 'action') return;
    if (message.action === 'retry') page.send({ type: 'traceAgain' });
    else page.send(message);
  };
  return drawBriefProblem({ announce, signal, send }, problem, actionLabels(l10n.t('Try Again')));
}

function drawSteps({ state, trace, older }: TraceView): readonly (HTMLElement | undefined)[] {
  if (trace === undefined) {
    return [state === 'on' ? h('p', { class: 'form-help' }, l10n.t('Send the call: its trace is shown here.')) : undefined];
  }
  const notes = [
    ...(older === true ? [l10n.t('This is the trace of an earlier call: the last one has none.')] : []), ...trace.notes,
  ];
  return [
    notes.length === 0 ? undefined : drawNotes(notes),
    h('h2', { class: 'trace-title' }, visible(trace.title)),
    ...trace.sections.map(drawSection),
  ];
}

function drawSection({ section, title, took, steps }: ShownTrace['sections'][number]): HTMLElement {
  const id = `trace-${section}`;
  return h('section', { class: 'trace-section', 'aria-labelledby': id },
    h('h3', { id }, title, h('span', { class: 'trace-took' }, took)),
    h('ol', { class: 'trace-steps' }, ...steps.map(drawStep)));
}

function drawStep(step: ShownStep): HTMLElement {
  const { source, took, at, share, said, changed } = step;
  const part = h('span', { class: 'trace-share' });
  part.style.width = `${share * 100}%`;
  const bar = h('span', { class: 'trace-bar', 'aria-hidden': 'true' }, part);
  const [first = '', ...others] = [...said, ...changed];
  return h('li', {},
    h('div', { class: 'trace-step' },
      h('code', { class: 'trace-source', title: source }, visible(source)),
      h('span', { class: 'trace-said' }, visible(first)),
      bar, h('span', { class: 'trace-took', title: at }, took)),
    others.length === 0 ? undefined : h('ul', { class: 'trace-changes' }, ...others.map((each) => h('li', {}, visible(each)))),
    drawDetails(step));
}

function drawDetails({ headers, rest, source }: ShownStep): HTMLElement | undefined {
  if (headers.length === 0 && rest === undefined) return undefined;
  const named = (label: string, ...inside: HTMLElement[]): HTMLElement => h('details', {},
    h('summary', { 'aria-label': l10n.t('{0} of {1}', label, visible(source)) }, label), ...inside);
  return h('div', { class: 'trace-details' },
    headers.length === 0 ? undefined : named(l10n.t('Headers'), h('table', { class: 'trace-headers' }, h('tbody', {},
      ...headers.map(({ name, value }) => h('tr', {}, h('th', { scope: 'row' }, visible(name)), h('td', {}, visible(value))))))),
    rest === undefined ? undefined : named(l10n.t('Details'),
      h('pre', { class: 'trace-rest', tabindex: 0, role: 'region', 'aria-label': l10n.t('Details as JSON') }, visibleLines(rest))));
}
