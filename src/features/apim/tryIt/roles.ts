// The five operations of a scoring service among those of an API, told by their methods and templates: they lead to one another.

import { filledText, tryParse } from '../../../base/shape';
import type { WireAnswer } from '../../../model/wire';
import { answerText } from '../../../http/answerText';
import type { Entry } from '../items';

/** What an operation is to a scoring service. */
export type Role = 'execute' | 'submit' | 'start' | 'status' | 'delete';

const endings: Readonly<Record<Role, readonly [method: string, path: RegExp]>> = {
  execute: ['POST', /\/(?:execute|score)$/], submit: ['POST', /\/jobs$/], start: ['POST', /\/jobs\/\{[^{}/]{1,256}\}\/start$/],
  status: ['GET', /\/jobs\/\{[^{}/]{1,256}\}$/], delete: ['DELETE', /\/jobs\/\{[^{}/]{1,256}\}$/],
};

const roles: readonly Role[] = ['execute', 'submit', 'start', 'status', 'delete'];

/** The role of an operation by its method and template; undefined for any other. */
export function roleOf({ method = '', path = '' }: Pick<Entry, 'method' | 'path'>): Role | undefined {
  const [template = ''] = path.split('?');
  return roles.find((role) => endings[role][0] === method.toUpperCase() && endings[role][1].test(template.slice(-600)));
}

/** True where an API has all five. */
export function hasAllRoles(operations: readonly Entry[]): boolean {
  const found = new Set(operations.map(roleOf));
  return roles.every((role) => found.has(role));
}

/** What a list of operations is asked for first: that which scores. */
export function scoringFirst(operations: readonly Entry[]): readonly Entry[] {
  return [...operations].sort((one, other) => rank(one) - rank(other));
}

function rank(operation: Entry): number {
  const role = roleOf(operation);
  return role === undefined ? roles.length : roles.indexOf(role);
}

/** The id of the job that was submitted; undefined for an answer that tells none. */
export function jobIdIn(answer: Pick<WireAnswer, 'headers' | 'body'> | undefined): string | undefined {
  if (answer === undefined || answer.body.byteLength > 10_000) return undefined;
  const id = filledText(tryParse(answerText(answer)));
  return id !== undefined && /^[\w.-]{1,200}$/.test(id) ? id : undefined;
}
