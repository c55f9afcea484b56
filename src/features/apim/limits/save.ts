// Writes the policy of the form: only over what was read, and so that nobody is left in doubt whether it was written.

import * as l10n from '@vscode/l10n';
import { ArmFailed } from '../../../model/errors';
import { samePolicy } from '../policy/samePolicy';
import { full, type ArmPlace } from '../publish/reading';
import type { LimitScope } from './place';
import { policyPath } from './scope';
import { readOwn, type OwnPolicy } from './there';

/** `changed`: somebody else has changed the policy since it was read, and nothing was written. */
export type SaveOutcome = 'saved' | 'changed';

/** The service has refused a policy, at a line and column of the text that was sent. */
export class PolicyRefused extends ArmFailed {
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

/** Writes it. Throws ArmFailed, PolicyRefused, InvalidInput, and Cancelled. */
export async function savePolicy(place: ArmPlace, scope: LimitScope, read: OwnPolicy | undefined, text: string): Promise<SaveOutcome> {
  // Where no ETag guards it: it was not there, or came without one.
  if (read?.etag === undefined && (await readOwn(place, scope))?.text !== read?.text) return 'changed';
  const ifMatch = read && (read.etag ?? '*');
  try {
    await place.arm.put(full(place, policyPath(scope)), { properties: { format: 'rawxml', value: text } }, {
      ...place.options, ...(ifMatch === undefined ? {} : { ifMatch }),
    });
    return 'saved';
  } catch (error) {
    if (!(error instanceof ArmFailed)) throw error;
    if (error.reason === 'changed') return 'changed';
    if (error.reason === 'network' || error.reason === 'server') return settled(place, scope, text, error);
    throw withPlace(error);
  }
}

/** The answer was lost: whether the policy was written is looked up. */
async function settled(place: ArmPlace, scope: LimitScope, text: string, lost: ArmFailed): Promise<SaveOutcome> {
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
  return line === undefined || column === undefined ? error : new PolicyRefused(error, Number(line), Number(column));
}
