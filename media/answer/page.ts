// The answer page: says that it is ready, draws the state that the editor sends, and tells the editor what the person wishes.

import type { FromPage, PanelState, ToPage } from '../../src/messages';
import { drawAnswer, outcomeOf, type Answer } from './answer';
import { readChoice } from './choice';
import type { PageContext } from './context';
import { h } from './dom';
import { redraw } from './redraw';
import { drawRun } from './run';
import { drawState, sentenceOf, type Drawn } from './states';

/** What VS Code gives a page. */
interface Editor {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
let choice = readChoice(editor.getState());

const live = h('div', { class: 'unseen', role: 'status' });
const files = h('div', { class: 'files' });
const stage = h('div', { class: 'stage', tabindex: -1 });
document.getElementById('root')?.append(live, files, stage);

let controller = new AbortController();
let shown: string | undefined;
let current: number | undefined;
let answer: Answer | undefined;
let phase: Drawn | undefined;

function context(signal: AbortSignal): PageContext {
  return {
    send: (message) => editor.postMessage(message),
    announce: (sentence) => {
      live.textContent = '';
      live.append(h('span', {}, sentence));
    },
    signal,
  };
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
    return;
  }
  shown = identity;
  controller.abort();
  controller = new AbortController();
  redraw(stage, stage, () => draw(context(controller.signal), message.state));
}

function draw(page: PageContext, state: PanelState): void {
  if (state.kind === 'answered') {
    phase = undefined;
    answer = drawAnswer(page, state.view, choice, (changed) => {
      choice = changed;
      editor.setState(choice);
    });
    stage.replaceChildren(answer.element);
    page.announce(outcomeOf(state.view));
  } else {
    answer = undefined;
    phase = drawState(page, state);
    stage.replaceChildren(phase.element);
    page.announce(sentenceOf(state));
  }
}

function identityOf(state: PanelState, current: number): string {
  if (state.kind === 'idle') return state.kind;
  // Not the times: they are news of the same phase.
  if (state.kind !== 'answered') return JSON.stringify([current, state.kind, state.service, state.source, state.kind === 'waiting' ? state.reason : '']);
  const { view } = state;
  const tables = view.tables.map((table) => [table.name, table.totalRows, table.columns.length]);
  return JSON.stringify([current, view.source, view.url, view.startedAt, view.durationMs, view.status, view.body?.totalBytes, view.problem, view.notes, tables]);
}

window.addEventListener('message', (event) => {
  const message: ToPage = event.data;
  switch (message.type) {
    case 'state':
      show(message);
      break;
    case 'rows':
      answer?.append(message.table, message.from, message.rows);
      break;
    default:
      message satisfies never;
  }
});
editor.postMessage({ type: 'ready' });
