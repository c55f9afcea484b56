// The token that asks for a trace of a call: taken out of the request, and checked.

import type { HeaderList } from './headerList';
import { withoutRevision, type Named } from './match';
import { Refusal } from './refusal';
import type { Traces } from './traces';

const header = 'Apim-Debug-Authorization';

/** Where the answer tells the id of the trace. */
export const traceIdHeader = 'Apim-Trace-Id';

/** Takes the token out of a request, so that nobody else learns it; undefined where there is none. */
export function takeDebugToken(headers: HeaderList): string | undefined {
  const token = headers.get(header)?.trim();
  headers.delete(header);
  return token === '' ? undefined : token;
}

/** Throws a 401 for a token that is not good for a call of this API. */
export function requireDebugToken(traces: Traces, token: string, api: Named): void {
  const state = traces.check(token, withoutRevision(api.id));
  switch (state.kind) {
    case 'valid':
      return;
    case 'expired':
      throw unauthorized('expired debug credentials', [[`${header}-Expired`, new Date(state.at).toISOString()]]);
    case 'wrongApi':
      throw unauthorized('debug credentials of another API', [[`${header}-WrongAPI`, `The credentials are for the API ${state.apiId}.`]]);
    case 'unknown':
      throw unauthorized('invalid debug credentials', []);
    default:
      return state satisfies never;
  }
}

function unauthorized(reason: string, headers: readonly (readonly [string, string])[]): Refusal {
  return new Refusal(401, `Access denied due to ${reason}. Obtain new ones by listDebugCredentials.`, headers);
}
