// The field for how far numbers may be apart and still count as the same. The editor says what it can be.

import * as l10n from '@vscode/l10n';
import { button, h } from '../kit/elements';
import { givesWay, refit } from '../kit/oneLine';
import { openPopup } from '../kit/popup';

/** What the field shows, and who hears what is entered. */
export interface ToleranceSpec {
  /** The tolerance in use. */
  readonly inUse: string;
  /** What was given for it; undefined where nothing was. */
  readonly givenFor: string | undefined;
  readonly onGive: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What somebody is about to enter, for the field that is drawn next. */
export interface Unfinished {
  /** What was given last and has not been in use yet. */
  readonly pending: string | undefined;
  /** What stands there that was not given, or was refused. */
  readonly typed: string | undefined;
  /** What was said of it. */
  readonly refused: string | undefined;
  readonly from: number | null;
  readonly to: number | null;
  /** Whether it is entered below the line. */
  readonly below: boolean;
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
  /** To be asked before the drawing is given up. */
  unfinished(): Unfinished;
  /** Goes on with what was not finished in the drawing before; `edit` moves the focus into the field. */
  resume(unfinished: Unfinished, edit: () => void): void;
}

/** One of the two places where it is entered. */
interface Place {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly problem: HTMLElement;
}

/** Draws it. */
export function drawTolerance({ inUse, givenFor, onGive, signal }: ToleranceSpec): ToleranceField {
  /** Where something was entered last. */
  let given: Place | undefined;
  /** What was given and is neither in use nor refused yet, and what was so before it. */
  let [pending, earlier]: (string | undefined)[] = [];
  let refused: { readonly text: string; readonly sentence: string } | undefined;
  const last = (): string => pending ?? inUse;
  const inLine = drawPlace({ focusKey: 'tolerance', problemClass: 'compare-wrong', last, onGive: accept, onEnter: accept });
  let below: Place | undefined;
  function accept(place: Place): void {
    // What leaves the page with its drawing was not entered.
    if (signal.aborted) return;
    const text = place.input.value.trim();
    // It has been said.
    if (place === given && text === refused?.text) return;
    refused = undefined;
    if (place !== inLine) inLine.input.value = text;
    for (const each of [inLine, place]) say(each, undefined);
    if (text === last()) return;
    given = place;
    [pending, earlier] = [text, pending];
    onGive(text);
  }
  function refuse(sentence: string): void {
    refused = { text: last(), sentence };
    [pending, earlier] = [earlier, undefined];
    given = given?.input.isConnected ? given : inLine;
    say(given, sentence);
  }
  const { element } = inLine;
  // Its words go first, for a sign, then those of the action beside it, and the field itself after the icons that are needed less often.
  element.firstElementChild?.setAttribute(givesWay, '4');
  element.firstElementChild?.after(h('span', { class: 'compare-sign', 'aria-hidden': 'true' }, '≈'));
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
      const enter = (place: Place, event?: KeyboardEvent): void => {
        const asItWas = place.input.value.trim() === last() && (pending === undefined || given !== place);
        accept(place);
        if (!asItWas) return;
        // The key is not for what gets the focus.
        event?.preventDefault();
        popup.close(true);
      };
      const above = drawPlace({ focusKey: 'tolerance-form', problemClass: 'form-problem', last, onGive: accept, onEnter: enter });
      below = above;
      const hint = h('p', { class: 'muted', id: 'tolerance-hint' }, l10n.t('A number such as 0.1, or a percentage such as 1%.'));
      above.input.setAttribute('aria-describedby', `${hint.id} ${above.problem.id}`);
      const apply = button({ label: l10n.t('Apply'), look: 'primary', run: () => {
        // What is refused is mended there.
        above.input.focus();
        enter(above);
      } });
      // What is accepted is drawn with all else anew, which closes it; until then, or where it is refused, it stays.
      const popup = openPopup({ host, anchor, className: 'popup-form', back: () => anchor.focus(), signal },
        h('div', { class: 'form', role: 'dialog', 'aria-label': l10n.t('Tolerance for numbers') },
          above.element, hint, above.problem, h('div', { class: 'buttons' }, apply)));
      above.input.select();
      above.input.focus();
    },
    refuse,
    unfinished: () => {
      const form = below?.input.isConnected ? below : undefined;
      const { value, selectionStart, selectionEnd } = (form ?? inLine).input;
      const typed = value.trim() === last() ? undefined : value;
      return {
        pending, typed, from: selectionStart, to: selectionEnd,
        refused: typed?.trim() === refused?.text ? refused?.sentence : undefined,
        below: form !== undefined && (typed !== undefined || form !== given),
      };
    },
    resume: (was, edit) => {
      if (was.pending !== givenFor) pending = was.pending;
      inLine.input.value = last();
      if (was.below) {
        // Whether the line has room for it is found out only when it is laid out.
        refit(element);
        edit();
      }
      const place = below ?? inLine;
      if (was.typed !== undefined) place.input.value = was.typed;
      if (document.activeElement === place.input) place.input.setSelectionRange(was.from, was.to);
      if (was.typed === undefined || was.refused === undefined) return;
      refused = { text: was.typed.trim(), sentence: was.refused };
      given = place;
      say(place, was.refused);
    },
  };
  function say({ input, problem }: Place, sentence: string | undefined): void {
    if (sentence !== undefined && input.value.trim() !== last()) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    problem.textContent = sentence ?? '';
    problem.hidden = sentence === undefined;
  }
}

/** What a place needs. `last` is what Escape brings back; `onGive` hears what is entered, and `onEnter` the key. */
interface PlaceSpec {
  readonly focusKey: string;
  readonly problemClass: string;
  readonly last: () => string;
  readonly onGive: (place: Place) => void;
  readonly onEnter: (place: Place, event: KeyboardEvent) => void;
}

/** Draws the field and what is said of it. */
function drawPlace({ focusKey, problemClass, last, onGive, onEnter }: PlaceSpec): Place {
  const problem = h('p', { class: problemClass, id: `${focusKey}-problem`, role: 'alert', hidden: true });
  const input = h('input', {
    type: 'text', class: 'field', inputmode: 'decimal', maxlength: 100, spellcheck: 'false', autocomplete: 'off', value: last(),
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
  // Of a text that was carried over nothing has changed for the browser. Another window in front takes no focus away.
  input.addEventListener('blur', () => {
    if (document.activeElement !== input) onGive(place);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) return onEnter(place, event);
    if (event.key !== 'Escape' || input.value === last()) return;
    event.preventDefault();
    event.stopPropagation();
    input.value = last();
    onGive(place);
  });
  return place;
}
