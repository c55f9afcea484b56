// The header of a call, and what it tells on one line below: what went wrong, what an answer offers, and why something takes long.

import * as l10n from '@vscode/l10n';
import type { ToTryItPage } from '../../src/features/tryIt/messages';
import type { Action } from '../kit/actions';
import { button, h } from '../kit/elements';
import { drawHeader, type ChipSpec } from '../kit/header';
import { icon } from '../kit/icons';
import { drawNotes } from '../kit/notes';
import { actionLabels, drawBriefProblem, drawProblem } from '../kit/problem';
import { visible } from '../kit/visible';
import type { TryItContext } from './context';

/** Draws the header; `send` does what its button says. */
export function drawHead(page: TryItContext, state: ToTryItPage, send: () => void): HTMLElement {
  const { title, busy, content } = state;
  const stop: Action = { id: 'stop', label: l10n.t('Stop'), icon: 'stop', run: () => page.send({ type: 'stop' }) };
  const refresh: Action = { id: 'refresh', label: l10n.t('Refresh'), icon: 'again', run: () => page.send({ type: 'refresh' }) };
  const primary: Action = { id: 'send', label: l10n.t('Send'), icon: 'send', title: l10n.t('Send (Ctrl+Enter)'), run: send };
  const chip = chipOf(state);
  const shape = content?.shape;
  return drawHeader({
    ...(chip === undefined ? {} : { chip }),
    title,
    factsLabel: l10n.t('About this call'),
    facts: shape === undefined ? [] : [
      { name: l10n.t('Belongs to'), value: shape.owner, title: shape.owner, className: 'fact-source', rank: 4 },
      { name: l10n.t('At'), value: shape.where, title: shape.where, rank: 2 },
      ...(shape.sample ? [{ value: l10n.t('on this computer'), title: l10n.t('Part of the sample, on this computer'), rank: 1 }] : []),
    ],
    actions: {
      ...(shape === undefined ? {} : { primary }),
      icons: busy === undefined ? [refresh] : [stop],
      signal: page.signal,
    },
  });
}

function chipOf({ busy, problem, content }: ToTryItPage): ChipSpec | undefined {
  if (busy === 'reading') return { tone: 'going', icon: 'sending', text: l10n.t('Reading') };
  if (busy === 'sending') return { tone: 'going', icon: 'sending', text: l10n.t('Sending') };
  if (problem !== undefined) return { tone: 'failed', icon: 'failed', text: l10n.t('Failed') };
  return content === undefined ? undefined : { tone: 'quiet', icon: 'send', text: content.shape.method };
}

/** Draws what went wrong: on one line where there are fields below. */
export function drawTrouble(page: TryItContext, { problem, content }: ToTryItPage): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  const draw = content === undefined ? drawProblem : drawBriefProblem;
  return draw(page, problem, actionLabels(l10n.t('Try Again')));
}

/** Draws why nothing was sent; `anyway` sends it as it stands. */
export function drawUnsent({ unsent }: ToTryItPage, anyway: () => void): HTMLElement | undefined {
  if (unsent === undefined) return undefined;
  const buttons = unsent.anyway ? [button({ label: l10n.t('Send Anyway'), focusKey: 'send-anyway', run: anyway })] : [];
  return h('div', { class: 'call-notice unsent', role: 'alert' }, icon('failed'), h('p', {}, visible(unsent.sentence)),
    buttons.length === 0 ? undefined : h('div', { class: 'buttons' }, ...buttons));
}

/** Draws why it takes long, else what the last answer offers. */
export function drawAfterwards(page: TryItContext, { busy, wait, unsent, afterwards }: ToTryItPage): HTMLElement | undefined {
  if (busy !== undefined && wait !== undefined) return line('waits', 'pending', wait);
  // What an earlier call has answered is not what became of this one.
  if (afterwards === undefined || unsent !== undefined) return undefined;
  return line('done', 'ok', afterwards.sentence, ...afterwards.offers.map(({ id, label }) =>
    button({ label, focusKey: `offer-${id}`, run: () => page.send({ type: 'take', offer: id }) })));
}

/** Draws what is to be known before a call. */
export function drawRemarks({ content }: ToTryItPage): HTMLElement | undefined {
  return drawNotes(content?.shape.notes ?? []);
}

function line(kind: string, drawing: 'pending' | 'ok', sentence: string, ...buttons: readonly HTMLElement[]): HTMLElement {
  return h('div', { class: `call-notice ${kind}`, role: 'status' }, icon(drawing), h('p', {}, sentence),
    buttons.length === 0 ? undefined : h('div', { class: 'buttons' }, ...buttons));
}
