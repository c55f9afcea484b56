// What counts beside the form's own limits, what polling a job costs, and the policy that results.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { BesideLine, DiffLine, FormContent, ToLimitsPage } from '../../src/features/apim/limits/messages';
import { button, h } from '../kit/elements';
import { drawChip } from '../kit/header';
import { icon, type IconName } from '../kit/icons';
import { visibleLines } from '../kit/visible';
import type { LimitsPageContext } from './context';

/** Draws the limits of the policies beside, and which of all wins; undefined where nothing is to be said. */
export function drawBeside({ beside, besideNotes }: Pick<ToLimitsPage, 'beside' | 'besideNotes'>): HTMLElement | undefined {
  if (beside.length + besideNotes.length === 0) return undefined;
  return h('section', { 'aria-labelledby': 'limits-beside' },
    h('h2', { id: 'limits-beside' }, l10n.t('Also in Force')),
    beside.length === 0 ? undefined : h('ul', { class: 'limits-beside' }, ...beside.map(({ source, limits, problem }) => h('li', {},
      h('span', { class: 'limits-source' }, source),
      h('div', {},
        ...(limits.length === 0 && problem === undefined ? [h('p', {}, l10n.t('none'))] : limits.map(drawLimit)),
        problem === undefined ? undefined : h('p', { class: 'limits-note' }, problem))))),
    ...besideNotes.map((note) => h('p', { class: 'limits-note' }, note)));
}

/** Draws a limit in a few words, with the verdict on it. */
export function drawLimit({ text, verdict, wins, note }: BesideLine['limits'][number]): HTMLElement {
  return h('div', { class: 'limits-limit' },
    h('span', {}, text),
    verdict === ''
      ? undefined
      : drawChip(wins ? { tone: 'ok', icon: 'done', text: verdict } : { tone: 'quiet', icon: 'info', text: verdict }),
    note === '' ? undefined : h('p', { class: 'limits-note' }, note));
}

/** Draws what polling costs, and what could not be done; undefined where there is nothing. */
export function drawWarnings({ warnings, left }: FormContent): HTMLElement | undefined {
  if (warnings.length + left.length === 0) return undefined;
  const line = (drawing: IconName, sentence: string): HTMLElement => h('li', {}, icon(drawing), h('span', {}, sentence));
  return h('section', { 'aria-label': l10n.t('Warnings') },
    h('ul', { class: 'limits-warnings' },
      ...warnings.map((each) => line('warning', each)), ...left.map((each) => line('info', each))));
}

/** Draws how the policy would change. */
export function drawResult(page: LimitsPageContext, { diff, diffCut, problems, wrongLine, isNew }: FormContent): HTMLElement {
  const wrong = Object.keys(problems).length;
  const nothing = wrong === 0
    ? l10n.t('Nothing is changed yet.')
    : wrong === 1 ? l10n.t('One field needs correction.') : l10n.t('{0} fields need correction.', formatCount(wrong));
  return h('section', { 'aria-labelledby': 'limits-result' },
    h('h2', { id: 'limits-result' },
      h('span', {}, isNew ? l10n.t('New Policy') : l10n.t('Resulting Policy')),
      diff.length === 0 ? undefined : button({
        label: l10n.t('Compare in Editor'), icon: 'compare', look: 'plain', focusKey: 'diff', run: () => page.send({ type: 'diff' }),
      })),
    diffCut ? h('p', { class: 'limits-note' }, l10n.t('Not all of it is shown here. Compare in Editor shows the whole.')) : undefined,
    diff.length === 0
      ? h('p', { class: 'limits-note' }, nothing)
      : h('div', { class: 'limits-diff', role: 'region', tabindex: 0, 'data-focus': 'diff-text', 'aria-label': l10n.t('Differences') },
          h('div', { class: 'limits-lines' }, ...diff.map((line) => drawLine(line, wrongLine)))));
}

function drawLine(line: DiffLine, wrongLine: number | undefined): HTMLElement {
  if (line.kind === 'gap') {
    const text = line.lines === 1 ? l10n.t('1 line') : l10n.t('{0} lines', formatCount(line.lines));
    return h('div', { class: 'limits-line gap' }, h('span', { class: 'sign' }, '⋯'), h('span', {}, text));
  }
  const signs = { same: '', in: '+', out: '−' };
  const isWrong = line.kind !== 'out' && line.line === wrongLine;
  const said = line.kind === 'in' ? l10n.t('Added:') : line.kind === 'out' ? l10n.t('Removed:') : undefined;
  const looks = ['limits-line', line.kind, ...(isWrong ? ['wrong'] : [])].join(' ');
  return h('div', { class: looks, title: isWrong ? l10n.t('Refused here') : undefined },
    said === undefined ? undefined : h('span', { class: 'unseen' }, said),
    h('span', { class: 'sign', 'aria-hidden': 'true' }, signs[line.kind]),
    // Tabs are those of the document.
    h('span', {}, document.createTextNode(visibleLines(line.text))));
}
