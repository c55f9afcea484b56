// The field for how far numbers may be apart and still count as the same. The editor says what it can be.

import * as l10n from '@vscode/l10n';
import { h } from '../kit/elements';
import { givesWay } from '../kit/oneLine';
import { openPopup } from '../kit/popup';

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

/** One of the two places where it is entered. */
interface Place {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly problem: HTMLElement;
}

/** Draws it. */
export function drawTolerance({ inUse, onGive, signal }: ToleranceSpec): ToleranceField {
  /** Where something was entered last. */
  let given: Place | undefined;
  const inLine = drawPlace('tolerance', 'compare-wrong', inUse, accept);
  function accept(place: Place): void {
    for (const each of [inLine, place]) say(each, undefined);
    if (place.input.value.trim() === inUse) return;
    given = place;
    onGive(place.input.value);
  }
  const { element } = inLine;
  // Its words go first, then those of the action beside it, and the field itself after the icons that are needed less often.
  element.firstElementChild?.setAttribute(givesWay, '4');
  element.setAttribute(givesWay, '29.5');
  return {
    element,
    problem: inLine.problem,
    edit: (host, anchor) => {
      const { input } = inLine;
      if (input.checkVisibility()) {
        input.select();
        input.focus();
        return;
      }
      const above = drawPlace('tolerance-form', 'form-problem', inUse, accept);
      // What is accepted is drawn with all else anew, which closes it; until then, or where it is refused, it stays.
      const popup = openPopup({ host, anchor, className: 'popup-form', back: () => anchor.focus(), signal },
        h('div', { class: 'form', role: 'dialog', 'aria-label': l10n.t('Tolerance for numbers') }, above.element, above.problem));
      above.input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || above.input.value.trim() !== inUse) return;
        // The key is not for what gets the focus.
        event.preventDefault();
        accept(above);
        popup.close(true);
      });
      above.input.select();
      above.input.focus();
    },
    refuse: (sentence) => say(given?.input.isConnected ? given : inLine, sentence),
  };
  function say({ input, problem }: Place, sentence: string | undefined): void {
    if (sentence !== undefined && input.value.trim() !== inUse) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    problem.textContent = sentence ?? '';
    problem.hidden = sentence === undefined;
  }
}

/** Draws the field and what is said of it. Escape takes back what was entered; `onGive` hears what is entered. */
function drawPlace(focusKey: string, problemClass: string, inUse: string, onGive: (place: Place) => void): Place {
  const problem = h('p', { class: problemClass, id: `${focusKey}-problem`, role: 'alert', hidden: true });
  const input = h('input', {
    type: 'text', class: 'field', inputmode: 'decimal', maxlength: 100, spellcheck: 'false', autocomplete: 'off', value: inUse,
    'data-focus': focusKey,
    'aria-label': l10n.t('Tolerance for numbers'),
    'aria-describedby': problem.id,
  });
  const element = h(
    'label',
    {
      class: 'compare-tolerance',
      title: l10n.t('Numbers no farther apart than this count as the same: 0.001, or 1% of the larger. 0 compares the texts.'),
    },
    h('span', {}, l10n.t('Tolerance')),
    input,
  );
  const place = { element, input, problem };
  input.addEventListener('change', () => onGive(place));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || input.value === inUse) return;
    event.preventDefault();
    event.stopPropagation();
    input.value = inUse;
    onGive(place);
  });
  return place;
}
