// The body of a call as text, with what is wrong with it beneath, and the way to the place.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { BodyProblem, CallBody, CallContent, Unsent } from '../../src/features/tryIt/messages';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import { visible } from '../kit/visible';

/** A place of the text, in UTF-16 units. */
export type BodyPlace = NonNullable<Unsent['place']>;

/** The body's part of the page. */
export interface BodyPart {
  readonly element: HTMLElement;
  readonly text: () => string;
  readonly say: (content: CallContent) => void;
  /** Leads to what is wrong; false where nothing is. */
  readonly focusWrong: () => boolean;
  /** Leads to a place; true, as there is one. */
  readonly focusAt: (place: BodyPlace) => boolean;
  readonly focus: () => void;
}

/** Draws it. */
export function drawBody(body: CallBody, text: string, changed: () => void): BodyPart {
  const field = h('textarea', {
    class: 'call-text', id: 'body', 'data-focus': 'body', spellcheck: 'false', autocomplete: 'off', 'aria-label': l10n.t('Body'),
    'aria-describedby': 'body-said', rows: 14,
  });
  field.value = text;
  field.addEventListener('input', changed);
  const said = h('p', { class: 'call-said', id: 'body-said', role: 'status' });
  let problem: BodyProblem | undefined;
  const lead = (): void => {
    field.focus();
    if (problem?.offset !== undefined) field.setSelectionRange(problem.offset, problem.offset + 1);
  };
  const place = button({ label: l10n.t('Go There'), icon: 'goTo', look: 'plain', focusKey: 'body-place', run: lead });
  place.hidden = true;
  let told = '';
  const whole = h('div', { class: 'call-part' },
    h('p', { class: 'form-help' }, [body.contentType, body.from].filter((each) => each !== undefined && each !== '').join(' · ')),
    field, h('div', { class: 'call-said-line' }, said, place));
  return {
    element: body.untold === true && text === '' ? drawUntold(whole, field) : whole,
    text: () => field.value,
    say: ({ problems: { body: now }, draft }) => {
      problem = now;
      const words = saidOf(body, now, draft.body);
      if (words === told) return;
      told = words;
      place.hidden = now?.offset === undefined;
      field.setAttribute('aria-invalid', String(now !== undefined));
      said.classList.toggle('wrong', now !== undefined);
      said.replaceChildren(...(words === '' ? [] : [icon(now === undefined ? 'done' : 'failed'), h('span', {}, visible(words))]));
    },
    focusWrong: () => {
      if (problem !== undefined) lead();
      return problem !== undefined;
    },
    focusAt: ({ offset, length }) => {
      field.focus();
      field.setSelectionRange(offset, offset + length);
      return true;
    },
    // What stands above is to be seen first.
    focus: () => field.focus({ preventScroll: true }),
  };
}

/** An operation that takes none: the field is there when it is wanted. */
function drawUntold(whole: HTMLElement, field: HTMLElement): HTMLElement {
  const add = button({ label: l10n.t('Add Body'), icon: 'add', focusKey: 'add-body', run: () => {
    part.replaceWith(whole);
    field.focus();
  } });
  const part = h('div', { class: 'call-part' }, h('p', { class: 'form-help' }, l10n.t('This operation takes no body.')), add);
  return h('div', { class: 'call-untold' }, part);
}

function saidOf({ json }: CallBody, problem: BodyProblem | undefined, text: string): string {
  if (problem?.line !== undefined && problem.column !== undefined)
    return l10n.t('Line {0}, column {1}: {2}', formatCount(problem.line), formatCount(problem.column), problem.sentence);
  if (problem !== undefined) return problem.sentence;
  return json && text.trim() !== '' ? l10n.t('This is JSON.') : '';
}
