// The header of the form, and what it tells on one line below: what went wrong, and what has become of a save.

import * as l10n from '@vscode/l10n';
import type { ToLimitsPage } from '../../src/features/apim/limits/messages';
import type { Action } from '../kit/actions';
import { button, h } from '../kit/elements';
import { drawHeader, type ChipSpec } from '../kit/header';
import { icon } from '../kit/icons';
import { actionLabels, drawBriefProblem, drawProblem } from '../kit/problem';
import type { LimitsPageContext } from './context';

/** Draws the header; `save` does what its button says. */
export function drawHead(page: LimitsPageContext, state: ToLimitsPage, save: () => void): HTMLElement {
  const { title, instance, sample, busy, content } = state;
  const chip = chipOf(state);
  const isForm = content?.kind === 'form';
  const stop: Action = { id: 'stop', label: l10n.t('Stop'), icon: 'stop', run: () => page.send({ type: 'stop' }) };
  const edit: Action = { id: 'edit-policy', label: l10n.t('Edit Policy'), icon: 'edit', run: () => page.send({ type: 'editPolicy' }) };
  const refresh: Action = { id: 'refresh', label: l10n.t('Refresh'), icon: 'again', run: () => page.send({ type: 'refresh' }) };
  const discard: Action = { id: 'discard', label: l10n.t('Discard Changes'), icon: 'undo', run: () => page.send({ type: 'discard' }) };
  return drawHeader({
    ...(chip === undefined ? {} : { chip }),
    title,
    factsLabel: l10n.t('About this form'),
    facts: [
      { name: l10n.t('Instance'), value: instance, title: instance, className: 'fact-source', rank: 3 },
      ...(sample
        ? [{ value: l10n.t('on this computer'), title: l10n.t('Sample API Management, a stand-in on this computer'), rank: 1 }] : []),
    ],
    actions: {
      ...(isForm ? { primary: { id: 'save', label: l10n.t('Save'), icon: 'done', run: save } } : {}),
      icons: busy === undefined ? [edit, refresh] : [stop],
      more: busy === undefined && isForm ? [discard] : [],
      signal: page.signal,
    },
  });
}

function chipOf({ busy, problem, notice, content }: ToLimitsPage): ChipSpec | undefined {
  if (busy === 'reading') return { tone: 'going', icon: 'sending', text: l10n.t('Reading') };
  if (busy === 'saving') return { tone: 'going', icon: 'sending', text: l10n.t('Saving') };
  const isSaved = notice === 'saved' || notice === 'replaced';
  if (problem !== undefined && !isSaved) return { tone: 'failed', icon: 'failed', text: l10n.t('Failed') };
  if (notice === 'saved') return { tone: 'ok', icon: 'ok', text: l10n.t('Saved') };
  if (notice === 'replaced') return { tone: 'warning', icon: 'warning', text: l10n.t('Saved') };
  if (notice === 'changed') return { tone: 'warning', icon: 'warning', text: l10n.t('Not saved') };
  return content?.kind === 'form' && content.isNew ? { tone: 'quiet', icon: 'info', text: l10n.t('No policy yet') } : undefined;
}

/** Draws what went wrong: on one line where there is a form below. */
export function drawTrouble(page: LimitsPageContext, { problem, content }: ToLimitsPage): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  const draw = content === undefined ? drawProblem : drawBriefProblem;
  return draw(page, problem, actionLabels(l10n.t('Try Again')));
}

/** Draws what has become of a save, and why a call waits. */
export function drawNotice(page: LimitsPageContext, { notice, wait, busy, content }: ToLimitsPage): HTMLElement | undefined {
  if (busy !== undefined && wait !== undefined) return line('waits', 'pending', wait);
  if (notice === 'changed') {
    const sentence = content?.kind === 'form'
      ? l10n.t('Somebody else has changed the policy meanwhile, and nothing was overwritten. Here is what is there now, with your values.')
      : l10n.t('Somebody else has changed the policy meanwhile, and nothing was overwritten. Here is what is there now.');
    return line('changed', 'warning', sentence, button({
      label: l10n.t('Compare with What Was to Be Saved'), icon: 'compare', focusKey: 'compare', run: () => page.send({ type: 'compare' }),
    }));
  }
  if (notice === 'replaced') {
    return line('replaced', 'warning', l10n.t(
      'The policy was saved, and has replaced one that was made elsewhere at that moment. Ask who else writes policies there.'));
  }
  return notice === 'saved' ? line('saved', 'ok', l10n.t('The policy was saved. It counts for calls within a few seconds.')) : undefined;
}

function line(kind: string, drawing: 'pending' | 'warning' | 'ok', sentence: string, ...buttons: readonly HTMLElement[]): HTMLElement {
  return h('div', { class: `limits-notice ${kind}`, role: 'status' }, icon(drawing), h('p', {}, sentence), ...buttons);
}
