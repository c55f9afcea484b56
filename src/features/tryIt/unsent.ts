// Why a call is not sent as it stands on its page: one sentence with the place, and whether it can be sent nevertheless.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
import { placed } from './bodyCheck';
import { draftProblems } from './draft';
import type { BodyProblem, CallBody, CallDraft, CallShape, Unsent } from './shape';

/** Why nothing is sent of a draft; undefined where nothing keeps it back. */
export function whyUnsent(shape: CallShape, draft: CallDraft): Unsent | undefined {
  const { base, key, values, headers, body } = draftProblems(shape, draft);
  const elsewhere = [base, key, ...values, ...headers].find((each) => each !== undefined && each !== '');
  if (elsewhere !== undefined) return { sentence: l10n.t('Nothing was sent. {0}', elsewhere), anyway: false };
  return body ? ofBody(body) : ofPlaceholders(shape.body, draft.body);
}

function ofBody({ sentence, line, column, offset, notJson }: BodyProblem): Unsent {
  if (line === undefined || column === undefined || offset === undefined) {
    return { sentence: l10n.t('Nothing was sent. {0}', sentence), anyway: false };
  }
  const place = { offset, length: 1 };
  return notJson === true
    ? {
      sentence: l10n.t('Nothing was sent: the body is no JSON, line {0}, column {1}.', formatCount(line), formatCount(column)),
      anyway: true, place,
    }
    : {
      sentence: l10n.t('Nothing was sent: line {0}, column {1} of the body. {2}', formatCount(line), formatCount(column), sentence),
      anyway: false, place,
    };
}

/** A service would look for what is called so. */
function ofPlaceholders(body: CallBody | undefined, text: string): Unsent | undefined {
  const placeholders = body?.example === true && body.json ? placeholdersIn(body.text) : [];
  const found = placeholders.map((each) => ({ each, offset: text.indexOf(each) })).filter(({ offset }) => offset >= 0)
    .sort((one, other) => one.offset - other.offset);
  const [first] = found;
  if (!first) return undefined;
  const { line = 1, column = 1 } = placed(text, first.offset, '');
  return {
    sentence: l10n.t(
      'Nothing was sent: the body has the placeholder {0} of the example, line {1}, column {2}.',
      first.each, formatCount(line), formatCount(column),
    ),
    anyway: true, place: { offset: first.offset, length: first.each.length },
  };
}

/** What stands in an example for what a person has, such as `{account}`; each once. */
function placeholdersIn(example: string): readonly string[] {
  const found = new Set(Array.from(example.matchAll(/\{[A-Za-z][\w-]{0,60}\}/g), ([each]) => each));
  return [...found].slice(0, mostPlaceholders);
}

/** So many are looked for. */
const mostPlaceholders = 50;
