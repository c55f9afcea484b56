// Sets limits in a policy document: only values are replaced or elements put in, every other character stays as it is.

import type { Quota, RateLimit } from '../definition/definition';
import { inbounds, isLimit, type LimitElement } from './limits';
import { attributeOf, readPolicy, textIn, type PolicyElement, type PolicyText } from './policyText';
import { applied, putIn, type TextChange } from './putIn';

/** The limits that are to be in force. */
export interface WantedLimits {
  readonly rateLimit?: RateLimit;
  readonly quota?: Quota;
}

/** A change of a limit. */
export interface PolicyChange extends TextChange {
  readonly element: LimitElement;
  /** Absent where a whole element is put in. */
  readonly attribute?: string;
}

/** What was wanted and is not done, with the reason. */
export interface PolicyLeft {
  readonly element: LimitElement;
  /**
   * `expression`, `namedValue`: the value is reckoned from something, `value` is its text. `stays`: an attribute that nobody wants is
   * there. `conditional`: the limit stands below a condition. `beside`: a limit of another kind is there, and both are in force.
   * `repeated`: there are several. `noInbound`: the document has no place for it. `notUnderstood`: the document makes no sense.
   */
  readonly reason: 'expression' | 'namedValue' | 'stays' | 'conditional' | 'beside' | 'repeated' | 'noInbound' | 'notUnderstood';
  readonly attribute?: string;
  readonly value?: string;
}

/** An edited document. */
export interface PolicyEdit {
  readonly text: string;
  /** In the order of their places in the text that was handed in. */
  readonly changes: readonly PolicyChange[];
  readonly left: readonly PolicyLeft[];
}

/** How callers are told apart in an element that asks for it. */
export const callerKeys = { subscription: '@(context.Subscription.Id)', ip: '@(context.Request.IpAddress)' } as const;

/** Values by the names of attributes. */
type Values = Readonly<Record<string, string>>;

/** Sets limits in a document (rawxml). What cannot be set without touching more is left, and told. */
export function setLimits(rawxml: string, { rateLimit, quota }: WantedLimits): PolicyEdit {
  const policy = readPolicy(rawxml);
  const wanted: LimitElement[] = [...(rateLimit ? [elementFor(rateLimit)] : []), ...(quota ? ['quota' as const] : [])];
  if (policy.fault) return { text: rawxml, changes: [], left: wanted.map((element) => ({ element, reason: 'notUnderstood' })) };
  const changes: PolicyChange[] = [];
  const left: PolicyLeft[] = [];
  const missing: [LimitElement, Values][] = [];
  const found = inbounds(policy.roots);
  const set = (elements: readonly LimitElement[], matches: (element: PolicyElement) => boolean, values: Values): void => {
    const [first = 'quota'] = elements;
    const direct = found.flatMap(({ children }) => children.filter((each) => isOneOf(each, elements) && matches(each)));
    const [element, ...others] = direct;
    if (others.length > 0) left.push({ element: first, reason: 'repeated' });
    if (element) setValues(policy, element, values, changes, left);
    else if (below(found, elements, matches)) left.push({ element: first, reason: 'conditional' });
    else missing.push([first, values]);
  };
  if (rateLimit) {
    const by = elementFor(rateLimit);
    const key = callerKeys[rateLimit.by];
    const values = { calls: String(rateLimit.calls), 'renewal-period': String(rateLimit.seconds) };
    const sameCallers = (element: PolicyElement): boolean =>
      element.name === 'rate-limit' || withoutBlanks(valueText(policy, element, 'counter-key')) === key;
    set(rateLimit.by === 'subscription' ? ['rate-limit', 'rate-limit-by-key'] : [by], sameCallers, values);
    const others = found.flatMap(({ children }) => children.filter((each) => /^rate-limit/.test(each.name) && isLimit(each.name)));
    if (others.some((each) => !sameCallers(each) || (rateLimit.by === 'ip' && each.name === 'rate-limit')))
      left.push({ element: by, reason: 'beside' });
  }
  if (quota) set(['quota'], () => true, quotaValues(quota));
  const put = putIn(policy, missing.map(([name, values]) => tagText(name, withKey(name, values, rateLimit))), 'first');
  if (put === undefined) left.push(...missing.map(([element]) => ({ element, reason: 'noInbound' as const })));
  const added = missing.flatMap(([element], index): PolicyChange[] => {
    const change = put?.[index];
    return change ? [{ ...change, element }] : [];
  });
  const all = [...changes, ...added].sort((a, b) => a.range.start - b.range.start);
  return { text: applied(rawxml, all), changes: all, left };
}

function elementFor({ by }: RateLimit): 'rate-limit' | 'rate-limit-by-key' {
  return by === 'ip' ? 'rate-limit-by-key' : 'rate-limit';
}

function quotaValues({ calls, kilobytes, seconds }: Quota): Values {
  return {
    ...(calls === undefined ? {} : { calls: String(calls) }),
    ...(kilobytes === undefined ? {} : { bandwidth: String(kilobytes) }),
    'renewal-period': String(seconds),
  };
}

function withKey(name: LimitElement, values: Values, rateLimit: RateLimit | undefined): Values {
  return name === 'rate-limit-by-key' && rateLimit ? { ...values, 'counter-key': callerKeys[rateLimit.by] } : values;
}

function isOneOf({ name }: PolicyElement, names: readonly LimitElement[]): boolean {
  return isLimit(name) && names.includes(name);
}

function below(parents: readonly PolicyElement[], names: readonly LimitElement[], matches: (element: PolicyElement) => boolean): boolean {
  return parents.some(({ children }) => children.some((each) => isOneOf(each, names) && matches(each)) || below(children, names, matches));
}

function valueText({ text }: PolicyText, element: PolicyElement, name: string): string {
  const attribute = attributeOf(element, name);
  return attribute ? textIn(text, attribute.value) : '';
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** Replaces the values that differ, and puts in attributes that are missing. */
function setValues(policy: PolicyText, element: PolicyElement, values: Values, changes: PolicyChange[], left: PolicyLeft[]): void {
  const { name } = element;
  if (!isLimit(name)) return;
  for (const [attribute, value] of Object.entries(values)) {
    const there = attributeOf(element, attribute);
    if (!there) {
      const at = element.attributes.at(-1)?.range.end ?? element.tag.start + 1 + name.length;
      changes.push({ range: { start: at, end: at }, before: '', after: ` ${attribute}="${value}"`, element: name, attribute });
      continue;
    }
    const before = textIn(policy.text, there.value);
    if (before.trim() === value) continue;
    if (there.expression) left.push({ element: name, reason: 'expression', attribute, value: before });
    else if (before.includes('{{')) left.push({ element: name, reason: 'namedValue', attribute, value: before });
    else changes.push({ range: there.value, before, after: value, element: name, attribute });
  }
  if (name !== 'quota') return;
  for (const attribute of ['calls', 'bandwidth']) {
    if (attribute in values || !attributeOf(element, attribute)) continue;
    left.push({ element: name, reason: 'stays', attribute, value: valueText(policy, element, attribute) });
  }
}

function tagText(name: LimitElement, values: Values): string {
  return `<${[name, ...Object.entries(values).map(([key, value]) => `${key}="${value}"`)].join(' ')} />`;
}
