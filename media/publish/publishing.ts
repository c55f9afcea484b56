// Draws a publishing: how it stands and what can be done, a line for each resource, warnings, and what differs from it later.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { DriftLine, ToPublishPage } from '../../src/features/apim/publish/messages';
import type { ErrorParts } from '../../src/model/errors';
import type { Action } from '../kit/actions';
import { button, h, type Child } from '../kit/elements';
import { drawHeader, type ChipSpec } from '../kit/header';
import { icon } from '../kit/icons';
import { drawPlacard } from '../kit/placard';
import { actionLabels, drawBriefProblem, withoutRetry } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import type { PublishPageContext } from './context';
import { drawLine } from './line';

/** Draws the whole page; one without a key is that of a publishing that is gone. */
export function drawPublishing(page: PublishPageContext, state: ToPublishPage): HTMLElement {
  if (state.key === '') return gone();
  const { problem } = state;
  const atTop = problem !== undefined && (problem.line === undefined || !state.lines.some(({ key }) => key === problem.line));
  return h('div', { class: 'publish-page' },
    head(page, state),
    progressOf(state),
    h('div', { class: 'publish-body' },
      atTop ? drawProblem(page, problem, state.phase) : undefined,
      driftOf(page, state.drift),
      outcomeOf(page, state),
      h('ul', { class: 'publish-lines', 'aria-label': l10n.t('What is published') },
        ...state.lines.map((line) =>
          drawLine(page, line, problem?.line === line.key ? drawProblem(page, problem, state.phase) : undefined))),
      warningsOf(state.warnings)));
}

function drawProblem(page: PublishPageContext, problem: ErrorParts, phase: ToPublishPage['phase']): HTMLElement {
  // What is left to be done has its own button, but for what follows a publishing.
  return drawBriefProblem(page, phase === 'done' ? problem : withoutRetry(problem), actionLabels());
}

function head(page: PublishPageContext, state: ToPublishPage): HTMLElement {
  const { service, instance, sample, busy, canUndo, canOpenPortal, phase } = state;
  const chip = chipOf(state);
  const primary = primaryOf(page, state);
  const idle = busy === undefined;
  const undo: Action = { id: 'undo', label: l10n.t('Undo'), icon: 'undo', run: () => page.send({ type: 'undo' }) };
  const drift: Action = { id: 'drift', label: l10n.t('Check for Drift'), icon: 'compare', run: () => page.send({ type: 'drift' }) };
  const again: Action = {
    id: 'plan-again', label: l10n.t('Look Again at What Is There'), icon: 'again', run: () => page.send({ type: 'planAgain' }),
  };
  const choices: Action = {
    id: 'choices', label: l10n.t('Change Choices…'), icon: 'edit', run: () => page.send({ type: 'choices' }),
  };
  const portal: Action = { id: 'portal', label: l10n.t('Open in Portal'), icon: 'open', run: () => page.send({ type: 'portal' }) };
  return drawHeader({
    ...(chip === undefined ? {} : { chip }),
    title: l10n.t('Publish {0} to {1}', service, instance),
    factsLabel: l10n.t('About this publishing'),
    facts: sample
      ? [{ value: l10n.t('on this computer'), title: l10n.t('Sample API Management, a stand-in on this computer'), rank: 1 }]
      : [],
    actions: {
      ...(primary === undefined ? {} : { primary }),
      icons: [
        ...(idle && canUndo ? [undo] : []),
        ...(idle && phase === 'review' ? [choices, again] : []),
      ],
      more: [...(idle && phase !== 'done' && phase !== 'review' ? [drift] : []), ...(canOpenPortal ? [portal] : [])],
      signal: page.signal,
    },
  });
}

function primaryOf(page: PublishPageContext, { busy, phase, left }: ToPublishPage): Action | undefined {
  if (busy !== undefined) return { id: 'stop', label: l10n.t('Stop'), icon: 'stop', run: () => page.send({ type: 'stop' }) };
  const apply = (): void => page.send({ type: 'apply' });
  switch (phase) {
    case 'review':
      if (left === 0) return undefined;
      return { id: 'apply', label: applyLabel(left), icon: 'done', run: apply };
    case 'stopped':
      return { id: 'apply', label: l10n.t('Carry On'), icon: 'carryOn', run: apply };
    case 'undoing':
      return { id: 'undo-on', label: l10n.t('Go On Undoing'), icon: 'undo', run: () => page.send({ type: 'undo' }) };
    case 'done':
      return { id: 'drift', label: l10n.t('Check for Drift'), icon: 'compare', run: () => page.send({ type: 'drift' }) };
    case 'undone':
      return { id: 'plan-again', label: l10n.t('Plan It Anew'), icon: 'again', run: () => page.send({ type: 'planAgain' }) };
    default:
      return phase satisfies never;
  }
}

