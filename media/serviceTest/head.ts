// The header of a test, the line of what is filled in below it, and what went wrong on this side.

import * as l10n from '@vscode/l10n';
import type { TestState } from '../../src/features/tryIt/test/messages';
import type { Action } from '../kit/actions';
import { button, h } from '../kit/elements';
import { selectRow } from '../kit/formRow';
import { drawHeader, type ChipSpec } from '../kit/header';
import { drawNotes } from '../kit/notes';
import { actionLabels, drawBriefProblem, drawProblem } from '../kit/problem';
import type { TestContext } from './context';

/** What needs the fields to be sound: each does what its button says. */
export interface HeadEvents {
  readonly send: () => void;
  readonly refresh: () => void;
  readonly openFile: () => void;
}

/** Draws the header. */
export function drawHead(page: TestContext, state: TestState, { send, refresh: readAnew, openFile }: HeadEvents): HTMLElement {
  const { title, workspace, sample, busy, form, json } = state;
  const isRead = form !== undefined || json !== undefined;
  const chip = chipOf(state);
  const stop: Action = { id: 'stop', label: l10n.t('Stop'), icon: 'stop', run: () => page.send({ type: 'stop' }) };
  const refresh: Action = { id: 'refresh', label: l10n.t('Refresh Description'), icon: 'again', run: readAnew };
  const more: readonly Action[] = [
    { id: 'sample', label: l10n.t('Fill In Sample Values'), icon: 'undo', run: () => page.send({ type: 'sample' }) },
    { id: 'open-file', label: l10n.t('Open as Request File'), icon: 'newFile', run: openFile },
  ];
  return drawHeader({
    ...(chip === undefined ? {} : { chip }),
    title,
    factsLabel: l10n.t('About this service'),
    facts: [
      { name: l10n.t('Workspace'), value: workspace, title: workspace, className: 'fact-source', rank: 3 },
      ...(sample ? [{ value: l10n.t('on this computer'), title: l10n.t('Part of the sample, on this computer'), rank: 1 }] : []),
    ],
    actions: {
      ...(isRead
        ? { primary: { id: 'send', label: l10n.t('Send'), icon: 'send', title: l10n.t('Send (Enter, Ctrl+Enter)'), run: send } } : {}),
      icons: busy === undefined ? [refresh] : [stop],
      more: isRead && busy === undefined ? more : [],
      signal: page.signal,
    },
  });
}

function chipOf({ busy, problem }: TestState): ChipSpec | undefined {
  if (busy === 'reading') return { tone: 'going', icon: 'sending', text: l10n.t('Reading') };
  if (busy === 'sending') return { tone: 'going', icon: 'sending', text: l10n.t('Sending') };
  return problem === undefined ? undefined : { tone: 'failed', icon: 'failed', text: l10n.t('Failed') };
}

/** Draws what went wrong: on one line where there are fields below. */
export function drawTrouble(page: TestContext, { problem, form, json }: TestState): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  const draw = form === undefined && json === undefined ? drawProblem : drawBriefProblem;
  return draw(page, problem, actionLabels(l10n.t('Try Again')));
}

/** Draws what is to be known of what is filled in. */
export function drawRemarks({ notes }: TestState): HTMLElement | undefined {
  return drawNotes(notes);
}

/** Draws the way to the service, where there are several, and the other look of the request. `toForm` and `toJson` do what they say. */
export function drawLooks(
  page: TestContext, { ways, way, form, json }: TestState, { toForm, toJson }: { readonly toForm: () => void; readonly toJson: () => void },
): HTMLElement | undefined {
  const choice = ways.length < 2 ? undefined : selectRow({
    id: 'way', label: l10n.t('Way to the service'), value: way, choices: ways.map(({ id, label }) => ({ value: id, label })),
    onChange: () => choice && page.send({ type: 'way', way: choice.value() }),
  });
  const look = form !== undefined
    ? button({ label: l10n.t('As JSON'), icon: 'code', focusKey: 'look', run: toJson })
    : json?.hasForm === true ? button({ label: l10n.t('As Form'), icon: 'list', focusKey: 'look', run: toForm }) : undefined;
  if (choice === undefined && look === undefined) return undefined;
  const element = h('div', { class: 'test-looks' }, choice?.element, h('span', { class: 'header-space' }), look);
  element.classList.toggle('ways', choice !== undefined);
  return element;
}
