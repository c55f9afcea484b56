// What stands in the fields first, and what is wrong with what a person has given.

import { headerProblems } from './headers';
import { addressOf } from './address';
import { bodyProblem } from './bodyCheck';
import type { CallDraft, CallShape, DraftProblems } from './shape';

/** The fields for what a call takes. */
export function draftOf({ bases: [base = ''], parameters, headers, body, key, serviceKey }: CallShape): CallDraft {
  return {
    base, values: parameters.map(({ value }) => value), headers, body: body?.text ?? '', key, serviceKey: serviceKey?.isSet === true,
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
    key: fresh.keys.some(({ id }) => id === given.key) && given.key !== old.key ? given.key : first.key,
    serviceKey: fresh.serviceKey?.isSet === true && (given.serviceKey || before.serviceKey?.isSet !== true),
  };
}

/** What is wrong with a draft. */
export function draftProblems(shape: CallShape, draft: CallDraft): DraftProblems {
  const body = bodyProblem(shape.body, draft.body);
  return {
    values: addressOf(shape, draft).problems, headers: headerProblems(shape, draft.headers), ...(body === undefined ? {} : { body }),
  };
}

/** True where nothing is wrong. */
export function isSound({ base, values, headers, body }: DraftProblems): boolean {
  return base === undefined && body === undefined && [...values, ...headers].every((each) => each === undefined);
}
