// What a person is asked before the whole history is deleted, in words.

import { plain, type PlainText } from '../plain';

/** What there is to delete. */
export interface AllThereIs {
  /** Entries that are listed. */
  readonly count: number;
  readonly pinned: number;
  /** Entries that no list shows, as they are damaged or of another version. */
  readonly unreadable: number;
}

/** The question with its buttons. With two of them, the first keeps what is pinned. */
export function deleteAllQuestion({ count, pinned, unreadable }: AllThereIs): { readonly question: PlainText; readonly detail: PlainText; readonly ways: readonly PlainText[] } {
  const one = unreadable === 1;
  if (count === 0) {
    return {
      question: plain`Delete the ${one ? 'one request' : `${unreadable} requests`} of the history that cannot be read?`,
      detail: plain`${one ? 'It is' : 'They are'} damaged or of another version of the extension, and cannot be brought back.`, ways: [plain`Delete All`],
    };
  }
  const some = pinned > 0 && pinned < count;
  const detail = [
    'They are deleted with their answers, which cannot be taken back.',
    ...(some ? [`${pinned} of them ${pinned === 1 ? 'is' : 'are'} pinned.`] : []),
    ...(unreadable > 0 ? [`${unreadable} more cannot be read, as ${one ? 'it is' : 'they are'} damaged or of another version of the extension; ${one ? 'it goes' : 'they go'} too.`] : []),
  ].join(' ');
  return { question: plain`Delete ${count === 1 ? 'the one request' : `all ${count} requests`} of the history?`, detail: plain(detail), ways: [...(some ? [plain`Keep ${pinned} Pinned`] : []), plain`Delete All`] };
}
