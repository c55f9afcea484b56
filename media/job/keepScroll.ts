// Keeps how far a part of the page is scrolled.

/** Tells how far an element is scrolled, and brings it back to where it was. */
export function keepScroll(
  element: HTMLElement,
  place: readonly [number, number] | undefined,
  onScroll: (place: readonly [number, number]) => void,
  signal: AbortSignal,
): void {
  let wanted = place;
  requestAnimationFrame(() => {
    if (wanted && !signal.aborted) element.scrollTo({ left: wanted[0], top: wanted[1] });
    wanted = undefined;
  });
  element.addEventListener(
    'scroll',
    () => {
      if (!wanted) onScroll([Math.round(element.scrollLeft), Math.round(element.scrollTop)]);
    },
    { signal, passive: true },
  );
}
