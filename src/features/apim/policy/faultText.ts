// Why a policy document cannot be read safely, in a sentence with the place.

import * as l10n from '@vscode/l10n';
import type { PolicyFault } from './policyFault';

/** A sentence that names what is wrong and where it begins, by line and column from 1; a byte order mark is no column. */
export function faultText(rawxml: string, fault: PolicyFault): string {
  const { line, column } = placeOf(rawxml, fault.start);
  const { reason } = fault;
  switch (reason) {
    case 'expression':
      return l10n.t('The expression in line {0}, column {1} has no end: its quotes or brackets do not balance.', line, column);
    case 'comment':
      return l10n.t('The comment in line {0}, column {1} has no end.', line, column);
    case 'cdata':
      return l10n.t('The CDATA section in line {0}, column {1} has no end.', line, column);
    case 'declaration':
      return l10n.t('The declaration in line {0}, column {1} has no end.', line, column);
    case 'quotes':
      return l10n.t('The quotes of the tag in line {0}, column {1} do not balance.', line, column);
    case 'tag':
      return l10n.t('The tag in line {0}, column {1} is not written as a tag is.', line, column);
    case 'markup':
      return l10n.t('A value of the tag in line {0}, column {1} has another tag in it: a quote may be missing.', line, column);
    case 'mixed':
      return l10n.t('The expression in line {0}, column {1} is only part of a value, which may end in several places.', line, column);
    case 'documentType':
      return l10n.t('There is a document type in line {0}, column {1}, which may bring in more than is seen.', line, column);
    case 'unmatched':
      return l10n.t('The closing tag in line {0}, column {1} closes no element.', line, column);
    case 'unclosed':
      return l10n.t('The element in line {0}, column {1} is not closed.', line, column);
    case 'twice':
      return l10n.t('The tag in line {0}, column {1} has an attribute twice.', line, column);
    case 'deep':
      return l10n.t('The element in line {0}, column {1} lies too deep in others.', line, column);
    case 'empty':
      return l10n.t('The document has no element.');
    default:
      return reason satisfies never;
  }
}

/** Line and column of a place (UTF-16 units), both from 1. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  let [line, from] = [1, text.startsWith('\ufeff') ? 1 : 0];
  for (let end = text.indexOf('\n', from); end >= 0 && end < at; end = text.indexOf('\n', from)) {
    line += 1;
    from = end + 1;
  }
  return { line, column: Math.max(0, at - from) + 1 };
}
