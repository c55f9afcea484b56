// Spans of time that go on while somebody looks, to the second: of jobs, which may run for days.

import { formatCount, formatTime } from '../../src/base/format';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const calendar = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** A span from milliseconds, in its two largest units: `42 s`, `3 min 12 s`, `5 h 0 min`, `2 d 3 h`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < minute) return `${seconds} s`;
  if (seconds < hour) return `${Math.floor(seconds / minute)} min ${seconds % minute} s`;
  if (seconds < day) return `${Math.floor(seconds / hour)} h ${Math.floor((seconds % hour) / minute)} min`;
  return `${formatCount(Math.floor(seconds / day))} d ${Math.floor((seconds % day) / hour)} h`;
}

/** The time of day from milliseconds since 1970, with the date in front of it where that is another one than at `before`. */
export function formatMoment(at: number, before: number | undefined): string {
  const date = calendar.format(at);
  return before !== undefined && calendar.format(before) === date ? formatTime(at) : `${date}, ${formatTime(at)}`;
}

/**
 * Shows words about a span that goes on, by the page's own clock. `words` gets the milliseconds since `update` was called, plus what it was
 * given.
 */
export function drawSpan(
  words: (ms: number) => string,
  signal: AbortSignal,
): { readonly element: HTMLElement; readonly update: (ms: number, goesOn: boolean) => void } {
  const element = document.createElement('span');
  element.className = 'span';
  let began = 0;
  let still: number | undefined;
  const tick = (): void => {
    const text = words(still ?? performance.now() - began);
    if (element.textContent !== text) element.textContent = text;
  };
  const timer = setInterval(tick, 250);
  signal.addEventListener('abort', () => clearInterval(timer));
  return {
    element,
    update: (ms, goesOn) => {
      began = performance.now() - ms;
      still = goesOn ? undefined : ms;
      tick();
    },
  };
}
