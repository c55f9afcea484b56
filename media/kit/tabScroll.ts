// Keeps the selected tab in sight in a row of tabs that has less room than it needs, and shows on which side there is more of it.

/** A row of tabs that may be wider than its place. */
export interface TabScroll {
  /** Brings a tab into sight, with the least that has to move. */
  readonly reveal: (tab: HTMLElement) => void;
}

/** How much of a side fades, in pixels and as a part of what there is; the style sheet says the same. */
const fadePx = 22;
const fadePart = 0.24;

/**
 * Watches `list` from now on. `selected` is in sight whenever there is another amount of room; in between a person may scroll
 * away from it. The list has the classes `more-before` and `more-after`, for the style sheet to fade that side.
 */
export function keepTabsInSight(list: HTMLElement, selected: () => HTMLElement | undefined): TabScroll {
  const show = (): void => {
    const at = list.scrollLeft;
    list.classList.toggle('more-before', at >= 1);
    list.classList.toggle('more-after', list.scrollWidth - list.clientWidth - at >= 1);
  };
  const reveal = (tab: HTMLElement): void => {
    const [place, its] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
    const fade = Math.min(fadePx, fadePart * list.clientWidth);
    const [before, after] = [place.left + fade - its.left, its.right + fade - place.right];
    // Where it does not fit whole, its beginning is what is read.
    if (before > 0) list.scrollLeft -= before;
    else if (after > 0) list.scrollLeft += Math.min(after, -before);
    show();
  };
  new ResizeObserver(() => {
    if (list.clientWidth === 0) return;
    const tab = selected();
    if (tab) reveal(tab);
  }).observe(list);
  list.addEventListener('scroll', show, { passive: true });
  list.addEventListener('wheel', (event) => {
    if (event.deltaX !== 0 || event.ctrlKey || list.scrollWidth <= list.clientWidth) return;
    const before = list.scrollLeft;
    list.scrollLeft += event.deltaY;
    // At its end the wheel is for what the row stands in.
    if (list.scrollLeft !== before) event.preventDefault();
  }, { passive: false });
  return { reveal };
}
