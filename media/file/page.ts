// The page of a table's file: says that it is ready, draws the file that the editor sends, and tells the editor what the person asks for.

import type { FromFilePage, ToFilePage } from '../../src/features/tableFiles/messages';
import type { PageOf } from '../kit/context';
import { openFrame } from '../kit/frame';
import { drawFile, type FileOnPage } from './file';
import { readSaved, type Saved } from './saved';

const frame = openFrame<FromFilePage, ToFilePage>();
const { announce, send, stage } = frame;
let saved = readSaved(frame.saved);
const page: PageOf<FromFilePage> & { readonly stage: HTMLElement } = {
  send, announce, stage, signal: new AbortController().signal,
};
let file: FileOnPage | undefined;

function keep(changed: Partial<Saved>): void {
  saved = { ...saved, ...changed };
  frame.save(saved);
}

frame.listen((message) => {
  switch (message.type) {
    case 'file':
      // The place is what a reload needs.
      if (saved.place !== message.place) keep({ place: message.place });
      if (!file) {
        file = drawFile(page, saved, keep);
        stage.replaceChildren(file.element);
      }
      file.update(message);
      break;
    case 'table':
    case 'rows':
    case 'cell':
    case 'summary':
      file?.take(message);
      break;
    default:
      message satisfies never;
  }
});
