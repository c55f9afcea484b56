// What stands in the fields first, and what is wrong with what a person has given.

import * as l10n from '@vscode/l10n';
import { givenHeaders, headerProblems } from './headers';
import { addressOf } from './address';
import { bodyProblem, sentBody } from './bodyCheck';
import type { CallDraft, CallShape, DraftProblems } from './shape';
import type { PreparedCall, SetForCall } from './target';

/** The fields for what a call takes. Headers that nobody can give are left out: others make them. */
export function draftOf(shape: CallShape): CallDraft {
  const { bases: [base = ''], parameters, headers, body, key, serviceKey } = shape;
  const problems = headerProblems(shape, headers);
  return {
    base, values: parameters.map(({ value }) => value), headers: headers.filter((_, index) => problems[index] === undefined),
    body: body?.text ?? '', key, serviceKey: serviceKey?.isSet === true && serviceKey.isOther !== true,
  };
}

/** The fields of what was read anew, with what a person had given in those of before, by their names. */
export function withGiven(fresh: CallShape, before: CallShape, given: CallDraft): CallDraft {
  const first = draftOf(fresh);
  const old = draftOf(before);
  const values = fresh.parameters.map(({ name, place, value }) => {
    const index = before.parameters.findIndex((each) => each.name === name && each.place === place);
    const typed = given.values[index];
    return typed === undefined || typed === old.values[index] ? value : typed;
  });
  return {
    base: fresh.bases.includes(given.base) ? given.base : first.base, values,
    headers: JSON.stringify(given.headers) === JSON.stringify(old.headers) ? first.headers : given.headers,
    body: given.body === old.body ? first.body : given.body,
    // One that is not offered any more stays, and is said to be wrong: another one may open more than was meant.
    key: given.key === old.key && isOffered(fresh, given.key) ? first.key : given.key,
    serviceKey: fresh.serviceKey?.isSet === true && (given.serviceKey || (before.serviceKey?.isSet !== true && first.serviceKey)),
  };
}

/** The fields with what was set by whoever opened the page; `before` is what was read before. */
export function withSet(shape: CallShape, before: CallShape | undefined, draft: CallDraft, { values, body }: SetForCall): CallDraft {
  const isAnother = body !== undefined && shape.body?.text === body && before?.body?.text !== body;
  return {
    ...draft, ...(isAnother ? { body } : {}),
    values: shape.parameters.map(({ name }, index) => values.get(name.toLowerCase()) ?? draft.values[index] ?? ''),
  };
}

function isOffered({ key, keys }: CallShape, wanted: string): boolean {
  return wanted === key || keys.some(({ id }) => id === wanted);
}

/** What is wrong with a draft. */
export function draftProblems(shape: CallShape, draft: CallDraft): DraftProblems {
  const body = bodyProblem(shape.body, draft.body);
  return {
    ...(shape.bases.includes(draft.base) ? {} : { base: l10n.t('The API is not called at this address: choose one that is offered.') }),
    ...(isOffered(shape, draft.key) ? {} : { key: l10n.t('The key that was chosen is not offered any more: choose another one.') }),
    values: addressOf(shape, draft).problems.map(orNothing), headers: headerProblems(shape, draft.headers).map(orNothing),
    ...(body === undefined ? {} : { body }),
  };
}

/** What goes to a page has no undefined in its lists. */
function orNothing(problem: string | undefined): string {
  return problem ?? '';
}

/** What a draft comes to in which nothing is wrong. */
export function preparedCall(shape: CallShape, draft: CallDraft): PreparedCall {
  const given = givenHeaders(draft.headers);
  const body = sentBody(shape.body, draft.body);
  const isTyped = given.some(({ name }) => name.toLowerCase() === 'content-type');
  const type = body === undefined || shape.body === undefined || isTyped ? [] : [{ name: 'Content-Type', value: shape.body.contentType }];
  return { url: addressOf(shape, draft).shown, headers: [...type, ...given], ...(body === undefined ? {} : { body }) };
}
