// Puts what is wanted of the inbound section into a policy that is there: our own elements alone, every other character stays as it is.

import type { PolicyLimit } from './limit';
import { inbounds, isLimit, limitsOf } from './limits';
import type { PartLeft, PolicyLeft } from './left';
import { setLimits, type WantedLimits } from './policyEdit';
import { attributeOf, readPolicy, textIn, type PolicyElement, type PolicyText, type TextRange } from './policyText';
import { applied, indentBefore, indented, putIn, type TextChange } from './putIn';
import { samePolicy } from './samePolicy';

/** A document with what was put into it. */
export interface PolicyMerge {
  readonly text: string;
  /** Names of elements that were there with something else in them, which is gone. */
  readonly replaced: readonly string[];
  readonly left: readonly PartLeft[];
  readonly limitsLeft: readonly PolicyLeft[];
  /** True where all that is wanted is in the text. */
  readonly complete: boolean;
}

/** These go on where they stand; what is in others is theirs, as the headers of a request that is sent. */
const flow = new Set(['choose', 'when', 'otherwise', 'retry', 'wait', 'limit-concurrency']);

/**
 * What is set to last: a check of the caller's own header, or of the path, comes before the header is written over. All others come first,
 * so that what is asked before a call (`cors`) is not refused by a check.
 */
const last = new Set(['set-header', 'rewrite-uri']);

/** Limits that were set, but not as the only ones. */
const set: readonly PolicyLeft['reason'][] = ['stays', 'beside', 'repeated'];

/** Puts the elements of a wanted document's inbound section into the document that is there (both rawxml). */
export function mergePolicy(there: string, wanted: string): PolicyMerge {
  const source = readPolicy(wanted);
  const parts = inbounds(source.roots).flatMap(({ children }) => children.filter(({ name }) => name !== 'base' && !isLimit(name)));
  const limits = setLimits(there, wantedLimits(wanted));
  const policy = readPolicy(limits.text);
  const { left: limitsLeft } = limits;
  if (policy.fault) {
    const left = parts.map(({ name }): PartLeft => ({ element: name, reason: 'notUnderstood' }));
    return { text: there, replaced: [], left, limitsLeft, complete: left.length === 0 && limitsLeft.length === 0 };
  }
  const changes: TextChange[] = [];
  const left: PartLeft[] = [];
  const replaced: string[] = [];
  const missing: PolicyElement[] = [];
  const found = inbounds(policy.roots).flatMap(({ children }) => children);
  for (const part of parts) {
    const same = (element: PolicyElement): boolean => identity(policy, element) === identity(source, part);
    const [element, ...others] = found.filter(same);
    const leave = (reason: PartLeft['reason']): void => void left.push({ element: part.name, reason });
    if (others.length > 0) leave('repeated');
    else if (!element && below(found, same)) leave('conditional');
    else if (!element) missing.push(part);
    else if (samePolicy(textIn(policy.text, whole(element)), textIn(wanted, whole(part)))) continue;
    else if (hasExpression(policy, whole(element))) leave('expression');
    else {
      const range = whole(element);
      const after = indented(policy.text, elementText(source, part), indentBefore(policy.text, range.start) ?? '');
      changes.push({ range, before: textIn(policy.text, range), after });
      replaced.push(part.name);
    }
  }
  let text = applied(policy.text, changes.sort((a, b) => a.range.start - b.range.start));
  for (const where of ['first', 'last'] as const) {
    const elements = missing.filter(({ name }) => last.has(name) === (where === 'last'));
    const put = putIn(readPolicy(text), elements.map((element) => elementText(source, element)), where);
    if (put) text = applied(text, put);
    else left.push(...elements.map(({ name }): PartLeft => ({ element: name, reason: 'noInbound' })));
  }
  const complete = left.length === 0 && limitsLeft.every(({ reason }) => set.includes(reason));
  return { text, replaced, left, limitsLeft, complete };
}

/** What an element is the only one of: a header goes by its name. */
function identity({ text }: PolicyText, element: PolicyElement): string {
  const header = element.name === 'set-header' ? attributeOf(element, 'name') : undefined;
  return header ? `${element.name} ${textIn(text, header.value).trim().toLowerCase()}` : element.name;
}

function below(elements: readonly PolicyElement[], same: (element: PolicyElement) => boolean): boolean {
  return elements.some(({ name, children }) => flow.has(name) && (children.some(same) || below(children, same)));
}

function hasExpression({ tokens }: PolicyText, { start, end }: TextRange): boolean {
  return tokens.some((token) => token.range.start >= start && token.range.end <= end &&
    (token.kind === 'expression' || (token.kind === 'open' && token.attributes.some(({ expression }) => expression))));
}

function whole({ tag, closeTag }: PolicyElement): TextRange {
  return { start: tag.start, end: (closeTag ?? tag).end };
}

/** The text of an element as if it stood at the beginning of its line. */
function elementText({ text }: PolicyText, element: PolicyElement): string {
  const outer = (indentBefore(text, element.tag.start) ?? '').replaceAll(/[\r\n]/g, '');
  const lines = textIn(text, whole(element)).replaceAll('\r\n', '\n').split('\n');
  return lines.map((line) => (line.startsWith(outer) ? line.slice(outer.length) : line)).join('\n');
}

/** The limits of a document as far as they are plain numbers at their usual places. */
function wantedLimits(text: string): WantedLimits {
  const { limits } = limitsOf(text);
  const rate = limits.find(({ element }) => element === 'rate-limit' || element === 'rate-limit-by-key');
  const quota = limits.find(({ element }) => element === 'quota');
  const rateLimit = rate && rateOf(rate);
  return {
    ...(rateLimit ? { rateLimit } : {}),
    ...(quota ? { quota: { ...numbers(quota), seconds: numberOf(quota.seconds) } } : {}),
  };
}

function rateOf({ calls, seconds, counterKey }: PolicyLimit): WantedLimits['rateLimit'] {
  const by = counterKey?.includes('IpAddress') === true ? 'ip' : 'subscription';
  return { calls: numberOf(calls), seconds: numberOf(seconds), by };
}

function numbers({ calls, kilobytes }: PolicyLimit): { readonly calls?: number; readonly kilobytes?: number } {
  return {
    ...(typeof calls === 'number' ? { calls } : {}),
    ...(typeof kilobytes === 'number' ? { kilobytes } : {}),
  };
}

function numberOf(value: number | string | undefined): number {
  return typeof value === 'number' ? value : 0;
}
