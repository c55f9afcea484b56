// The page of a service's test: the request as a form or as JSON, and the answer beneath it.

import * as l10n from '@vscode/l10n';
import type { FromTestPage, TestState, ToTestPage } from '../../src/features/tryIt/test/messages';
import type { FormEdit } from '../../src/features/tryIt/messages';
import { changedParts } from '../kit/changedParts';
import { button, h } from '../kit/elements';
import { openFrame } from '../kit/frame';
import { drawPlacard } from '../kit/placard';
import { actionLabels, drawProblem } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import { drawRequestForm, type RequestForm } from '../tryIt/form/form';
import { drawAnswer, drawNoAnswer, statusText, type Answer, type AnswerLooks } from './answer';
import type { TestContext } from './context';
import { drawHead, drawLooks, drawRemarks, drawTrouble } from './head';
import { drawJson, type JsonPart } from './json';

const frame = openFrame<FromTestPage, ToTestPage>();
const { stage, announce } = frame;
const [head, bar, above, looks] = [h('div'), h('div', { class: 'progress' }), h('div'), h('div')];
const request = h('div', { class: 'test-request' });
const under = h('div', { class: 'test-under' });
const root = h('div', { class: 'test-page' }, head, bar, h('div', { class: 'test-body' }, above, looks, request), under);

/** A change of the text is told when nothing more was typed for so long, in milliseconds: it may be long. */
const pauseMs = 100;

let turn = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;
let state: TestState | undefined;
let form: RequestForm | undefined;
let json: JsonPart | undefined;
let answer: Answer | undefined;
const answerLooks: AnswerLooks = { tables: new Map(), selected: 0 };
/** A row that was added: its first field gets the focus when it is there. */
let newRow: number | undefined;
/** True from the moment when something was to be sent or turned to JSON, until what is wrong is known. */
let wanted = false;
const { draw, clear } = changedParts(frame);

function tellText(): void {
  clearTimeout(waiting);
  waiting = undefined;
  if (json) frame.send({ type: 'text', turn, text: json.text() });
}

function typed(): void {
  turn += 1;
  clearTimeout(waiting);
  waiting = setTimeout(tellText, pauseMs);
}

function ask(type: 'send' | 'asJson' | 'asForm'): void {
  if (state === undefined || state.busy !== undefined) return;
  if (waiting !== undefined) tellText();
  wanted = true;
  frame.send({ type });
}

/** Asks for what takes the request along, unless there is a field of which nothing can be taken. */
function take(type: 'refresh' | 'openFile'): void {
  if (waiting !== undefined) tellText();
  if (form?.focusWrong() !== true) frame.send({ type });
}

function edit(change: FormEdit): void {
  if (change.do === 'addRow') newRow = change.input;
  frame.send({ type: 'edit', edit: change });
}

const headEvents = { send: () => ask('send'), refresh: () => take('refresh'), openFile: () => take('openFile') };

function show(now: TestState): void {
  const before = state;
  state = now;
  const { service, busy, problem, wait, title, workspace, sample, notes, ways, way } = now;
  if (service === undefined) {
    clear();
    [form, json, answer] = [undefined, undefined, undefined];
    return stage.replaceChildren(nothing(now));
  }
  // What stands for the service alone: the values are remembered elsewhere.
  frame.save({ service });
  if (root.parentElement !== stage) stage.replaceChildren(root);
  const look = now.form !== undefined ? 'form' : now.json?.hasForm === true ? 'json' : now.json && 'text';
  draw(head, [service, title, workspace, sample, busy, problem !== undefined, look], (page) => [drawHead(page, now, headEvents)]);
  draw(bar, [busy, busy && wait], () => (busy === undefined ? [] : [
    drawProgress(busy === 'sending' ? l10n.t('Sending') : l10n.t('Reading'), 'line').element,
    wait === undefined ? undefined : h('p', { class: 'test-wait', role: 'status' }, wait),
  ]));
  draw(above, [problem, notes, look], (page) => [drawTrouble(page, now), drawRemarks(now)]);
  draw(looks, [service, ways, way, look], (page) =>
    [drawLooks(page, now, { toForm: () => ask('asForm'), toJson: () => ask('asJson') })]);
  showRequest(now);
  showAnswer(now, before);
  head.querySelector('.button.primary')?.setAttribute('aria-disabled', String(busy !== undefined));
}

