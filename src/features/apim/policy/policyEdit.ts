// Sets limits in a policy document: only values are replaced or elements put in, every other character stays as it is.

import type { Quota, RateLimit } from '../definition/definition';
import { inbounds, isLimit, type LimitElement } from './limits';
import { attributeOf, readPolicy, textIn, type PolicyElement, type PolicyText, type TextRange } from './policyText';

/** The limits that are to be in force. */
export interface WantedLimits {
  readonly rateLimit?: RateLimit;
  readonly quota?: Quota;
}

/** A part of the text that is replaced; an empty range is where something is put in. */
export interface PolicyChange {
  readonly range: TextRange;
  readonly before: string;
  readonly after: string;
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
  const put = putIn(policy, missing.map(([name, values]) => [name, withKey(name, values, rateLimit)]));
  if (put === undefined) left.push(...missing.map(([element]) => ({ element, reason: 'noInbound' as const })));
  const all = [...changes, ...(put ?? [])].sort((a, b) => a.range.start - b.range.start);
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

/** Puts elements behind `<base />` of the inbound section; undefined where there is no place for them. */
function putIn(policy: PolicyText, elements: readonly (readonly [LimitElement, Values])[]): readonly PolicyChange[] | undefined {
  if (elements.length === 0) return [];
  const { text, roots } = policy;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const tags = elements.map(tagText);
  const change = (range: TextRange, after: (tag: string, index: number) => string): readonly PolicyChange[] =>
    elements.map(([element], index) => ({
      range: index === 0 ? range : { start: range.end, end: range.end },
      before: index === 0 ? textIn(text, range) : '',
      after: after(tags[index] ?? '', index),
      element,
    }));
  const last = elements.length - 1;
  const [inbound] = inbounds(roots);
  if (!inbound) {
    const root = roots.find(({ name, closeTag }) => name === 'policies' && closeTag);
    if (!root) return undefined;
    const outer = indentBefore(text, root.children[0]?.tag.start) ?? `${newLine}${unit(text)}`;
    const inner = `${outer}${unit(text)}`;
    return change({ start: root.tag.end, end: root.tag.end }, (tag, index) =>
      `${index === 0 ? `${outer}<inbound>${inner}<base />` : ''}${inner}${tag}${index === last ? `${outer}</inbound>` : ''}`);
  }
  const outer = indentBefore(text, inbound.tag.start);
  const inner = outer === undefined ? '' : `${outer}${unit(text)}`;
  if (!inbound.closeTag) {
    // <inbound /> has to be opened: its end is what is replaced.
    const { end } = inbound.tag;
    const start = trimmedEnd(text, end - 2);
    return change({ start, end }, (tag, index) =>
      `${index === 0 ? '>' : ''}${inner}${tag}${index === last ? `${outer ?? ''}</inbound>` : ''}`);
  }
  const base = inbound.children.find(({ name }) => name === 'base');
  const at = base ? (base.closeTag ?? base.tag).end : inbound.tag.end;
  const before = indentBefore(text, base?.tag.start ?? inbound.children[0]?.tag.start) ?? inner;
  // Where the closing tag follows at once, it goes to its own line.
  const close = !base && inbound.children.length === 0 && at === inbound.closeTag.start ? outer ?? '' : '';
  return change({ start: at, end: at }, (tag, index) => `${before}${tag}${index === last ? close : ''}`);
}

function tagText([name, values]: readonly [LimitElement, Values]): string {
  return `<${[name, ...Object.entries(values).map(([key, value]) => `${key}="${value}"`)].join(' ')} />`;
}

/** The line end and the blanks before a place; undefined where something else stands before it on its line. */
function indentBefore(text: string, at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  let from = at;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
  if (text[from - 1] !== '\n') return from === 0 ? `${text.includes('\r\n') ? '\r\n' : '\n'}${text.slice(from, at)}` : undefined;
  const lineEnd = text[from - 2] === '\r' ? '\r\n' : '\n';
  return `${lineEnd}${text.slice(from, at)}`;
}

/** What one more level is indented by in this document. */
function unit(text: string): string {
  return /\n(\t| {1,8})</.exec(text)?.[1] ?? '  ';
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (/\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function applied(text: string, changes: readonly PolicyChange[]): string {
  let [result, from] = ['', 0];
  for (const { range, after } of changes) {
    result += text.slice(from, range.start) + after;
    from = range.end;
  }
  return result + text.slice(from);
}
