// A call that was refused, as an exchange -> why, and the line of the section where that is changed.

import { answerText } from '../../../http/answerText';
import { headerValue } from '../../../http/headers';
import { filledText, member, tryParse } from '../../../base/shape';
import { Cancelled, type ErrorParts } from '../../../model/errors';
import { below } from '../../../arm/apimPaths';
import type { ApimNode } from '../nodes';
import type { ArmPlace } from '../publish/reading';
import type { RefusedExchange } from './callItem';
import { explainRefusal } from './refusal';

/** What a person is told where nothing more can be found out. */
const nothing: ErrorParts = { sentence: '' };

/** Explains it; what is not the gateway's own refusal, and what cannot be found out, stays as it was told. Throws Cancelled. */
export async function explainRefused(
  place: ArmPlace, { place: { instance, api, operation: name }, read, subscription, exchange }: RefusedExchange,
): Promise<{ readonly problem: ErrorParts; readonly node?: ApimNode }> {
  const { answer, problem = nothing } = exchange;
  const said = answer && tryParse(answerText(answer));
  const message = filledText(member(said, 'message'));
  // That is how a gateway says no; a service has another form.
  if (!answer || message === undefined || member(said, 'statusCode') !== answer.status) return { problem };
  const path = below('', '/apis', api);
  const seconds = Number(headerValue(answer.headers, 'retry-after') ?? Number.NaN);
  try {
    return await explainRefusal({ ...place, instance }, {
      api: { kind: 'api', id: `${instance.id}${path}`, name: api, title: read.api.title, path: read.api.path },
      operation: {
        kind: 'operation', id: `${instance.id}${path}/operations/${encodeURIComponent(name)}`, name, title: read.operation.title,
        method: read.operation.method, path: read.operation.template,
      },
      subscription, status: answer.status, message, problem, retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
    });
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    // The answer is there, and tells what it tells.
    return { problem };
  }
}
