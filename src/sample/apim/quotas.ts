// What quota-by-key has counted for a key: read, and set to another number.

import type { JsonObject } from '../../base/shape';
import type { ArmReply, Instance } from './armCall';
import { ArmProblem, invalid, notFound } from './armProblem';
import { quotaByKeyCounter } from './gateway/limitPolicies';
import type { QuotaState } from './gateway/limits';

/** Where a period never ends, it is said to end then. */
const never = '9999-12-31T23:59:59Z';

/** Answers `GET` and `PATCH` of `/quotas/{counterKey}`. Throws ArmProblem. */
export function answerQuota({ limits }: Instance, method: string, counterKey: string, properties: JsonObject): ArmReply {
  const key = quotaByKeyCounter(counterKey);
  const found = limits?.quotaState(key);
  if (!limits || !found) throw notFound('QuotaCounter');
  switch (method) {
    case 'GET':
      return { status: 200, body: counters(counterKey, found) };
    case 'PATCH': {
      const calls = number(properties, 'callsCount') ?? found.calls;
      const kilobytes = number(properties, 'kbTransferred');
      limits.setQuota(key, { calls, bytes: kilobytes === undefined ? found.bytes : kilobytes * 1024 });
      return { status: 200, body: counters(counterKey, limits.quotaState(key) ?? found) };
    }
    default:
      throw new ArmProblem(405, 'MethodNotAllowed', `The method ${method} is not for a quota.`, { shape: 'arm' });
  }
}

function counters(counterKey: string, { start, periodMs, calls, bytes }: QuotaState): object {
  const value = [{
    counterKey,
    periodKey: `0_PT${periodMs / 1000}S`,
    periodStartTime: new Date(start).toISOString(),
    periodEndTime: periodMs === 0 ? never : new Date(start + periodMs).toISOString(),
    value: { callsCount: calls, kbTransferred: bytes / 1024 },
  }];
  return { value, count: value.length };
}

function number(properties: JsonObject, name: string): number | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw invalid([name, `'${name}' must be a number from 0 on.`]);
  return value;
}
