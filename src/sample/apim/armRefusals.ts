// What ARM's front says no with before a call is looked at: without a token, and by faults that were asked for.

import type { ArmFault } from './armFaults';
import { ArmProblem, preconditionFailed } from './armProblem';
import { unregistered } from './armProvider';
import { serviceProblems } from './services/serviceProblems';

const fromArm = { shape: 'arm' } as const;

/** The error for each fault that is one. */
export const refusals: Partial<Record<ArmFault, () => ArmProblem>> = {
  expired: () => unauthorized('ExpiredAuthenticationToken', 'The access token expiry is in the past: ask for another one.'),
  forbidden: () => new ArmProblem(403, 'AuthorizationFailed', 'The client has no authorization for this action on the scope.', fromArm),
  throttle: () => new ArmProblem(429, 'SubscriptionRequestsThrottled', "Too many requests. Please try again after '1' seconds.", {
    ...fromArm, headers: { 'Retry-After': '1' },
  }),
  error500: () => new ArmProblem(500, 'InternalServerError', 'Request processing failed due to internal error.', fromArm),
  empty404: () => new ArmProblem(404, 'NotFound', '', { empty: true }),
  conflict: () => new ArmProblem(409, 'PessimisticConcurrencyConflict', 'Operation on the API is in progress'),
  stale: preconditionFailed,
  activating: serviceProblems.activating,
  unregistered,
};

/** A 401 with the challenge that goes along. */
export function unauthorized(code: string, message: string): ArmProblem {
  const challenge = `Bearer authorization_uri="https://login.sample.invalid", error="invalid_token", error_description="${message}"`;
  return new ArmProblem(401, code, message, { ...fromArm, headers: { 'WWW-Authenticate': challenge } });
}
