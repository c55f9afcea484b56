// What the page shows while there is no answer: nothing yet, on its way, waiting for another try, cancelled.

import type { PanelState } from '../../src/messages';
import type { PageContext } from './context';
import { button, h } from './dom';
import { formatCount } from './format';
import { icon, type IconName } from './icons';
import { actionButton } from './problem';

/** How often the seconds on the page are brought up to date, in milliseconds. */
const tickMs = 250;

/** Draws a state that has no answer. */
export function drawState(page: PageContext, state: Exclude<PanelState, { kind: 'answered' }>): HTMLElement {
  switch (state.kind) {
    case 'idle':
      return placard('send', 'Nothing has been sent yet', h('p', {}, 'Open a JSON request and choose ', h('strong', {}, 'Send to RRS'), '. The answer appears here.'));
    case 'sending': {
      const seconds = h('span', { class: 'seconds' });
      every(page, () => (seconds.textContent = elapsed(Date.now() - state.since)));
      return under(`Sending to ${state.service}`, placard(undefined, 'Sending', pair(state), seconds, cancelButton(page)));
    }
    case 'waiting': {
      const seconds = h('span', { class: 'seconds' });
      every(page, () => (seconds.textContent = countdown(state.until - Date.now())));
      return under('Waiting for the next try', placard(undefined, 'Waiting to try again', pair(state), h('p', {}, state.reason), seconds, cancelButton(page)));
    }
    case 'cancelled':
      return placard('cancelled', 'Cancelled', pair(state), h('p', {}, 'Nothing more is awaited.'), h('div', { class: 'buttons' }, actionButton(page, 'retry', 'primary')));
    default:
      return state satisfies never;
  }
}

/** A state in a sentence, for those who cannot see it. */
export function sentenceOf(state: Exclude<PanelState, { kind: 'answered' }>): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'sending':
      return `Sending ${state.source} to ${state.service}.`;
    case 'waiting':
      return `Waiting to try again. ${state.reason}`;
    case 'cancelled':
      return 'Cancelled. Nothing more is awaited.';
    default:
      return state satisfies never;
  }
}

function placard(drawing: IconName | undefined, title: string, ...children: readonly Node[]): HTMLElement {
  return h('div', { class: 'placard' }, drawing && icon(drawing), h('h1', {}, title), ...children);
}

function under(label: string, content: HTMLElement): HTMLElement {
  return h('div', { class: 'busy' }, h('div', { class: 'progress', role: 'progressbar', 'aria-label': label }, h('div', { class: 'progress-bit' })), content);
}

function pair(state: { readonly service: string; readonly source: string }): HTMLElement {
  return h('p', { class: 'pair' }, h('bdi', { title: state.source }, state.source), h('span', { class: 'muted' }, ' to '), h('bdi', { title: state.service }, state.service));
}

function cancelButton(page: PageContext): HTMLElement {
  return h('div', { class: 'buttons' }, button({ label: 'Cancel', focusKey: 'cancel', run: () => page.send({ type: 'cancel' }) }));
}

function every(page: PageContext, run: () => void): void {
  run();
  const timer = setInterval(run, tickMs);
  page.signal.addEventListener('abort', () => clearInterval(timer));
}

function elapsed(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  return seconds < 60 ? `${seconds} s` : `${formatCount(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

function countdown(leftMs: number): string {
  return leftMs <= 0 ? 'Trying now' : `Next try in ${elapsed(leftMs + 999)}`;
}
