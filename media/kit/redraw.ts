// Drawing a part of a page anew without taking the focus away.

/** Draws a part anew and gives the focus back to the element of the same name, or to `otherwise`. */
export function redraw(part: HTMLElement, otherwise: HTMLElement, draw: () => void): void {
  const active = document.activeElement;
  const focused = canHaveFocus(active) && part.contains(active) ? active : null;
  draw();
  if (!focused || focused === document.activeElement) return;
  if (focused.isConnected) {
    // It was taken out and put back.
    focused.focus({ preventScroll: true });
    return;
  }
  const name = focused.getAttribute('data-focus');
  const named = [...part.querySelectorAll('[data-focus]')].filter(canHaveFocus);
  const again = name === null ? null : named.find((each) => each.getAttribute('data-focus') === name);
  (again ?? otherwise).focus();
}

/** Places of pictures have it, too. */
function canHaveFocus(element: Element | null): element is HTMLElement | SVGElement {
  return element instanceof HTMLElement || element instanceof SVGElement;
}
