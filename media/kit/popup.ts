// Something small that stands above the page until it is done with: a menu, a form, a list. One at a time.

import { h } from './elements';

/** Where it belongs: under an element, or at a point of the page in pixels. */
export type Anchor = HTMLElement | { readonly x: number; readonly y: number };

/** An open one. */
export interface Popup {
  readonly element: HTMLElement;
  /** `focus` gives the focus back to where it came from. */
  close(focus: boolean): void;
}

/** What it needs. `host` takes it in; `back` gets the focus when it is closed. */
export interface PopupSpec {
  readonly host: HTMLElement;
  readonly anchor: Anchor;
  readonly className: string;
  readonly back: () => void;
  /** Ends it when the part that opened it leaves the page. */
  readonly signal: AbortSignal;
}

/** Kept free between it and the edges of the page, in pixels. */
const margin = 4;

let open: Popup | undefined;

/**
 * Opens one, and closes the one before. What it holds has to be there already, so that it finds its place; who opens it moves the focus
 * into it.
 */
export function openPopup(spec: PopupSpec, ...content: readonly HTMLElement[]): Popup {
  open?.close(false);
  const { anchor } = spec;
  const element = h('div', { class: `popup ${spec.className}` }, ...content);
  const life = new AbortController();
  const { signal } = life;
  const popup: Popup = {
    element,
    close: (focus) => {
      if (signal.aborted) return;
      life.abort();
      if (open === popup) open = undefined;
      element.remove();
      if (anchor instanceof HTMLElement && anchor.hasAttribute('aria-expanded')) anchor.setAttribute('aria-expanded', 'false');
      if (!focus) return;
      spec.back();
      if (document.activeElement === document.body && anchor instanceof HTMLElement) standIn(anchor)?.focus();
    },
  };
  open = popup;
  if (anchor instanceof HTMLElement && anchor.hasAttribute('aria-expanded')) anchor.setAttribute('aria-expanded', 'true');
  spec.host.append(element);
  place(element, anchor);

  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    popup.close(true);
  });
  document.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Node) || element.contains(event.target)) return;
    // The button that opened it closes it by its own click.
    if (anchor instanceof HTMLElement && anchor.contains(event.target)) return;
    popup.close(false);
  }, { signal, capture: true });
  element.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) popup.close(false);
  }, { signal });
  window.addEventListener('resize', () => popup.close(element.contains(document.activeElement)), { signal });
  // What is drawn anew may offer something else by now, and what is gone cannot have the focus back.
  const watch = new MutationObserver(() => {
    if (anchor instanceof HTMLElement && !anchor.isConnected) popup.close(element.contains(document.activeElement));
  });
  watch.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener('abort', () => watch.disconnect());
  spec.signal.addEventListener('abort', () => popup.close(element.contains(document.activeElement)), { signal });
  return popup;
}

/** Whether what is open belongs to this element. */
export function isOpenAt(anchor: HTMLElement): boolean {
  return open !== undefined && anchor.getAttribute('aria-expanded') === 'true';
}

/** Closes what is open. */
export function closePopup(focus: boolean): void {
  open?.close(focus);
}

/** What gets the focus for an element that has left the page: the one of the same name that was drawn since, or all that is drawn. */
function standIn(gone: HTMLElement): HTMLElement | null {
  const name = gone.getAttribute('data-focus');
  const again = [...document.querySelectorAll<HTMLElement>('[data-focus]')].find((each) => each.getAttribute('data-focus') === name);
  return again ?? document.querySelector<HTMLElement>('.stage');
}

function place(element: HTMLElement, anchor: Anchor): void {
  const box = anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  const { clientWidth, clientHeight } = document.documentElement;
  const below = clientHeight - box.bottom - margin;
  const above = box.top - margin;
  element.style.maxWidth = `${clientWidth - 2 * margin}px`;
  const up = element.offsetHeight > below && above > below;
  element.style.maxHeight = `${Math.max(80, (up ? above : below) - 2)}px`;
  const left = Math.max(margin, Math.min(box.left, clientWidth - element.offsetWidth - margin));
  element.style.left = `${left}px`;
  element.style.top = `${up ? box.top - element.offsetHeight - 2 : box.bottom + 2}px`;
}
