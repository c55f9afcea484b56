// Checks a body as one types: whether it is JSON, and where it is not.

import * as l10n from '@vscode/l10n';
import { createScanner, type ParseError } from 'jsonc-parser';
import { notJson, parsePlaces, toStrictJson } from '../../base/jsonText';
import { token } from '../../base/jsonTokens';
import { InvalidBody } from '../../model/errors';
import { halfAt } from './halves';
import type { BodyProblem, CallBody } from './shape';

/** What is wrong with the text of a body; undefined where nothing is. */
export function bodyProblem(body: CallBody | undefined, text: string): BodyProblem | undefined {
  if (body === undefined) return undefined;
  if (text.trim() === '') return body.required ? { sentence: l10n.t('The call needs a body.') } : undefined;
  const half = halfAt(text);
  if (half !== undefined) return placed(text, half, l10n.t('Here stands half of a character, which cannot be sent.'));
  if (!body.json) return undefined;
  const errors: ParseError[] = [];
  try {
    parsePlaces(text, errors, 'body');
  } catch (error) {
    if (!(error instanceof InvalidBody)) throw error;
    return placed(text, error.place.offset, l10n.t('The body is nested far too deeply.'));
  }
  const [first] = errors;
  if (first) {
    const { message, advice, place } = notJson(text, first, 'body');
    return { ...placed(text, place.offset, advice === undefined ? message : `${message} ${advice}`), notJson: true };
  }
  const comment = body.comments ? undefined : firstComment(text);
  if (comment === undefined) return undefined;
  return { ...placed(text, comment, l10n.t('JSON has no comments, and no comma before a closing bracket.')), notJson: true };
}

/** The text that is sent of a body: one that is no JSON stays as it stands. */
export function sentBody(body: CallBody | undefined, text: string): string | undefined {
  if (body === undefined || text.trim() === '') return undefined;
  const hasComments = body.json && body.comments && firstComment(text) !== undefined;
  return hasComments && bodyProblem(body, text) === undefined ? toStrictJson(text) : text;
}

/** A fault at a place of a text, with its line and column. */
export function placed(text: string, offset: number, sentence: string): BodyProblem {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { sentence, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

/** Where the first comment, or the first comma that JSON does not have, stands in a text that is JSON otherwise. */
function firstComment(text: string): number | undefined {
  const scanner = createScanner(text, false);
  let comma: number | undefined;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if (kind === token.lineComment || kind === token.blockComment) return scanner.getTokenOffset();
    if (kind === token.blank || kind === token.lineBreak) continue;
    if (comma !== undefined && (kind === token.closeObject || kind === token.closeArray)) return comma;
    comma = kind === token.comma ? scanner.getTokenOffset() : undefined;
  }
  return undefined;
}
