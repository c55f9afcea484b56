// Code and JSON with strings and comments in their colours. What is taken for which decides colours only: all of it is drawn as text.

import { visibleLines } from '../kit/visible';
import { piecesOf } from './codePieces';

/** More than this is drawn in one colour, so that drawing takes no time. */
const mostPieces = 4000;

/** Draws a text of several lines. */
export function coloured(text: string): DocumentFragment {
  const drawn = document.createDocumentFragment();
  let from = 0;
  let count = 0;
  for (const { index, piece } of piecesOf(text)) {
    if ((count += 1) > mostPieces) break;
    drawn.append(visibleLines(text.slice(from, index)), span(piece));
    from = index + piece.length;
  }
  drawn.append(visibleLines(text.slice(from)));
  return drawn;
}

function span(piece: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = /^\s*[#/]/.test(piece) ? 'code-comment' : 'code-string';
  element.textContent = visibleLines(piece);
  return element;
}
