// What a person is asked before the whole history is deleted, in words.

import { plain, type PlainText } from '../../ui/plain';

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
  if (count === 0) return { ...unreadableQuestion(unreadable), ways: [plain`Delete All`] };
  const some = pinned > 0 && pinned < count;
  const detail = [
    'They are deleted with their answers, which cannot be taken back.',
    ...(some ? [pinned === 1 ? '1 of them is pinned.' : `${pinned} of them are pinned.`] : []),
    ...unreadableToo(unreadable),
  ].join(' ');
  return {
    question: count === 1 ? plain`Delete the one request of the history?` : plain`Delete all ${count} requests of the history?`,
    detail: plain(detail), ways: [...(some ? [plain`Keep ${pinned} Pinned`] : []), plain`Delete All`],
  };
}

function unreadableQuestion(unreadable: number): { readonly question: PlainText; readonly detail: PlainText } {
  if (unreadable === 1) {
    return {
      question: plain`Delete the one request of the history that cannot be read?`,
      detail: plain`It is damaged or of another version of the extension, and cannot be brought back.`,
    };
  }
  return {
    question: plain`Delete the ${unreadable} requests of the history that cannot be read?`,
    detail: plain`They are damaged or of another version of the extension, and cannot be brought back.`,
  };
}

function unreadableToo(unreadable: number): readonly string[] {
  if (unreadable === 0) return [];
  if (unreadable === 1) return ['1 more cannot be read, as it is damaged or of another version of the extension; it goes too.'];
  return [`${unreadable} more cannot be read, as they are damaged or of another version of the extension; they go too.`];
}
