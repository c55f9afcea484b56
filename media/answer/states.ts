// What the page shows while there is no answer: nothing yet, on its way, waiting for another try, cancelled.

import type { PanelState } from '../../src/features/scoring/messages';
import type { PageContext } from '../kit/context';
import { button, h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import type { IconName } from '../kit/icons';
import { drawPlacard } from '../kit/placard';
import { actionButton } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import { answerLabels } from './labels';

/** How often the seconds on the page are brought up to date, in milliseconds. */
const tickMs = 250;

/** A state on the page. */
export interface Drawn {
  readonly element: HTMLElement;
  /** Sets the clock by a newer message about the same phase. */
  readonly update: (state: PanelState) => void;
}

/** Draws a state that has no answer. Its seconds run by the page's own clock from the moment on that the state came. */
export function drawState(page: PageContext, state: Exclude<PanelState, { kind: 'answered' }>): Drawn {
  switch (state.kind) {
    case 'idle':
      return still(
        placard(
          'send',
          'No answer to show',
          h(
            'p',
            {},
            'Open a JSON request and choose ',
            h('strong', {}, 'Send to RRS'),
            '. Answers stay here until the window is reloaded.',
          ),
        ),
      );
    case 'pending':
      return still(placard('pending', 'Not sent yet', pair(state), h('p', {}, 'This file waits for its turn.'), cancelButton(page)));
    case 'sending': {
      const seconds = drawSeconds(page, elapsed, state);
      return {
        element: under(`Sending to ${state.service}`, placard(undefined, 'Sending', pair(state), seconds.element, cancelButton(page))),
        update: seconds.update,
      };
    }
    case 'waiting': {
      const seconds = drawSeconds(page, (sinceMs) => countdown(-sinceMs), state);
      return {
        element: under(
          'Waiting for the next try',
          placard(undefined, 'Waiting to try again', pair(state), h('p', {}, state.reason), seconds.element, cancelButton(page)),
        ),
        update: seconds.update,
      };
    }
    case 'cancelled':
      return still(
        placard(
          'cancelled',
          'Cancelled',
          pair(state),
          h('p', {}, 'The connection was closed.'),
          h('div', { class: 'buttons' }, actionButton(page, 'retry', 'primary', answerLabels())),
        ),
      );
    default:
      return state satisfies never;
  }
}

/** A state in a sentence, for those who cannot see it. */
export function sentenceOf(state: Exclude<PanelState, { kind: 'answered' }>): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'pending':
      return `${state.source} has not been sent yet.`;
    case 'sending':
      return `Sending ${state.source} to ${state.service}.`;
    case 'waiting':
      return `Waiting to try again. ${state.reason}`;
    case 'cancelled':
      return 'Cancelled. The connection was closed.';
    default:
      return state satisfies never;
  }
}

function placard(drawing: IconName | undefined, title: string, ...children: readonly Node[]): HTMLElement {
  return drawPlacard(drawing, title, 'h1', ...children);
}

function still(element: HTMLElement): Drawn {
  return { element, update: () => undefined };
}

function under(label: string, content: HTMLElement): HTMLElement {
  return h(
    'div',
    { class: 'busy' },
    drawProgress(label).element,
    content,
  );
}

function pair(state: { readonly service: string; readonly source: string }): HTMLElement {
  return h(
    'p',
    { class: 'pair' },
    h('bdi', { title: state.source }, state.source),
    h('span', { class: 'muted' }, ' to '),
    h('bdi', { title: state.service }, state.service),
  );
}

function cancelButton(page: PageContext): HTMLElement {
  return h('div', { class: 'buttons' }, button({ label: 'Cancel', focusKey: 'cancel', run: () => page.send({ type: 'cancel' }) }));
}

/** Seconds that run; `words` gets the milliseconds since the phase began, or the negative ones until it ends. */
function drawSeconds(page: PageContext, words: (sinceMs: number) => string, first: PanelState): Drawn {
  const element = h('span', { class: 'seconds' });
  let beganAt = 0;
  const tick = (): void => {
    element.textContent = words(performance.now() - beganAt);
  };
  const update = (state: PanelState): void => {
    beganAt = performance.now() - sinceMsOf(state);
    tick();
  };
  update(first);
  const timer = setInterval(tick, tickMs);
  page.signal.addEventListener('abort', () => clearInterval(timer));
  return { element, update };
}

function sinceMsOf(state: PanelState): number {
  if (state.kind === 'sending') return state.elapsedMs;
  return state.kind === 'waiting' ? -state.remainingMs : 0;
}

function elapsed(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  return seconds < 60 ? `${seconds} s` : `${formatCount(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

function countdown(leftMs: number): string {
  return leftMs <= 0 ? 'Trying now' : `Next try in ${elapsed(leftMs + 999)}`;
}
