// The field for how far numbers may be apart and still count as the same. The editor says what it can be.

import * as l10n from '@vscode/l10n';
import { h } from '../kit/elements';
import { givesWay } from '../kit/oneLine';
import { openPopup, type Popup } from '../kit/popup';

/** What the field shows, and who hears what is entered. */
export interface ToleranceSpec {
  /** The tolerance in use. */
  readonly inUse: string;
  readonly onGive: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The field on the page. */
export interface ToleranceField {
  /** For the first line, where it gives way. */
  readonly element: HTMLElement;
  /** Says why what was entered is no tolerance; what is in use stays. */
  readonly problem: HTMLElement;
  /** Moves the focus into the field, which opens below `anchor` where the line has no room for it. */
  edit(host: HTMLElement, anchor: HTMLElement): void;
  refuse(sentence: string): void;
}

/** Draws it. */
export function drawTolerance({ inUse, onGive, signal }: ToleranceSpec): ToleranceField {
  const problem = h('p', { class: 'compare-wrong', role: 'alert', hidden: true });
  const inputs: HTMLInputElement[] = [];
  let popup: Popup | undefined;
  const accept = (input: HTMLInputElement): void => {
    problem.hidden = true;
    for (const each of inputs) each.removeAttribute('aria-invalid');
    if (input.value.trim() === inUse) return;
    // The field above the page goes with what is drawn now: the focus goes where it came from first.
    if (popup?.element.contains(input)) popup.close(true);
    onGive(input.value);
  };
  const field = (focusKey: string): HTMLElement => {
    const input = h('input', {
      type: 'text', class: 'field', inputmode: 'decimal', maxlength: 100, spellcheck: 'false', autocomplete: 'off', value: inUse,
      'data-focus': focusKey,
      'aria-label': l10n.t('Tolerance for numbers'),
    });
    inputs.push(input);
    input.addEventListener('change', () => accept(input));
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || input.value === inUse) return;
      event.preventDefault();
      event.stopPropagation();
      input.value = inUse;
      input.removeAttribute('aria-invalid');
      problem.hidden = true;
    });
    return h(
      'label',
      {
        class: 'compare-tolerance',
        title: l10n.t('Numbers no farther apart than this count as the same: 0.001, or 1% of the larger. 0 compares the texts.'),
      },
      h('span', {}, l10n.t('Tolerance')),
      input,
    );
  };
  const element = field('tolerance');
  // Its words go first, then those of the action beside it, and the field itself before anything that is an icon.
  element.firstElementChild?.setAttribute(givesWay, '4');
  element.setAttribute(givesWay, '25');
  return {
    element,
    problem,
    edit: (host, anchor) => {
      const inLine = element.querySelector('input');
      if (inLine?.checkVisibility()) {
        inLine.select();
        inLine.focus();
        return;
      }
      const opened = field('tolerance-form');
      popup = openPopup({ host, anchor, className: 'popup-form', back: () => anchor.focus(), signal },
        h('div', { class: 'form', role: 'dialog', 'aria-label': l10n.t('Tolerance for numbers') }, opened));
      opened.querySelector('input')?.select();
      opened.querySelector('input')?.focus();
    },
    refuse: (sentence) => {
      for (const each of inputs) if (each.value.trim() !== inUse) each.setAttribute('aria-invalid', 'true');
      problem.textContent = sentence;
      problem.hidden = false;
    },
  };
}
