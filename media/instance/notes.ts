// What Azure says of a field, below it: that it is asked, that a name is free, why something could not be read, and what to do then.

import * as l10n from '@vscode/l10n';
import type { NameState } from '../../src/features/apim/create/messages';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';

/** A note. */
export interface Note {
  readonly text: string;
  readonly tone: 'quiet' | 'ok' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The place of a note. */
export interface NotePlace {
  readonly element: HTMLElement;
  readonly show: (note: Note | undefined) => void;
}

/** Draws the place; a screen reader hears what comes into it. */
export function drawNote(): NotePlace {
  const element = h('div', { class: 'instance-note', role: 'status' });
  let shown = '';
  element.hidden = true;
  return {
    element,
    show: (note) => {
      // The same button stays where the focus may be.
      const now = JSON.stringify([note?.text, note?.tone, note?.action?.label]);
      if (now === shown) return;
      shown = now;
      element.hidden = note === undefined;
      element.className = ['instance-note', ...(note ? [note.tone] : [])].join(' ');
      const sign = note?.tone === 'ok' ? icon('done') : undefined;
      const action = note?.action && button({ label: note.action.label, run: note.action.run });
      const words = note && note.text !== '' ? h('span', {}, note.text) : undefined;
      element.replaceChildren(...[sign, words, action].filter((each) => each !== undefined));
    },
  };
}

/** What is known of the name. That it is taken stands as the problem of its field. */
export function nameNote(name: NameState, ask: (what: 'restore' | 'reload') => void): Note | undefined {
  switch (name.kind) {
    case 'none':
    case 'taken':
      return undefined;
    case 'checking':
      return { text: l10n.t('Asking whether the name is free…'), tone: 'quiet' };
    case 'free':
      return { text: l10n.t('The name is free.'), tone: 'ok' };
    case 'deleted':
      return { text: '', tone: 'quiet', action: { label: l10n.t('Restore…'), run: () => ask('restore') } };
    case 'problem':
      return {
        text: l10n.t('Whether the name is free could not be asked. {0}', name.problem.sentence), tone: 'quiet',
        action: { label: l10n.t('Try Again'), run: () => ask('reload') },
      };
    default:
      return name satisfies never;
  }
}
