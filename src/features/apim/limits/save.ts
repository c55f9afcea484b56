// Writes the policy of the form: only over what was read, and so that nobody is left in doubt whether it was written.

import * as l10n from '@vscode/l10n';
import { filledText } from '../../../base/shape';
import { ArmFailed } from '../../../model/errors';
import type { PolicyScope } from '../policy/policyScope';
import { policyPath } from '../policy/scopePaths';
import { samePolicy } from '../policy/samePolicy';
import { hasReplaced, noVersion } from '../policyDocument/policyCalls';
import { full, type ArmPlace } from '../publish/reading';
import { readOwn, type LimitsPlaceAt, type OwnPolicy } from './there';

/**
 * `replaced`: there was no policy, and the first one went over another that was made elsewhere at that moment. `changed`: somebody else has
 * changed the policy since it was read, and nothing was written.
 */
export type SaveOutcome = 'saved' | 'replaced' | 'changed';

/** The service has refused a policy, at a line and column of the text that was sent. */
export class LimitsRefused extends ArmFailed {
  /** @param line from 1, in the text that was sent. */
  constructor(refused: ArmFailed, readonly line: number, column: number) {
    super({
      sentence: l10n.t('API Management refused the policy: something is wrong at line {0}, column {1} of it.', line, column),
      detail: refused.detail,
      advice: l10n.t('Nothing was changed. Its own words say what is wrong.'),
      actions: refused.actions.filter((action) => action !== 'retry'),
    }, refused.reason, refused.status, refused.code);
  }
}

/** Writes it. Throws ArmFailed, also where the policy came without an ETag, LimitsRefused, InvalidInput, and Cancelled. */
export async function savePolicy(
  place: LimitsPlaceAt, scope: PolicyScope, read: OwnPolicy | undefined, text: string,
): Promise<SaveOutcome> {
  const ifMatch = filledText(read?.etag);
  if (read && ifMatch === undefined) throw noVersion(place.instance);
  // No header says "only where there is none": it is looked for.
  if (!read && (await readOwn(place, scope))) return 'changed';
  try {
    const answer = await place.arm.put(full(place, policyPath(scope)), { properties: { format: 'rawxml', value: text } }, {
      ...place.options, ...(ifMatch === undefined ? {} : { ifMatch }),
    });
    return hasReplaced(answer, !read) ? 'replaced' : 'saved';
  } catch (error) {
    if (!(error instanceof ArmFailed)) throw error;
    if (error.reason === 'changed') return 'changed';
    if (error.reason === 'network' || error.reason === 'server') return settled(place, scope, text, error);
    throw withPlace(error);
  }
}

/** The answer was lost: whether the policy was written is looked up. */
async function settled(place: ArmPlace, scope: PolicyScope, text: string, lost: ArmFailed): Promise<SaveOutcome> {
  const now = await readOwn(place, scope).catch((error: unknown) => {
    // What is told is why it is not known.
    if (error instanceof ArmFailed) return undefined;
    throw error;
  });
  if (now && samePolicy(now.text, text)) return 'saved';
  throw lost;
}

function withPlace(error: ArmFailed): ArmFailed {
  const [, line, column] = /\bon line (\d{1,7}), column (\d{1,7})\b/.exec(error.detail ?? '') ?? [];
  return line === undefined || column === undefined ? error : new LimitsRefused(error, Number(line), Number(column));
}
