// Sets limits in a policy document: only values are replaced or elements put in, every other character stays as it is.

import type { Quota, RateLimit } from '../definition/definition';
import { callerKeys, callerOf } from './callers';
import type { PolicyLeft } from './left';
import type { LimitElement } from './limit';
import { inbounds, isLimit, valueOf } from './limits';
import { attributeOf, readPolicy, textIn, trimmedRange, type PolicyElement, type PolicyText } from './policyText';
import { applied, putIn, type TextChange } from './putIn';
import { takeOut, takeOutAttribute } from './takeOut';

/** The limits that are to be in force; `none` takes one out, and what is absent is not touched. */
export interface WantedLimits {
  readonly rateLimit?: RateLimit | 'none';
  readonly quota?: Quota | 'none';
}

/** How far an edit goes. */
export interface EditOptions {
  /**
   * The limits are to be as wanted and no more: an amount of a quota that is not wanted is taken out, and a limit of calls by
   * subscription becomes one by address, or the other way round. Without it both stay and are told.
   */
  readonly exact?: boolean;
}

/** A change of a limit. */
export interface PolicyChange extends TextChange {
  readonly element: LimitElement;
  /** Absent where a whole element is put in or taken out, and where its name is changed. */
  readonly attribute?: string;
}

/** An edited document. */
export interface PolicyEdit {
  readonly text: string;
  /** In the order of their places in the text that was handed in. */
  readonly changes: readonly PolicyChange[];
  readonly left: readonly PolicyLeft[];
}

/** Values by the names of attributes. */
type Values = Readonly<Record<string, string>>;

/** Sets limits in a document (rawxml). What cannot be set without touching more is left, and told. */
export function setLimits(rawxml: string, { rateLimit, quota }: WantedLimits, { exact = false }: EditOptions = {}): PolicyEdit {
  const policy = readPolicy(rawxml);
  const wanted: LimitElement[] = [...(rateLimit ? [elementFor(rateLimit)] : []), ...(quota ? ['quota' as const] : [])];
  if (policy.fault) return { text: rawxml, changes: [], left: wanted.map((element) => ({ element, reason: 'notUnderstood' })) };
  const edit: Edit = { policy, changes: [], left: [], missing: [] };
  if (rateLimit === 'none') removeFirst(edit, 'rate-limit', (element) => callerOfElement(policy, element) !== undefined);
  else if (rateLimit) setRateLimit(edit, rateLimit, exact);
  if (quota === 'none') removeFirst(edit, 'quota', ({ name }) => name === 'quota');
  else if (quota) setFirst(edit, ['quota'], ({ name }) => name === 'quota', quotaValues(quota), exact);
  const { changes, left, missing } = edit;
  const put = putIn(policy, missing.map(([name, values]) => tagText(name, values)), 'first');
  if (put === undefined) left.push(...missing.map(([element]) => ({ element, reason: 'noInbound' as const })));
  const added = missing.flatMap(([element], index): PolicyChange[] => {
    const change = put?.[index];
    return change ? [{ ...change, element }] : [];
  });
  const all = [...changes, ...added].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return { text: applied(rawxml, all), changes: all, left };
}

/** An edit while it is made. */
interface Edit {
  readonly policy: PolicyText;
  readonly changes: PolicyChange[];
  readonly left: PolicyLeft[];
  readonly missing: [LimitElement, Values][];
}

type Matches = (element: PolicyElement) => boolean;

function setRateLimit(edit: Edit, { calls, seconds, by }: RateLimit, exact: boolean): void {
  const { policy, left } = edit;
  const element = elementFor({ by });
  const values = { calls: String(calls), 'renewal-period': String(seconds) };
  const isOurs: Matches = (each) => callerOfElement(policy, each) !== undefined;
  const sameCallers: Matches = (each) => callerOfElement(policy, each) === by;
  const rates = direct(edit).filter(({ name }) => name === 'rate-limit' || name === 'rate-limit-by-key');
  const [first] = rates.filter(isOurs);
  const turn = exact && first !== undefined && !rates.some(sameCallers) && turned(edit, first, by);
  if (turn) setFirst(edit, [element], isOurs, values, exact);
  else setFirst(edit, [element], sameCallers, by === 'ip' ? { ...values, 'counter-key': callerKeys.ip } : values, exact);
  if (rates.some((each) => (turn ? !isOurs(each) : !sameCallers(each)))) left.push({ element, reason: 'beside' });
}

/** Lets a limit of calls tell callers apart in the other way. */
function turned({ policy, changes, left }: Edit, element: PolicyElement, by: RateLimit['by']): boolean {
  const { name, tag, closeTag, attributes } = element;
  if (!isLimit(name)) return false;
  const key = attributeOf(element, 'counter-key');
  if (name === 'rate-limit-by-key' && key) {
    const before = textIn(policy.text, key.value);
    changes.push({ range: key.value, before, after: callerKeys[by], element: name, attribute: 'counter-key' });
    return true;
  }
  const [inner] = element.children;
  if (inner) {
    left.push({ element: name, reason: 'inner', value: textIn(policy.text, inner.tag) });
    return false;
  }
  const after = 'rate-limit-by-key';
  const at = attributes.at(-1)?.range.end ?? tag.start + 1 + name.length;
  for (const start of [tag.start + 1, ...(closeTag ? [closeTag.start + 2] : [])])
    changes.push({ range: { start, end: start + name.length }, before: name, after, element: after });
  const put = attributeText('counter-key', callerKeys[by]);
  changes.push({ range: { start: at, end: at }, before: '', after: put, element: after, attribute: 'counter-key' });
  return true;
}

