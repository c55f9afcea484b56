// Whether an account may change an instance, told by ARM before anything is written.

import * as l10n from '@vscode/l10n';
import { isArray, member } from '../../../base/shape';
import type { Arm } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import type { ApimInstance } from '../instance';
import { instanceTitle } from '../nodes';

/** What publishing does first, as roles name it. */
const needed = 'Microsoft.ApiManagement/service/apis/write';

/**
 * Throws ArmFailed (`forbidden`) where the account may certainly not change the instance, and Cancelled. `action` is what will be done, as
 * roles name it.
 */
export async function requireMayWrite(
  arm: Arm, instance: ApimInstance, signal: AbortSignal, action = needed,
): Promise<void> {
  const body = await permissions(arm, instance, signal);
  const roles = member(body, 'value');
  if (!isArray(roles) || roles.length === 0 || roles.some((role) => allows(role, action))) return;
  throw new ArmFailed({
    sentence: l10n.t(
      'Your account may only read {0}: the role "API Management Service Contributor" is missing there.', instanceTitle(instance),
    ),
    advice: l10n.t('Nothing was written. Ask whoever manages the instance for the role, or sign in with another account.'),
    actions: ['signIn', 'openPortal'],
  }, 'forbidden');
}

/** Where they cannot be read, the first write tells. */
async function permissions(arm: Arm, { id }: Pick<ApimInstance, 'id'>, signal: AbortSignal): Promise<unknown> {
  try {
    return (await arm.find(`${id}/providers/Microsoft.Authorization/permissions`, { signal }))?.body;
  } catch (error) {
    if (error instanceof ArmFailed) return undefined;
    throw error;
  }
}

/** True where a role lets an action be done: it is among its actions, and not among those that are taken out. */
export function allows(role: unknown, action: string): boolean {
  const named = (name: string): boolean => {
    const patterns = member(role, name);
    return isArray(patterns) && patterns.some((pattern) => typeof pattern === 'string' && fits(pattern, action));
  };
  return named('actions') && !named('notActions');
}

/** Compares without case; a `*` stands for anything, as often as it comes. */
function fits(pattern: string, action: string): boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
