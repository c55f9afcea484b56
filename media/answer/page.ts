// The answer page: says that it is ready, draws the state that the editor sends, and tells the editor what the person asks for.

import type { FromPage, PanelState, ToPage } from '../../src/features/scoring/messages';
import { drawAnswer, outcomeOf, type Answer } from './answer';
import { readChoice, type Choice } from './choice';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { openFrame } from '../kit/frame';
import { refit } from '../kit/oneLine';
import { redraw } from '../kit/redraw';
import { drawRun, drawRunChoice } from './run';
import { drawState, sentenceOf, type Drawn } from './states';

const files = h('div', { class: 'files' });
const frame = openFrame<FromPage, ToPage>(files);
const { stage } = frame;
const runChoice = drawRunChoice(frame);
let choice = readChoice(frame.saved);

let controller = new AbortController();
let shown: string | undefined;
let current: number | undefined;
let answer: Answer | undefined;
/** What was told last of an exchange of the history, which may be another one than is shown. */
let kept: Extract<ToPage, { type: 'kept' }> | undefined;
let phase: Drawn | undefined;

function context(signal: AbortSignal): PageContext {
  return { send: frame.send, announce: frame.announce, signal };
}

function show(message: Extract<ToPage, { type: 'state' }>): void {
  const page = context(controller.signal);
  redraw(files, stage, () => {
    const top = files.querySelector('.entries')?.scrollTop ?? 0;
    const run = drawRun(page, message.run, message.current);
    files.replaceChildren(...(run ? [run] : []));
    files.querySelector('.entries')?.scrollTo({ top });
    if (message.current !== current) files.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    current = message.current;
  });

  // A state that only brings news of other files leaves the reader where they are.
  const identity = identityOf(message.state, message.current);
  if (identity === shown) {
    phase?.update(message.state);
    if (message.state.kind === 'answered') answer?.update(message.state.view.tables);
    placeChoice(message);
    return;
  }
  shown = identity;
  controller.abort();
  controller = new AbortController();
  redraw(stage, stage, () => {
    draw(context(controller.signal), message.state);
    placeChoice(message);
  });
}

/** Where there is no room for the list of files, one of them is chosen in the head, or above what has none. */
function placeChoice({ run, current: at }: Extract<ToPage, { type: 'state' }>): void {
  const { element } = runChoice;
  if (run.length < 2) {
    (element.closest('.run-place') ?? element).remove();
    return;
  }
  runChoice.update(run, at);
  const head = stage.querySelector<HTMLElement>('.header');
  // Where it stands already it stays: one that is taken out and put back closes under the hand.
  if (!stage.contains(element)) {
    if (head) head.querySelector('.service')?.before(element);
    else stage.prepend(h('div', { class: 'run-place' }, element));
  }
  if (head) refit(head);
}

function draw(page: PageContext, state: PanelState): void {
  if (state.kind === 'answered') {
    phase = undefined;
    // Also when nobody has chosen anything yet: the key is what a reload needs.
    keep({ ...choice, key: state.view.key });
    const { key } = state.view;
    answer = drawAnswer(page, state.view, choice, keep, kept?.key === key ? kept.pinned : undefined);
    stage.replaceChildren(answer.element);
    page.announce(outcomeOf(state.view));
  } else {
    answer = undefined;
    phase = drawState(page, state);
    stage.replaceChildren(phase.element);
    page.announce(sentenceOf(state));
  }
}

function keep(changed: Choice): void {
  choice = changed;
  frame.save(choice);
}

function identityOf(state: PanelState, current: number): string {
  if (state.kind === 'idle') return state.kind;
  // Not the times: they are news of the same phase.
  if (state.kind !== 'answered')
    return JSON.stringify([current, state.kind, state.service, state.source, state.kind === 'waiting' ? state.reason : '']);
  const { view } = state;
  // Not the tables: their rows have another order now and then.
  return JSON.stringify([
    current,
    view.key,
    view.past,
    view.source,
    view.url,
    view.startedAt,
    view.durationMs,
    view.status,
    view.body?.totalBytes,
    view.problem,
    view.notes,
    view.tables.length,
  ]);
}

frame.listen((message) => {
  switch (message.type) {
    case 'state':
      show(message);
      break;
    case 'kept':
      kept = message;
      if (message.key === choice.key) answer?.pin(message.pinned);
      break;
    case 'table':
    case 'rows':
    case 'cell':
    case 'summary':
      answer?.take(message);
      break;
    default:
      message satisfies never;
  }
});
