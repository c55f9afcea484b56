// The page of the form that limits calls: draws what the editor sends, tells it each change, and keeps the fields while they are typed in.

import * as l10n from '@vscode/l10n';
import type { FromLimitsPage, LimitsDraft, ToLimitsPage } from '../../src/features/apim/limits/messages';
import { changedParts } from '../kit/changedParts';
import { button, h } from '../kit/elements';
import { openFrame } from '../kit/frame';
import { drawPlacard } from '../kit/placard';
import { drawProgress } from '../kit/progress';
import type { LimitsPageContext } from './context';
import { drawForm, drawText, type LimitsForm } from './form';
import { drawHead, drawNotice, drawTrouble } from './head';

const frame = openFrame<FromLimitsPage, ToLimitsPage>();
const { stage, announce } = frame;
const [head, bar, above, below] = [h('div'), h('div', { class: 'progress' }), h('div'), h('div')];
const body = h('div', { class: 'limits-body' }, above, below);
const root = h('div', { class: 'limits-page' }, head, bar, body);

let turn = 0;
/** The turn of a save whose answer is still to come. */
let wanted: number | undefined;
let form: LimitsForm | undefined;
let state: ToLimitsPage | undefined;
const { draw, clear } = changedParts(frame);

function save(draft: LimitsDraft): void {
  if (state?.busy !== undefined) return;
  turn += 1;
  wanted = turn;
  frame.send({ type: 'save', turn, draft });
}

function change(draft: LimitsDraft): void {
  turn += 1;
  frame.send({ type: 'change', turn, draft });
}

function show(now: ToLimitsPage): void {
  const before = state;
  state = now;
  const { place, content, busy, problem, notice, wait } = now;
  if (place === undefined) {
    form = undefined;
    clear();
    return stage.replaceChildren(nothing());
  }
  // Ids alone: what is there is read anew after a reload.
  frame.save(place);
  if (root.parentElement !== stage) stage.replaceChildren(root);
  const { title, instance, sample } = now;
  const isNew = content?.kind === 'form' && content.isNew;
  draw(head, [title, instance, sample, busy, notice, problem !== undefined, content?.kind, isNew],
    (page) => [drawHead(page, now, () => form && save(form.draft()))]);
  draw(bar, busy, () =>
    [busy === undefined ? undefined : drawProgress(busy === 'saving' ? l10n.t('Saving') : l10n.t('Reading'), 'line').element]);
  draw(above, [problem, notice, busy, wait, content?.kind], (page) => [drawTrouble(page, now), drawNotice(page, now)]);
  showContent(now);
  head.querySelector('.button.primary')?.setAttribute('aria-disabled',
    String(busy !== undefined || content?.kind !== 'form' || (!content.changes && Object.keys(content.problems).length === 0)));
  if (before?.busy === 'saving' && busy === undefined && problem === undefined) {
    if (notice === 'saved' || notice === 'replaced') announce(l10n.t('The policy was saved.'));
  }
}

function showContent(now: ToLimitsPage): void {
  const { place, content } = now;
  if (content === undefined) {
    form = undefined;
    const isLeft = now.busy === undefined && now.problem === undefined;
    draw(below, ['none', isLeft], (page) => (isLeft ? [notRead(page)] : []));
    return;
  }
  if (content.kind === 'text') {
    form = undefined;
    draw(below, [content, now.beside, now.besideNotes], (page) => [drawText(page, now, content)]);
    return;
  }
  const { filled, by, hasQuota, why, shownRate, shownQuota } = content;
  const hadFocus = stage.contains(document.activeElement);
  const isAnew = draw(below, [place, filled, by, hasQuota, why, shownRate, shownQuota], (page) => {
    form = drawForm(page, now, content, { change, save });
    return [form.element];
  });
  const current = form;
  // A field has its inside once it was drawn.
  if (isAnew && !hadFocus) requestAnimationFrame(() => current?.focus());
  // What comes of what was typed before is not drawn.
  if (content.turn !== turn) return;
  if (!isAnew) current?.update(now, content);
  if (wanted === turn) {
    wanted = undefined;
    current?.focusWrong();
  }
}

function notRead(page: LimitsPageContext): HTMLElement {
  return drawPlacard('file', l10n.t('The limits were not read'), 'h2', h('div', { class: 'buttons' },
    button({ label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: 'read', run: () => page.send({ type: 'refresh' }) })));
}

function nothing(): HTMLElement {
  return drawPlacard('file', l10n.t('There is nothing to limit here'), 'h1',
    h('p', {}, l10n.t('Limit Calls in the menu of an API, an operation or a product opens its limits.')));
}

frame.listen((message) => {
  if (message.type === 'limits') show(message);
});
