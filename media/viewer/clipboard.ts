// Puts a text of the page on the clipboard and says so.

import type { AnyPage } from '../kit/context';

/** Copies a text. What is marked in a table goes another way: the editor writes it, which holds it whole. */
export function copyText(page: AnyPage, text: string): void {
  navigator.clipboard.writeText(text).then(() => page.announce('Copied.'), () => page.announce('The clipboard did not take the text.'));
}
