// rate-limit, rate-limit-by-key, quota and quota-by-key.

import { sameName } from './address';
import { ExpressionFailed, NotUnderstood } from './expressions';
import { isHeaderName } from './headerList';
import { quotaTime, type Quota } from './limits';
import type { Named } from './match';
import type { Step } from './policies';
import { attribute, condition, numberAttribute, type Ended, type PolicyCall } from './policyCall';
import { elementsOf, type PolicyElement } from './policyText';
import { Refusal } from './refusal';

/** A limit on the calls of a subscription. Without one it does nothing, as with API Management. */
export function rateLimit({ element, counter }: Step, call: PolicyCall): void {
  if (!call.subscription) return;
  const key = `${counter} ${call.subscription.id}`;
  for (const { limit, suffix } of limitsFor(element, call)) {
    const periodMs = secondsOf(limit, call) * 1000;
    const calls = needed(limit, 'calls', call);
    checkRate(element, `${key}${suffix}`, { calls, periodMs }, call, suffix === '' ? calls : undefined);
    call.limits.countRate(`${key}${suffix}`, 1, periodMs);
  }
}

/** A limit on the calls with one key, wherever it is counted. */
export function rateLimitByKey({ element }: Step, call: PolicyCall): void {
  const key = `rate ${neededKey(element, call)}`;
  const rate = { calls: needed(element, 'calls', call), periodMs: secondsOf(element, call) * 1000 };
  const weight = numberAttribute(element, 'increment-count', call) ?? 1;
  checkRate(element, key, { ...rate, calls: rate.calls + own(key, call) }, call, rate.calls);
  countOnce({ key, element, weight, call, count: () => call.limits.countRate(key, weight, rate.periodMs) });
}

/** A limit on calls and bytes of a subscription. */
export function quota({ element, counter }: Step, call: PolicyCall): void {
  if (!call.subscription) return;
  const key = `${counter} ${call.subscription.id}`;
  for (const { limit, suffix } of limitsFor(element, call)) {
    const whole = `${key}${suffix}`;
    const most = readQuota(limit, call);
    checkQuota(whole, most, call);
    call.limits.countQuota(whole, most, 1, 0);
    if (most.bytes !== undefined) call.afterwards.push(({ bytes }) => call.limits.countQuota(whole, most, 0, bytes));
  }
}

/** The name of the counter for a key of quota-by-key. */
export function quotaByKeyCounter(key: string): string {
  return `quota ${key}`;
}

/** A limit on calls and bytes with one key. */
export function quotaByKey({ element }: Step, call: PolicyCall): void {
  const key = quotaByKeyCounter(neededKey(element, call));
  const most = readQuota(element, call);
  const weight = numberAttribute(element, 'increment-count', call) ?? 1;
  checkQuota(key, { ...most, ...(most.calls === undefined ? {} : { calls: most.calls + own(key, call) }) }, call);
  const count = (ended?: Ended): void => call.limits.countQuota(key, most, ended ? 0 : weight, ended?.bytes ?? 0);
  countOnce({ key, element, weight, call, count, bytes: most.bytes !== undefined });
}

interface OwnLimit {
  readonly limit: PolicyElement;
  /** Tells its counter from the one of the limit itself, which has none. */
  readonly suffix: string;
}

/** The limit itself, and those for the API and the operation that are called. Each is counted on its own. */
function limitsFor(element: PolicyElement, call: PolicyCall): readonly OwnLimit[] {
  const apis = elementsOf(element, 'api').filter((each) => isFor(each, call.api, call));
  const operations = apis.flatMap((api) => elementsOf(api, 'operation')).filter((each) => isFor(each, call.operation, call));
  return [
    { limit: element, suffix: '' },
    ...apis.filter(({ attributes }) => attributes.has('renewal-period')).map((limit) => ({ limit, suffix: ` ${call.api.id}` })),
    ...operations.map((limit) => ({ limit, suffix: ` ${call.api.id} ${call.operation.id}` })),
  ];
}

/** By id where there is one, else by the name that is shown. */
function isFor(element: PolicyElement, { id, resource }: Named, call: PolicyCall): boolean {
  const ownId = attribute(element, 'id', call);
  if (ownId !== undefined) return sameName(ownId, id);
  return attribute(element, 'name', call) === resource.properties.displayName;
}

interface Rate {
  readonly calls: number;
  readonly periodMs: number;
}

