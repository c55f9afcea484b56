// The page that compares both ways to a service: how many calls, what they will do, and what they have found.

import * as l10n from '@vscode/l10n';
import type { FromWaysPage, ToWaysPage } from '../../src/features/apim/ways/messages';
import { changedParts } from '../kit/changedParts';
import { h } from '../kit/elements';
import { textRow, type FormRow } from '../kit/formRow';
import { openFrame } from '../kit/frame';
import { drawPlacard } from '../kit/placard';
import { drawProgress } from '../kit/progress';
import { drawAhead, drawEnding, drawHead, drawTrouble, drawWarning } from './head';
import { drawResult } from './result';

const frame = openFrame<FromWaysPage, ToWaysPage>();
const { stage } = frame;
const [head, bar, above, field, ahead, below] = [h('div'), h('div', { class: 'progress' }), h('div'), h('div'), h('div'), h('div')];
const form = h('div', { class: 'ways-form', role: 'form' }, field, ahead);
const body = h('div', { class: 'ways-body' }, above, form, below);
const root = h('div', { class: 'ways-page' }, head, bar, body);

let state: ToWaysPage | undefined;
let turns: FormRow<string> | undefined;
const { draw, clear } = changedParts(frame);

/** How many calls are asked for; undefined where the field says nothing that makes sense, which it is told. */
function wanted(): number | undefined {
  const most = state?.most ?? 1;
  const text = (turns?.value() ?? '').trim();
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  const isWrong = number < 1 || number > most;
  turns?.say(isWrong ? l10n.t('From 1 to {0} calls each way.', String(most)) : undefined);
  return isWrong ? undefined : number;
}

function run(): void {
  if (state?.busy !== undefined || state?.canRun !== true) return;
  const number = wanted();
  if (number === undefined) turns?.focus();
  else frame.send({ type: 'run', turns: number });
}

function changed(): void {
  const number = wanted();
  if (number !== undefined) frame.send({ type: 'turns', turns: number });
}

function show(now: ToWaysPage): void {
  state = now;
  const { saved, title, busy, problem, progress, direct, gateway, canRun, result } = now;
  if (saved === undefined) {
    clear();
    return stage.replaceChildren(nothing());
  }
  // Addresses alone: what was measured is measured anew after a reload.
  frame.save(saved);
  if (root.parentElement !== stage) stage.replaceChildren(root);
  draw(head, [title, busy, progress, problem !== undefined, direct, gateway, canRun, result?.ending?.tone], (page) =>
    [drawHead(page, now, run)]);
  draw(bar, busy, () =>
    [busy === undefined ? undefined : drawProgress(busy === 'running' ? l10n.t('Making the calls') : l10n.t('Reading'), 'line').element]);
  draw(above, [problem, canRun, busy, result?.ending, result?.warning], (page) =>
    [drawTrouble(page, now), drawEnding(now), drawWarning(now)]);
  draw(field, saved, () => {
    const row = textRow({
      id: 'turns', type: 'number', label: l10n.t('Calls each way'), value: String(now.turns), min: 1, max: now.most, onChange: changed,
    });
    turns = row;
    return [row.element];
  });
  form.hidden = !canRun;
  form.setAttribute('aria-label', l10n.t('What is compared'));
  draw(ahead, [now.request, now.ahead, now.wait], () => [drawAhead(now)]);
  draw(below, result, (page) => (result === undefined ? [] : drawResult(page, result)));
  head.querySelector('.button.primary')?.setAttribute('aria-disabled', String(busy !== undefined));
}

function nothing(): HTMLElement {
  return drawPlacard('compare', l10n.t('There is nothing to compare here'), 'h1',
    h('p', {}, l10n.t('Compare Direct and Through Gateway in the menu of a service or an API opens both ways to it.')));
}

document.addEventListener('keydown', (event) => {
  const isField = event.target instanceof Element && event.target.localName === 'vscode-textfield';
  if (event.key !== 'Enter' || event.isComposing || !(isField || event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  run();
});
frame.listen((message) => {
  if (message.type === 'ways') show(message);
});