function applyLabel(left: number): string {
  return left === 1 ? l10n.t('Apply 1 Change') : l10n.t('Apply {0} Changes', formatCount(left));
}

function chipOf({ busy, phase, problem }: ToPublishPage): ChipSpec | undefined {
  if (busy !== undefined) return { tone: 'going', icon: 'sending', text: busyText(busy) };
  // What is published stays so, whatever became of a later look at it.
  if (problem !== undefined && phase !== 'done') return { tone: 'failed', icon: 'failed', text: l10n.t('Stopped') };
  switch (phase) {
    case 'review':
      return undefined;
    case 'stopped':
    case 'undoing':
      return { tone: 'warning', icon: 'warning', text: l10n.t('Not finished') };
    case 'done':
      return { tone: 'ok', icon: 'ok', text: l10n.t('Published') };
    case 'undone':
      return { tone: 'quiet', icon: 'undo', text: l10n.t('Undone') };
    default:
      return phase satisfies never;
  }
}

function busyText(busy: NonNullable<ToPublishPage['busy']>): string {
  switch (busy) {
    case 'applying':
      return l10n.t('Publishing');
    case 'undoing':
      return l10n.t('Undoing');
    case 'checking':
      return l10n.t('Checking');
    case 'planning':
      return l10n.t('Looking at what is there');
    default:
      return busy satisfies never;
  }
}

function progressOf({ busy, left, taken }: ToPublishPage): HTMLElement {
  // Its space is kept, so that nothing jumps when it begins.
  if (busy === undefined) return h('div', { class: 'progress' });
  const bar = drawProgress(busyText(busy), 'line');
  const all = left + taken;
  if (busy === 'applying' && all > 0) bar.update(taken / all, l10n.t('{0} of {1}', formatCount(taken), formatCount(all)));
  return bar.element;
}

function outcomeOf(page: PublishPageContext, { outcome }: ToPublishPage): HTMLElement | undefined {
  if (!outcome) return undefined;
  const buttons: readonly Child[] = [
    outcome.send
      ? button({ label: l10n.t('Send Request…'), icon: 'send', focusKey: 'outcome-send', run: () => page.send({ type: 'send' }) })
      : undefined,
    outcome.jobs
      ? button({ label: l10n.t('Run Batch Job…'), icon: 'runAll', focusKey: 'outcome-job', run: () => page.send({ type: 'runJob' }) })
      : undefined,
  ];
  return h('div', { class: 'publish-outcome', role: 'status' },
    h('div', {}, ...outcome.sentences.map((sentence) => h('p', {}, sentence))),
    h('div', { class: 'buttons' }, ...buttons));
}

function warningsOf(warnings: readonly string[]): HTMLElement | undefined {
  if (warnings.length === 0) return undefined;
  return h('ul', { class: 'publish-warnings', 'aria-label': l10n.t('Warnings') },
    ...warnings.map((warning) => h('li', {}, icon('warning'), h('span', {}, warning))));
}

function driftOf(page: PublishPageContext, drift: readonly DriftLine[] | undefined): HTMLElement | undefined {
  if (!drift) return undefined;
  const title = drift.length === 0 ? l10n.t('Nothing differs from what was published') : l10n.t('Differs from What Was Published');
  return h('section', { class: 'publish-drift', 'aria-labelledby': 'drift-title' },
    h('h2', { id: 'drift-title' }, icon(drift.length === 0 ? 'ok' : 'warning'), title),
    drift.length === 0 ? undefined : h('ul', {}, ...drift.map((line) => drawDrift(page, line))));
}

function drawDrift(page: PublishPageContext, { key, state, kind, name, members, diff }: DriftLine): HTMLElement {
  return h('li', { class: 'publish-drift-line' },
    h('div', { class: 'publish-text' },
      h('span', { class: 'publish-state-word' }, state), h('span', { class: 'muted' }, kind), h('span', { class: 'publish-name' }, name),
      diff
        ? button({
            label: l10n.t('Show Differences of {0}', name), icon: 'compare', look: 'plain', focusKey: `drift-${key}`,
            run: () => page.send({ type: 'driftDiff', key }),
          })
        : undefined),
    members.length === 0 ? undefined : h('ul', { class: 'publish-notes' }, ...members.map((each) => h('li', {}, h('code', {}, each)))));
}

function gone(): HTMLElement {
  return drawPlacard('file', l10n.t('There is no publishing to show'), 'h1',
    h('p', {}, l10n.t('Publish to API Management in the menu of a service begins one.')));
}
