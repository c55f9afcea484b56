// Which form a request has, told at a glance where the request is long.

import { InvalidBody } from '../../../model/errors';
import { readScoreRequest, type RequestForm } from '../request';

/** A longer request (in UTF-16 units) is not read as a whole. */
export const longestRead = 200_000;

const firstInput = /"Inputs"\s{0,100}:\s{0,100}\{\s{0,100}"(?:[^"\\]|\\.){0,1000}"\s{0,100}:\s{0,100}([{[])/;

/** The form of a request, or undefined when the text is none. Of a long text the beginning of its first input decides. */
export function formOf(body: string): RequestForm | undefined {
  if (body.length > longestRead) {
    const [, bracket] = firstInput.exec(body) ?? [];
    return bracket === undefined ? undefined : bracket === '{' ? 'table' : 'rows';
  }
  try {
    return readScoreRequest(body).form;
  } catch (error) {
    if (error instanceof InvalidBody) return undefined;
    throw error;
  }
}