/** So much of a counter is this call's own, which another policy with the same key has counted already. */
function own(key: string, call: PolicyCall): number {
  return call.counted.get(key) ?? 0;
}

/** `told` is the number of calls that the headers tell, where they are to tell of this limit. */
function checkRate(element: PolicyElement, key: string, { calls, periodMs }: Rate, call: PolicyCall, told: number | undefined): void {
  const found = call.limits.rateLeft(key, calls, periodMs);
  const left = 'left' in found ? found.left - 1 : 0;
  const tell = (name: string, value: number): void => {
    const header = attribute(element, name, call);
    if (header !== undefined) setChecked(header, String(value), call);
  };
  if (told !== undefined) {
    tell('remaining-calls-header-name', left);
    tell('total-calls-header-name', told);
  }
  if ('left' in found) return;
  const { retryAfter } = found;
  const named = attribute(element, 'retry-after-header-name', call) ?? 'Retry-After';
  const header = isHeaderName(named) ? named : 'Retry-After';
  throw new Refusal(429, `Rate limit is exceeded. Try again in ${retryAfter} seconds.`, [[header, String(retryAfter)]]);
}

/** A name that no header can have is passed over, not the limit. */
function setChecked(name: string, value: string, call: PolicyCall): void {
  if (isHeaderName(name)) call.extra.set(name, value);
  else call.passedOver.add('header-name');
}

function checkQuota(key: string, most: Quota, call: PolicyCall): void {
  const spent = call.limits.quotaSpent(key, most);
  if (!spent) return;
  const { retryAfter, what } = spent;
  const message = `Out of ${what === 'calls' ? 'call volume' : 'bandwidth'} quota.`;
  if (retryAfter === undefined) throw new Refusal(403, message);
  throw new Refusal(403, `${message} Quota will be replenished in ${quotaTime(retryAfter)}.`, [['Retry-After', String(retryAfter)]]);
}

interface Counting {
  readonly key: string;
  readonly element: PolicyElement;
  readonly weight: number;
  readonly call: PolicyCall;
  /** Called with how the call ended for the bytes, and without for the call itself. */
  readonly count: (ended?: Ended) => void;
  readonly bytes?: boolean;
}

/** Counts at once, or at the end where a condition says whether. */
function countOnce({ key, element, weight, call, count, bytes = false }: Counting): void {
  if (call.counted.has(key)) return;
  call.counted.set(key, element.attributes.has('increment-condition') ? 0 : weight);
  const text = element.attributes.get('increment-condition');
  const counts = (): boolean => {
    if (text === undefined) return true;
    try {
      return condition(call.named(text), call.context);
    } catch (error) {
      // A condition is asked when the answer has been sent; one that cannot be told counts each call.
      if (error instanceof NotUnderstood || error instanceof ExpressionFailed) return true;
      throw error;
    }
  };
  if (text === undefined) count();
  else {
    noteCondition(text, call);
    call.afterwards.push(() => {
      if (counts()) count();
    });
  }
  if (bytes) {
    call.afterwards.push((ended) => {
      if (counts()) count(ended);
    });
  }
}

/** Names a condition that will not be understood while the answer can still say so. */
function noteCondition(text: string, call: PolicyCall): void {
  try {
    condition(call.named(text), { ...call.context, status: 200 });
  } catch (error) {
    if (error instanceof NotUnderstood) call.passedOver.add('increment-condition');
    else if (!(error instanceof ExpressionFailed)) throw error;
  }
}

function readQuota(element: PolicyElement, call: PolicyCall): Quota {
  const calls = numberAttribute(element, 'calls', call);
  const kilobytes = numberAttribute(element, 'bandwidth', call);
  const start = Date.parse(attribute(element, 'first-period-start', call) ?? '');
  return {
    periodMs: secondsOf(element, call) * 1000,
    ...(calls === undefined ? {} : { calls }),
    ...(kilobytes === undefined ? {} : { bytes: kilobytes * 1024 }),
    ...(Number.isNaN(start) ? {} : { firstStart: start }),
  };
}

function secondsOf(element: PolicyElement, call: PolicyCall): number {
  return needed(element, 'renewal-period', call);
}

function needed(element: PolicyElement, name: string, call: PolicyCall): number {
  const value = numberAttribute(element, name, call);
  if (value === undefined) throw new NotUnderstood();
  return value;
}

function neededKey(element: PolicyElement, call: PolicyCall): string {
  const value = attribute(element, 'counter-key', call);
  if (value === undefined) throw new NotUnderstood();
  return value;
}
