// The page of a call: what it takes, filled in and sent. Its answer has a page of its own.

import * as l10n from '@vscode/l10n';
import type { CallContent, FromTryItPage, ToTryItPage } from '../../src/features/tryIt/messages';
import { changedParts } from '../kit/changedParts';
import { button, h } from '../kit/elements';
import { openFrame } from '../kit/frame';
import { drawPlacard } from '../kit/placard';
import { drawProgress } from '../kit/progress';
import type { TryItContext } from './context';
import { drawForm, type CallForm } from './form';
import { drawAfterwards, drawHead, drawRemarks, drawTrouble, drawUnsent } from './head';

const frame = openFrame<FromTryItPage, ToTryItPage>();
const { stage } = frame;
const [head, bar, above, below] = [h('div'), h('div', { class: 'progress' }), h('div'), h('div')];
const body = h('div', { class: 'call-body' }, below);
const root = h('div', { class: 'call-page' }, head, bar, above, body);

/** A change is told when nothing more was typed for so long, in milliseconds: a body may be long. */
const pauseMs = 100;

let turn = 0;
/** The turn of a call that may have been refused for what stands in its fields. */
let wanted: number | undefined;
let waiting: ReturnType<typeof setTimeout> | undefined;
let form: CallForm | undefined;
let state: ToTryItPage | undefined;
const { draw, clear } = changedParts(frame);

function send(anyway = false): void {
  if (form === undefined || state?.busy !== undefined) return;
  clearTimeout(waiting);
  waiting = undefined;
  turn += 1;
  wanted = turn;
  if (state?.saved !== undefined) frame.send({ type: anyway ? 'sendAnyway' : 'send', turn, draft: form.draft(), of: state.saved });
}

function tellChange(now: number): void {
  clearTimeout(waiting);
  waiting = undefined;
  if (form !== undefined && state?.saved !== undefined) frame.send({ type: 'change', turn: now, draft: form.draft(), of: state.saved });
}

function changed(): void {
  turn += 1;
  const now = turn;
  clearTimeout(waiting);
  waiting = setTimeout(() => tellChange(now), pauseMs);
}

function show(now: ToTryItPage): void {
  // What was typed a moment ago belongs to what was on the page then.
  if (waiting !== undefined && JSON.stringify(now.saved) !== JSON.stringify(state?.saved)) tellChange(turn);
  state = now;
  const { saved, content, busy, problem, unsent, afterwards, wait, title, left } = now;
  if (saved === undefined) {
    form = undefined;
    clear();
    return stage.replaceChildren(...nothing(left));
  }
  // Ids alone: what is there is read anew after a reload.
  frame.save(saved);
  if (root.parentElement !== stage) stage.replaceChildren(root);
  const { owner, where, sample, method } = content?.shape ?? {};
  draw(head, [title, owner, where, sample, method, busy, problem !== undefined], (page) => [drawHead(page, now, () => send())]);
  draw(bar, busy, () =>
    [busy === undefined ? undefined : drawProgress(busy === 'sending' ? l10n.t('Sending') : l10n.t('Reading'), 'line').element]);
  const isToldAnew = draw(above, [problem, unsent, afterwards, busy !== undefined && wait, content?.shape.notes], (page) =>
    [drawTrouble(page, now), drawUnsent(now, () => send(true)), drawAfterwards(page, now), drawRemarks(now)]);
  showContent(now, content);
  if (isToldAnew && unsent?.place !== undefined) form?.focusBody(unsent.place);
  head.querySelector('.button.primary')?.setAttribute('aria-disabled', String(busy !== undefined));
}

function showContent({ saved, busy, problem, trace }: ToTryItPage, content: CallContent | undefined): void {
  if (content === undefined) {
    form = undefined;
    const isLeft = busy === undefined && problem === undefined;
    draw(below, ['none', isLeft], (page) => (isLeft ? [notRead(page)] : []));
    return;
  }
  const hadFocus = stage.contains(document.activeElement);
  const isAnew = draw(below, [saved, content.filled, trace !== undefined], (page) => {
    form = drawForm(page, content, trace !== undefined, changed);
    return [form.element];
  });
  const current = form;
  current?.trace(trace);
  // A field has its inside once it was drawn.
  if (isAnew && !hadFocus) requestAnimationFrame(() => current?.focus());
  // What comes of what was typed before is not drawn.
  if (content.turn !== turn) return;
  if (!isAnew) current?.update(content);
  if (wanted !== turn) return;
  wanted = undefined;
  if (busy === undefined) current?.focusWrong();
}

function notRead(page: TryItContext): HTMLElement {
  return drawPlacard('file', l10n.t('What the call takes was not read'), 'h2', h('div', { class: 'buttons' },
    button({ label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: 'read', run: () => page.send({ type: 'refresh' }) })));
}

/** What a reload has left is there soon, or not any more. */
function nothing(left: ToTryItPage['left']): readonly HTMLElement[] {
  if (left === 'looking') {
    const words = l10n.t('Looking for the operation that was open here');
    return [drawProgress(words, 'line').element, drawPlacard('file', words, 'h1')];
  }
  const how = h('p', {}, l10n.t('Try It in the menu of an API or an operation opens what can be called.'));
  if (left === undefined) return [drawPlacard('file', l10n.t('There is nothing to call here'), 'h1', how)];
  return [drawPlacard('file', l10n.t('The operation that was open here is not known any more'), 'h1',
    h('p', {}, l10n.t('Its instance of API Management was not found.')), how)];
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing) return;
  // As in any form: Enter in a line of text goes on.
  const isLine = event.target instanceof Element && event.target.localName === 'vscode-textfield';
  if (!isLine && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  send();
});
frame.listen((message) => {
  if (message.type === 'call') show(message);
});
