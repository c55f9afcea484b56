// Keeps a row of things on one line: what is least important goes first, and comes back where there is room again.

/** Elements of a row that may go carry this, with a number: the smallest goes first, those of one number go together. */
export const givesWay = 'data-gives-way';

/** Those of them that a menu at the end of the row has instead carry this: the menu's button comes with the first of them. */
export const inMenu = 'data-in-menu';

/** Asks the row around an element to look again what fits: something in it has changed. */
export function refit(element: HTMLElement): void {
  element.dispatchEvent(new Event('refit', { bubbles: true }));
}

/**
 * Keeps `line` on one line from now on. Its style sheet says by `.measuring` how small texts may be made before anything goes; what is left
 * is cut by the browser. When the element that has the focus goes, the button of the menu that has it now gets it, and else `otherwise`.
 */
export function keepOneLine(line: HTMLElement, otherwise: () => HTMLElement | undefined): void {
  const settle = (): void => {
    if (line.clientWidth === 0) return;
    const parts = [...line.querySelectorAll<HTMLElement>(`[${givesWay}]`)];
    const ranks = [...new Set(parts.map(rankOf))].sort((one, other) => one - other);
    const focused = document.activeElement;
    line.classList.add('measuring');
    for (const part of parts) part.classList.remove('no-room');
    for (const rank of ranks) {
      if (line.scrollWidth <= line.clientWidth) break;
      for (const part of parts) if (rankOf(part) === rank) part.classList.add('no-room');
    }
    line.classList.remove('measuring');
    if (focused && line.contains(focused) && !focused.checkVisibility()) (menuWith(focused) ?? otherwise())?.focus();
    // A browser may have scrolled a hidden part into sight.
    line.scrollLeft = 0;
  };
  new ResizeObserver(settle).observe(line);
  line.addEventListener('refit', settle);
}

/** The button of the menu that a part has gone to. */
function menuWith(part: Element): HTMLElement | undefined {
  const menu = part.matches(`[${inMenu}]`) ? part.closest('.tools')?.querySelector<HTMLElement>('.only-overflow') : undefined;
  return menu?.checkVisibility() ? menu : undefined;
}

function rankOf(part: HTMLElement): number {
  return Number(part.getAttribute(givesWay));
}
