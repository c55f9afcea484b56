// What a person is asked before the whole history is deleted, in words.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
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
export function deleteAllQuestion({ count, pinned, unreadable }: AllThereIs): {
  readonly question: PlainText;
  readonly detail: PlainText;
  readonly ways: readonly PlainText[];
} {
  const all = plain(l10n.t('Delete All'));
  if (count === 0) return { ...unreadableQuestion(unreadable), ways: [all] };
  const some = pinned > 0 && pinned < count;
  const detail = [
    l10n.t('They are deleted with their answers, which cannot be taken back.'),
    ...(some ? [pinned === 1 ? l10n.t('1 of them is pinned.') : l10n.t('{0} of them are pinned.', formatCount(pinned))] : []),
    ...unreadableToo(unreadable),
  ].join(' ');
  return {
    question: plain(
      count === 1
        ? l10n.t('Delete the one request of the history?')
        : l10n.t('Delete all {0} requests of the history?', formatCount(count)),
    ),
    detail: plain(detail),
    ways: [...(some ? [plain(l10n.t('Keep {0} Pinned', formatCount(pinned)))] : []), all],
  };
}

function unreadableQuestion(unreadable: number): { readonly question: PlainText; readonly detail: PlainText } {
  if (unreadable === 1) {
    return {
      question: plain(l10n.t('Delete the one request of the history that cannot be read?')),
      detail: plain(l10n.t('It is damaged or of another version of the extension, and cannot be brought back.')),
    };
  }
  return {
    question: plain(l10n.t('Delete the {0} requests of the history that cannot be read?', formatCount(unreadable))),
    detail: plain(l10n.t('They are damaged or of another version of the extension, and cannot be brought back.')),
  };
}

function unreadableToo(unreadable: number): readonly string[] {
  if (unreadable === 0) return [];
  if (unreadable === 1) return [l10n.t('1 more cannot be read, as it is damaged or of another version of the extension; it goes too.')];
  return [
    l10n.t('{0} more cannot be read, as they are damaged or of another version of the extension; they go too.', formatCount(unreadable)),
  ];
}
