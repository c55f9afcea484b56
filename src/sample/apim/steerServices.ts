// Sets how long creations of instances take and ends those that are under way, for tests and for trying.

import { member, tryParse } from '../../base/shape';
import { badRequest } from './armProblem';
import { usualCreationMs, type Services } from './services/services';

/** A creation takes at most so long, in seconds. */
const mostSeconds = 3600;

/** Answers `GET`, `POST {"seconds": N}` or `{"finish": true}`, and `DELETE` of `/sample/creation`. Throws a 400. */
export function steerServices(services: Services, method: string, body: string): object {
  if (method === 'POST' && member(tryParse(body), 'finish') === true) services.finish();
  else if (method === 'POST') services.creationMs = readSeconds(body) * 1000;
  else if (method === 'DELETE') services.creationMs = usualCreationMs;
  else if (method !== 'GET') throw badRequest('MethodNotAllowed', `The method ${method} is not for /sample/creation.`);
  return { seconds: services.creationMs / 1000 };
}

function readSeconds(body: string): number {
  const seconds = member(tryParse(body), 'seconds');
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= mostSeconds) return seconds;
  throw badRequest('BadCreation', `'seconds' must be a number from 0 to ${mostSeconds}, or 'finish' true.`);
}
