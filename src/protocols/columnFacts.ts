// What a column may hold, as a few words, and a value that fits it.

import * as l10n from '@vscode/l10n';
import { beginningOfText } from '../base/cutText';
import type { DescribedColumn, DescribedPort } from './description';

/** So many of the values that a column may have are named. */
const mostChoices = 12;

/** So much of what is said of a column stands beside it, in UTF-16 units. */
const longestAbout = 160;

/** The type as the description names it, such as `integer (int32)`; empty where it names none. */
export function typeName({ type, format }: Pick<DescribedPort, 'type' | 'format'>): string {
  if (type === undefined) return format ?? '';
  return format === undefined || format === type ? type : `${type} (${format})`;
}

/** What is known of a column beside its type, in words that stand behind each other. */
export function columnNotes(column: DescribedColumn): readonly string[] {
  const { nullable, required, choices, moreChoices, about } = column;
  const named = choices.slice(0, mostChoices).map((choice) => beginningOfText(choice, 100)).join(', ');
  const more = choices.length + moreChoices - mostChoices;
  return [
    ...(choices.length === 0 ? [] : [more > 0 ? l10n.t('one of {0} and {1} more', named, more) : l10n.t('one of {0}', named)]),
    ...rangeNote(column),
    ...(nullable ? [l10n.t('may be null')] : []),
    ...(required ? [l10n.t('required')] : []),
    ...(column.default === undefined ? [] : [l10n.t('default {0}', beginningOfText(column.default, 100))]),
    ...(about === undefined ? [] : [about.length > longestAbout ? `${beginningOfText(about, longestAbout)}…` : about]),
  ];
}

/** Between which numbers it has to be. */
function rangeNote({ least, greatest }: DescribedColumn): readonly string[] {
  if (least && greatest && !least.exclusive && !greatest.exclusive) return [l10n.t('{0} to {1}', least.value, greatest.value)];
  return [
    ...(least ? [least.exclusive ? l10n.t('more than {0}', least.value) : l10n.t('at least {0}', least.value)] : []),
    ...(greatest ? [greatest.exclusive ? l10n.t('less than {0}', greatest.value) : l10n.t('at most {0}', greatest.value)] : []),
  ];
}

/** A value for a column as JSON text: the description's own, or else one that fits the type. */
export function valueFor(column: DescribedColumn): string {
  const own = column.example ?? column.default ?? column.choices[0];
  if (own !== undefined) return own;
  switch (column.type) {
    case 'integer':
    case 'number':
      return '0';
    case 'boolean':
      return 'false';
    case 'string':
    case undefined:
      return textFor(column.format);
    default:
      return column.type.endsWith('[]') ? '[]' : column.type === 'object' ? '{}' : '""';
  }
}

function textFor(format: string | undefined): string {
  switch (format?.toLowerCase() ?? '') {
    case 'date-time':
    case 'date-timeoffset':
    case 'datetime':
      return '"2000-01-01T00:00:00Z"';
    case 'date':
      return '"2000-01-01"';
    case 'duration':
    case 'timedelta':
      return '"P1D"';
    default:
      return '""';
  }
}
