// The request that was in front of a person when an operation was opened: it is what they want to try.

import * as l10n from '@vscode/l10n';
import type { TextKind } from '../../../protocols/protocol';
import type { CallBody } from '../../tryIt';
import type { Role } from './roles';

/** A JSON document of the editor, and what it can be sent as. */
export interface RequestFile {
  readonly name: string;
  readonly text: string;
  readonly kind: TextKind;
}

/** Longer files are sent as files. In UTF-16 units. */
export const longestFile = 1024 * 1024;

/** The body with the text of the file where the operation takes it, else with its example. */
export function bodyFor(body: CallBody, role: Role | undefined, file: RequestFile | undefined): CallBody {
  const isOfService = role === 'execute' || role === 'submit';
  // Readers of requests take comments out, too.
  const { contentType, json, text } = body;
  const own: CallBody = isOfService && json ? { contentType, json, text, comments: true, required: true } : body;
  if (file !== undefined && own.json && fits(role, file.kind)) {
    return file.text.length > longestFile
      ? { ...own, example: true, from: l10n.t('{0} is too long for this page: this is the example of the API.', file.name) }
      : { ...own, text: file.text, comments: true, from: l10n.t('from {0}', file.name) };
  }
  return own.text === '' ? own : { ...own, example: true, from: l10n.t('the example of the API') };
}

function fits(role: Role | undefined, kind: TextKind): boolean {
  if (kind === 'either') return role === 'execute' || role === 'submit';
  return (role === 'execute' && kind === 'request') || (role === 'submit' && kind === 'batch');
}
