// The header of a comparison, and what a run will do: how many calls, which limits are ahead.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { ToWaysPage } from '../../src/features/apim/ways/messages';
import type { Action } from '../kit/actions';
import { h } from '../kit/elements';
import { drawHeader, type ChipSpec } from '../kit/header';
import { icon } from '../kit/icons';
import { actionLabels, drawBriefProblem, drawProblem } from '../kit/problem';
import { visible } from '../kit/visible';
import type { WaysContext } from './context';

/** Draws the header; `run` does what its button says. */
export function drawHead(page: WaysContext, state: ToWaysPage, run: () => void): HTMLElement {
  const { title, busy, direct, gateway, canRun } = state;
  const stop: Action = { id: 'stop', label: l10n.t('Stop'), icon: 'stop', run: () => page.send({ type: 'stop' }) };
  const refresh: Action = { id: 'refresh', label: l10n.t('Refresh'), icon: 'again', run: () => page.send({ type: 'refresh' }) };
  const primary: Action = { id: 'run', label: l10n.t('Compare'), icon: 'start', title: l10n.t('Make the calls both ways'), run };
  const chip = chipOf(state);
  return drawHeader({
    ...(chip === undefined ? {} : { chip }),
    title,
    factsLabel: l10n.t('About this comparison'),
    facts: [
      { name: l10n.t('Direct'), value: hostOf(direct.address), title: direct.address, rank: 3 },
      { name: l10n.t('Gateway'), value: hostOf(gateway.address), title: gateway.address, rank: 4 },
    ],
    actions: { ...(canRun ? { primary } : {}), icons: busy === undefined ? [refresh] : [stop], signal: page.signal },
  });
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

function chipOf({ busy, progress, problem, result }: ToWaysPage): ChipSpec | undefined {
  if (busy === 'reading') return { tone: 'going', icon: 'sending', text: l10n.t('Reading') };
  if (busy === 'running') {
    const { done, all } = progress ?? { done: 0, all: 0 };
    return { tone: 'going', icon: 'sending', text: l10n.t('{0} of {1}', formatCount(done), formatCount(all)) };
  }
  if (problem !== undefined) return { tone: 'failed', icon: 'failed', text: l10n.t('Failed') };
  if (result?.ending === undefined) return undefined;
  return result.ending.tone === 'good'
    ? { tone: 'ok', icon: 'ok', text: l10n.t('Compared') } : { tone: 'warning', icon: 'warning', text: l10n.t('Ended early') };
}

/** Draws what went wrong: on one line where there is something to look at below. */
export function drawTrouble(page: WaysContext, { problem, canRun }: ToWaysPage): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  return (canRun ? drawBriefProblem : drawProblem)(page, problem, actionLabels(l10n.t('Try Again')));
}

/** Draws how the run has ended, where it did not end by itself. */
export function drawEnding({ result, busy }: ToWaysPage): HTMLElement | undefined {
  const ending = busy === undefined ? result?.ending : undefined;
  if (ending === undefined || ending.tone === 'good') return undefined;
  return drawLine(ending.tone, ending.text);
}

/** Draws what is to be known of all that was found. */
export function drawWarning({ result }: ToWaysPage): HTMLElement | undefined {
  return result?.warning === undefined ? undefined : drawLine('warn', result.warning);
}

function drawLine(tone: 'warn' | 'bad', text: string): HTMLElement {
  return h('div', { class: `ways-ending ${tone}`, role: 'status' }, icon(tone === 'bad' ? 'failed' : 'warning'), h('p', {}, visible(text)));
}

/** Draws what a run will do. */
export function drawAhead({ request, ahead, wait }: ToWaysPage): HTMLElement {
  const line = (tone: 'warn' | 'plain', text: string): HTMLElement =>
    h('li', { class: tone }, tone === 'warn' ? icon('warning') : undefined, h('span', {}, visible(text)));
  return h('ul', { class: 'ways-ahead' },
    wait === undefined ? undefined : line('warn', wait), request === '' ? undefined : line('plain', request),
    ...ahead.map(({ tone, text }) => line(tone, text)));
}
