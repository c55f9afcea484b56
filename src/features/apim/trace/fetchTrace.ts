// Asks ARM for tokens and traces.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { filledText, member, memberAnyCase, isObject } from '../../../base/shape';
import type { ArmAnswer } from '../../../model/arm';
import type { Clock } from '../../../model/clock';
import { ArmFailed } from '../../../model/errors';
import { orElse } from '../access/reads';
import { full, type ArmPlace } from '../publish/reading';
import { traceSections } from './traceModel';

/** So long a token is asked for, which is as long as the service gives one, in milliseconds. */
export const tokenLifetimeMs = 3_600_000;

/** A trace is written when its call is over, elsewhere: it is asked for again after these waits, in milliseconds. */
const waitsMs: readonly number[] = [150, 350, 700, 1_500, 3_000, 5_000];

/** A token that lets calls of an API be traced. Throws ArmFailed and Cancelled. */
export async function askForToken(place: ArmPlace, api: string): Promise<string> {
  const apiId = full(place, below('', '/apis', api.replace(/;rev=\d+$/, '')));
  const body = { credentialsExpireAfter: 'PT1H', apiId, purposes: ['tracing'] };
  const answer = await place.arm.post(full(place, '/gateways/managed/listDebugCredentials'), body, place.options);
  const token = filledText(member(answer.body, 'token'));
  // What no header can hold is no token.
  if (token !== undefined && /^[\x21-\x7e]{1,8000}$/.test(token)) return token;
  const sentence = l10n.t('API Management gave no token for traces, though it said yes.');
  throw new ArmFailed({ sentence, advice: l10n.t('Nothing is switched on. Try again.'), actions: ['retry', 'showLog'] }, 'other');
}

/** The trace of a call, as it came. Throws ArmFailed where it is not there after some seconds, and Cancelled. */
export async function fetchTrace(place: ArmPlace, traceId: string, clock: Pick<Clock, 'sleep'>): Promise<unknown> {
  for (const waitMs of [...waitsMs, undefined]) {
    const ask = (): Promise<ArmAnswer> => place.arm.post(full(place, '/gateways/managed/listTrace'), { traceId }, place.options);
    const found = (await orElse(ask, undefined))?.body;
    if (hasSteps(found)) return found;
    if (waitMs !== undefined) await clock.sleep(waitMs, place.options.signal);
  }
  throw new ArmFailed({
    sentence: l10n.t('The trace of this call is not there.'),
    advice: l10n.t('The gateway may need longer to hand it over, or your account may not read traces. Try again, or send the call anew.'),
    actions: ['retry', 'showLog'],
  }, 'notFound');
}

function hasSteps(body: unknown): boolean {
  const entries = memberAnyCase(body, 'traceEntries');
  return isObject(entries) && traceSections.some((section) => {
    const lines = memberAnyCase(entries, section);
    return Array.isArray(lines) && lines.length > 0;
  });
}
