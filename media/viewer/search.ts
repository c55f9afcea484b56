// The box that looks for rows which hold a text.

import { h } from '../kit/elements';
import { icon } from '../kit/icons';

/** Typing rests this long before rows are looked for, in milliseconds. */
const restMs = 250;

/** The box on the page. */
export interface SearchBox {
  readonly element: HTMLElement;
  /** Takes what is looked for, unless somebody is typing. */
  update(text: string): void;
}

/** Draws it. `onSearch` hears the text once typing rests: empty when nothing is looked for. */
export function drawSearch(
  name: string,
  focusKey: string,
  first: string,
  signal: AbortSignal,
  onSearch: (text: string) => void,
): SearchBox {
  const input = h('input', {
    type: 'text',
    class: 'search-text',
    placeholder: 'Search rows',
    'aria-label': `Search the rows of ${name}`,
    spellcheck: 'false',
    autocomplete: 'off',
    maxlength: 1000,
    'data-focus': focusKey,
  });
  const clear = h(
    'button',
    { type: 'button', class: 'icon-button search-clear', 'aria-label': 'Clear the search', title: 'Clear the search', hidden: true },
    icon('close'),
  );
  input.value = first;
  clear.hidden = first === '';
  let told = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    if (input.value === told) return;
    told = input.value;
    onSearch(told);
  };
  const empty = (): void => {
    input.value = '';
    clear.hidden = true;
    tell();
  };
  input.addEventListener('input', () => {
    clear.hidden = input.value === '';
    clearTimeout(timer);
    timer = setTimeout(tell, restMs);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') tell();
    else if (event.key === 'Escape' && input.value !== '') {
      empty();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  clear.addEventListener('click', () => {
    empty();
    input.focus();
  });
  // The key that finds text everywhere: most rows are not on the page for the browser to look through.
  document.addEventListener(
    'keydown',
    (event) => {
      if (
        event.key.toLowerCase() !== 'f' ||
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey ||
        event.defaultPrevented ||
        !input.checkVisibility()
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      input.focus();
      input.select();
    },
    { signal },
  );
  signal.addEventListener('abort', () => clearTimeout(timer));
  return {
    element: h('div', { class: 'search', role: 'search', 'aria-label': name }, icon('search'), input, clear),
    update: (text) => {
      // What is typed and not told yet is newer.
      if (input.value !== told) return;
      input.value = told = text;
      clear.hidden = text === '';
    },
  };
}
