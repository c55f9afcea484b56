// The form: fields, what else is in force, and the policy that results; or the policy as text where it cannot be read safely.

import * as l10n from '@vscode/l10n';
import type { FormContent, LimitsDraft, TextContent, ToLimitsPage } from '../../src/features/apim/limits/messages';
import { button, h } from '../kit/elements';
import { redraw } from '../kit/redraw';
import { visibleLines } from '../kit/visible';
import { drawBeside, drawLimit, drawResult, drawWarnings } from './beside';
import type { LimitsPageContext } from './context';
import { drawFields } from './fields';

/** What the form tells. */
export interface FormEvents {
  readonly change: (draft: LimitsDraft) => void;
  readonly save: (draft: LimitsDraft) => void;
}

/** The form on the page. */
export interface LimitsForm {
  readonly element: HTMLElement;
  readonly draft: () => LimitsDraft;
  /** Shows what comes of the fields; they stay as they are. */
  readonly update: (state: ToLimitsPage, content: FormContent) => void;
  readonly focusWrong: () => void;
  readonly focus: () => void;
}

/** Draws the form. */
export function drawForm(page: LimitsPageContext, state: ToLimitsPage, content: FormContent, events: FormEvents): LimitsForm {
  const fields = drawFields(page, content, events.change);
  const others = h('div');
  const result = h('div', { class: 'limits-result' });
  // As in any form: Enter in a line of text goes on.
  fields.element.addEventListener('keydown', (event) => {
    const isLine = event.target instanceof Element && event.target.localName === 'vscode-textfield';
    if (event.key !== 'Enter' || event.isComposing || !isLine) return;
    event.preventDefault();
    events.save(fields.draft());
  }, { signal: page.signal });
  let shown = '';
  const update = (now: ToLimitsPage, form: FormContent): void => {
    fields.say(form);
    const { others: own, warnings, left, diff, diffCut, problems, wrongLine, isNew } = form;
    const wrong = Object.keys(problems).length;
    const key = JSON.stringify([now.beside, now.besideNotes, own, warnings, left, diff, diffCut, wrong, wrongLine, isNew]);
    if (key === shown) return;
    shown = key;
    redraw(others, others, () => others.replaceChildren(...(own.length === 0 ? [] : [drawOthers(page, own)])));
    redraw(result, result, () => {
      const parts = [drawBeside(now), drawWarnings(form), drawResult(page, form)];
      result.replaceChildren(...parts.filter((part) => part !== undefined));
    });
  };
  update(state, content);
  return {
    element: h('div', { class: 'limits-parts' },
      h('div', { class: 'limits-form', role: 'form', 'aria-label': l10n.t('Limits') }, fields.element, others), result),
    draft: fields.draft, update, focusWrong: fields.focusWrong, focus: fields.focus,
  };
}

function drawOthers(page: LimitsPageContext, others: FormContent['others']): HTMLElement {
  const title = l10n.t('Also in This Policy');
  return h('section', { class: 'limits-group', 'aria-label': title },
    h('h2', {}, title),
    h('div', { class: 'form-rows' }, h('div', { class: 'limits-shown' },
      h('ul', {}, ...others.map((limit) => h('li', {}, drawLimit(limit)))),
      h('p', { class: 'form-help' }, l10n.t('The form leaves them as they are.')),
      button({ label: l10n.t('Edit Policy'), icon: 'edit', focusKey: 'edit-others', run: () => page.send({ type: 'editPolicy' }) }))));
}

/** Draws a policy that cannot be read safely, as it is. */
export function drawText(page: LimitsPageContext, state: ToLimitsPage, { reason, text, cut }: TextContent): HTMLElement {
  const beside = drawBeside(state);
  return h('div', { class: 'limits-result' },
    h('section', { 'aria-labelledby': 'limits-text' },
      h('h2', { id: 'limits-text' }, l10n.t('The Policy Is Not Edited Here')),
      h('p', {}, reason),
      h('div', { class: 'buttons' },
        button({ label: l10n.t('Edit Policy'), icon: 'edit', focusKey: 'edit-text', run: () => page.send({ type: 'editPolicy' }) })),
      cut ? h('p', { class: 'limits-note' }, l10n.t('Not all of it is shown here. Edit Policy opens the whole.')) : undefined,
      h('pre', { class: 'limits-text', role: 'region', tabindex: 0, 'data-focus': 'policy-text', 'aria-label': l10n.t('Policy') },
        document.createTextNode(visibleLines(text)))),
    beside);
}
