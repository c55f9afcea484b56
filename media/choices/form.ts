// The form: what the API is called, where it is, who may call it and how often, and what the gateway adds.

import * as l10n from '@vscode/l10n';
import type { ChoicesCheck, ChoicesDraft, ChoicesPlace, ToChoicesPage } from '../../src/features/apim/choices/messages';
import { h } from '../kit/elements';
import { drawHeader } from '../kit/header';
import { drawFields } from './fields';
import { drawPreview } from './preview';

/** What the form tells. */
export interface FormEvents {
  readonly change: (draft: ChoicesDraft) => void;
  readonly submit: (draft: ChoicesDraft) => void;
}

/** The form on the page. */
export interface ChoicesForm {
  readonly element: HTMLElement;
  readonly place: ChoicesPlace;
  /** Fields that follow others stand as they are to be. */
  readonly show: (draft: ChoicesDraft) => void;
  /** Shows what is wrong and what would come of it; `wanted` leads to the first thing that is wrong. */
  readonly check: (check: ChoicesCheck, wanted: boolean) => void;
  readonly busy: (busy: boolean) => void;
  readonly focus: () => void;
}

/** Draws it with what the editor says. */
export function drawChoices(
  message: Extract<ToChoicesPage, { readonly type: 'choices' }>,
  signal: AbortSignal,
  events: FormEvents,
): ChoicesForm {
  const { place, service, instanceName, check } = message;
  const { purpose } = place;
  let isBusy = false;
  const fields = drawFields(message, events.change);
  const preview = drawPreview();
  const submit = (): void => {
    if (!isBusy) events.submit(fields.draft());
  };
  const header = drawHeader({
    title: purpose === 'define' ? l10n.t('API of {0}', service) : l10n.t('Publish {0}', service),
    factsLabel: l10n.t('About these choices'),
    facts: instanceName === undefined
      ? []
      : [{ name: l10n.t('Instance'), value: instanceName, title: instanceName, className: 'fact-source', rank: 1 }],
    actions: {
      primary: purpose === 'define'
        ? { id: 'submit', label: l10n.t('Create Files…'), icon: 'newFile', run: submit }
        : { id: 'submit', label: l10n.t('Review Changes…'), icon: 'goTo', run: submit },
      signal,
    },
  });
  const primary = header.querySelector('.button.primary');
  // As in any form: Enter in a line of text goes on.
  fields.element.addEventListener('keydown', (event) => {
    const isLine = event.target instanceof Element && event.target.localName === 'vscode-textfield';
    if (event.key !== 'Enter' || event.isComposing || !isLine) return;
    event.preventDefault();
    submit();
  }, { signal });
  const show = (now: ChoicesCheck, wanted: boolean): void => {
    fields.say(now.problems, wanted);
    preview.show(now.addresses, Object.keys(now.problems).length);
  };
  show(check, false);
  return {
    element: h('div', { class: 'choices-page' }, header,
      h('div', { class: 'choices-body' },
        h('div', { class: 'choices-parts' },
          h('div', { class: 'choices-form', role: 'form', 'aria-label': l10n.t('Choices') }, fields.element), preview.element))),
    place,
    show: fields.show,
    check: show,
    busy: (busy) => {
      isBusy = busy;
      primary?.setAttribute('aria-disabled', String(busy));
    },
    focus: fields.focus,
  };
}
