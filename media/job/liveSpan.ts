// Spans of time that go on while somebody looks.

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
