// The request of a test as JSON, with what is wrong with it beneath, and the way to the place.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { JsonState } from '../../src/features/tryIt/test/messages';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import { visible } from '../kit/visible';

/** The text on the page. */
export interface JsonPart {
  readonly element: HTMLElement;
  readonly text: () => string;
  readonly say: (state: JsonState) => void;
  /** Leads to what is wrong; false where nothing is. */
  readonly focusWrong: () => boolean;
  readonly focus: () => void;
}

/** Draws it. */
export function drawJson(state: JsonState, changed: () => void): JsonPart {
  const field = h('textarea', {
    class: 'call-text', id: 'request-text', 'data-focus': 'request-text', spellcheck: 'false', autocomplete: 'off',
    'aria-label': l10n.t('Request'), 'aria-describedby': 'request-said', rows: 12,
  });
  field.value = state.text;
  // What is focused shows where its cursor stands.
  field.setSelectionRange(0, 0);
  field.addEventListener('input', changed);
  const said = h('p', { class: 'call-said', id: 'request-said', role: 'status' });
  const reasons = h('span');
  const why = h('p', { class: 'test-why', role: 'alert' }, icon('warning'), reasons);
  let problem = state.problem;
  const lead = (): void => {
    field.focus();
    if (problem?.offset !== undefined) field.setSelectionRange(problem.offset, problem.offset + 1);
  };
  const place = button({ label: l10n.t('Go There'), icon: 'goTo', look: 'plain', focusKey: 'request-place', run: lead });
  let told: string | undefined;
  const say = (now: JsonState): void => {
    problem = now.problem;
    why.hidden = now.why === undefined;
    const reason = now.why === undefined ? '' : l10n.t('It stays JSON. {0}', now.why);
    // What is said once more is read out once more.
    if (reasons.textContent !== visible(reason)) reasons.textContent = visible(reason);
    const words = wordsOf(now);
    if (words === told) return;
    told = words;
    place.hidden = problem?.offset === undefined;
    field.setAttribute('aria-invalid', String(problem !== undefined));
    said.classList.toggle('wrong', problem !== undefined);
    said.replaceChildren(icon(problem === undefined ? 'done' : 'failed'), h('span', {}, words));
  };
  say(state);
  return {
    element: h('div', { class: 'test-json' },
      h('h2', {}, l10n.t('Request')), why, field, h('div', { class: 'call-said-line' }, said, place)),
    text: () => field.value, say,
    focusWrong: () => {
      if (problem !== undefined) lead();
      return problem !== undefined;
    },
    focus: () => field.focus(),
  };
}

function wordsOf({ problem }: JsonState): string {
  if (problem?.line !== undefined && problem.column !== undefined)
    return l10n.t('Line {0}, column {1}: {2}', formatCount(problem.line), formatCount(problem.column), problem.sentence);
  return problem?.sentence ?? l10n.t('This is a request.');
}