/** Sets values of the first element that holds for all calls, or has one put in. */
function setFirst(edit: Edit, elements: readonly [LimitElement], matches: Matches, values: Values, exact: boolean): void {
  const { policy, left, missing } = edit;
  const [name] = elements;
  const [element, ...others] = direct(edit).filter(matches);
  if (others.length > 0) left.push({ element: name, reason: 'repeated' });
  if (element) setValues(edit, element, values, exact);
  else if (below(inbounds(policy.roots), matches)) left.push({ element: name, reason: 'conditional' });
  else missing.push([name, values]);
}

/** Takes out the first element that holds for all calls, where its values are numbers and nothing else is in it. */
function removeFirst({ policy, changes, left }: Edit, name: LimitElement, matches: Matches): void {
  const [element, ...others] = direct({ policy }).filter(matches);
  if (!element) return;
  const taken = element.name === 'rate-limit-by-key' ? element.name : name;
  if (others.length > 0) left.push({ element: name, reason: 'repeated' });
  const [inner] = element.children;
  const reckoned = ['calls', 'bandwidth', 'renewal-period'].flatMap((attribute) => {
    const there = attributeOf(element, attribute);
    const { kind, text } = there ? valueOf(policy.text, there) : { kind: 'number' as const, text: '' };
    return kind === 'expression' || kind === 'namedValue' ? [{ element: taken, reason: kind, attribute, value: text }] : [];
  });
  if (inner) left.push({ element: taken, reason: 'inner', value: textIn(policy.text, inner.tag) });
  else if (reckoned.length > 0) left.push(...reckoned);
  else changes.push({ ...takeOut(policy, element), element: taken });
}

/** What stands in the inbound section and below no condition. */
function direct({ policy }: Pick<Edit, 'policy'>): readonly PolicyElement[] {
  return inbounds(policy.roots).flatMap(({ children }) => children);
}

function callerOfElement(policy: PolicyText, element: PolicyElement): RateLimit['by'] | undefined {
  const { name } = element;
  if (!isLimit(name)) return undefined;
  const key = attributeOf(element, 'counter-key');
  return callerOf({ element: name, counterKey: key ? valueOf(policy.text, key).text : '' });
}

function elementFor(rateLimit: Pick<RateLimit, 'by'> | 'none'): 'rate-limit' | 'rate-limit-by-key' {
  return rateLimit !== 'none' && rateLimit.by === 'ip' ? 'rate-limit-by-key' : 'rate-limit';
}

function quotaValues({ calls, kilobytes, seconds }: Quota): Values {
  return {
    ...(calls === undefined ? {} : { calls: String(calls) }),
    ...(kilobytes === undefined ? {} : { bandwidth: String(kilobytes) }),
    'renewal-period': String(seconds),
  };
}

function below(parents: readonly PolicyElement[], matches: Matches): boolean {
  return parents.some(({ children }) => children.some(matches) || below(children, matches));
}

/** Replaces the values that differ, and puts in attributes that are missing. */
function setValues({ policy, changes, left }: Edit, element: PolicyElement, values: Values, exact: boolean): void {
  const { name } = element;
  if (!isLimit(name)) return;
  for (const [attribute, value] of Object.entries(values)) {
    if (attribute === 'counter-key') continue;
    const there = attributeOf(element, attribute);
    if (!there) {
      const at = element.attributes.at(-1)?.range.end ?? element.tag.start + 1 + name.length;
      changes.push({ range: { start: at, end: at }, before: '', after: attributeText(attribute, value), element: name, attribute });
      continue;
    }
    const { kind, text } = valueOf(policy.text, there);
    // White space between the quotes stays as it is.
    const range = trimmedRange(policy.text, there.value);
    const before = textIn(policy.text, range);
    if (text === value) continue;
    if (kind === 'expression' || kind === 'namedValue') left.push({ element: name, reason: kind, attribute, value: before });
    else changes.push({ range, before, after: value, element: name, attribute });
  }
  if (name !== 'quota') return;
  for (const attribute of ['calls', 'bandwidth']) {
    const there = attributeOf(element, attribute);
    if (attribute in values || !there) continue;
    const { kind } = valueOf(policy.text, there);
    const value = textIn(policy.text, there.value);
    if (!exact) left.push({ element: name, reason: 'stays', attribute, value });
    else if (kind === 'expression' || kind === 'namedValue') left.push({ element: name, reason: kind, attribute, value });
    else changes.push({ ...takeOutAttribute(policy, there), element: name, attribute });
  }
}

function attributeText(name: string, value: string): string {
  return ` ${name}="${value}"`;
}

function tagText(name: LimitElement, values: Values): string {
  return `<${[name, ...Object.entries(values).map(([key, value]) => `${key}="${value}"`)].join(' ')} />`;
}
