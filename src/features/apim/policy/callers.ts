// How callers are told apart in a limit of calls.

import type { PolicyLimit } from './limit';

/** The keys by which an element tells callers apart that asks for one. */
export const callerKeys = { subscription: '@(context.Subscription.Id)', ip: '@(context.Request.IpAddress)' } as const;

/** By what a limit of calls tells callers apart; undefined where it has a key of its own. */
export function callerOf({ element, counterKey = '' }: Pick<PolicyLimit, 'element' | 'counterKey'>): keyof typeof callerKeys | undefined {
  if (element === 'rate-limit') return 'subscription';
  if (element !== 'rate-limit-by-key') return undefined;
  const key = counterKey.replaceAll(/\s/g, '');
  return key === callerKeys.subscription ? 'subscription' : key === callerKeys.ip ? 'ip' : undefined;
}