function showRequest(now: TestState): void {
  const { service, filled, busy, problem } = now;
  if (now.form === undefined && now.json === undefined) {
    [form, json] = [undefined, undefined];
    const isLeft = busy === undefined && problem === undefined;
    draw(request, ['none', isLeft], (page) => (isLeft ? [notRead(page)] : []));
    return;
  }
  const hadFocus = stage.contains(document.activeElement) && document.activeElement !== stage;
  const { form: formState, json: jsonState } = now;
  const isAnew = draw(request, [service, filled, formState !== undefined], () => {
    [form, json] = [formState && drawRequestForm(formState, edit), jsonState && drawJson(jsonState, typed)];
    return [form?.element ?? json?.element];
  });
  if (formState) form?.say(formState.problems);
  // What comes of what was typed before is not drawn.
  if (jsonState && now.turn === turn) json?.say(jsonState);
  if (isAnew) {
    const row = newRow === undefined ? undefined : (formState?.content.inputs[newRow]?.rows.length ?? 1) - 1;
    const [input, current, text] = [newRow, form, json];
    newRow = undefined;
    // A field has its inside once it was drawn.
    if (row !== undefined || !hadFocus || wanted) {
      requestAnimationFrame(() => {
        if (current) current.focus(row === undefined ? undefined : input, row);
        else text?.focus();
      });
    }
    wanted = false;
    return;
  }
  if (!wanted || busy !== undefined) return;
  wanted = false;
  if (form) form.focusWrong();
  else json?.focusWrong();
}

function showAnswer(now: TestState, before: TestState | undefined): void {
  under.classList.toggle('going', now.busy === 'sending');
  const { answer: came } = now;
  const isRead = now.form !== undefined || now.json !== undefined;
  if (came === undefined) {
    answer = undefined;
    draw(under, ['none', isRead, now.form !== undefined], () => (isRead ? [drawNoAnswer(now.form !== undefined)] : []));
    return;
  }
  const isNew = draw(under, [now.service, came.key], (page) => {
    answer = drawAnswer(page, came, answerLooks);
    return [answer.element];
  });
  if (!isNew) answer?.update(came.tables);
  else if (before?.busy === 'sending') announce(came.problem?.sentence ?? statusText(came));
}

function notRead(page: TestContext): HTMLElement {
  return drawPlacard('file', l10n.t('What the service takes was not read'), 'h2', h('div', { class: 'buttons' },
    button({ label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: 'read', run: () => page.send({ type: 'refresh' }) })));
}

function nothing({ busy, problem }: TestState): HTMLElement {
  if (busy !== undefined) {
    return h('div', { class: 'test-lost' }, h('div', { class: 'progress' }, drawProgress(l10n.t('Reading'), 'line').element),
      drawPlacard(undefined, l10n.t('Looking for the service'), 'h1'));
  }
  const placard = drawPlacard('file', l10n.t('There is nothing to test here'), 'h1',
    h('p', {}, l10n.t('Test in the menu of a service, and above a request, opens its form.')));
  if (problem === undefined) return placard;
  const page: TestContext = { send: frame.send, announce, signal: new AbortController().signal };
  return h('div', { class: 'test-lost' }, drawProblem(page, problem, actionLabels(l10n.t('Try Again'))), placard);
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
  const { target } = event;
  // As in any form: Enter in a line of text, or on a box, goes on.
  const isLine = target instanceof Element && request.contains(target) && /^vscode-(?:textfield|checkbox)$/.test(target.localName);
  if (!isLine && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  ask('send');
});
frame.listen((message) => {
  if (message.type === 'test') show(message);
  else answer?.take(message);
});
