// What a form about limits shows of a policy document: one limit of calls, one quota, and all else that limits as it stands.

import { callerOf, type callerKeys } from './callers';
import { readLimits, type LocatedLimit } from './limits';
import { readPolicy, textIn, type PolicyElement, type PolicyFault } from './policyText';

/** The limits of a document as a form shows them. */
export interface CurrentLimits {
  /** False for a document that cannot be read safely: it is shown as text and not edited; all else is absent then. */
  readonly editable: boolean;
  readonly fault?: PolicyFault;
  /** The first limit of calls that holds for all calls, by subscription or address. Its values may be no numbers. */
  readonly rateLimit?: LocatedLimit & { readonly by: keyof typeof callerKeys };
  /** The first quota that holds for all calls. Its values may be no numbers. */
  readonly quota?: LocatedLimit;
  /** All else that limits, in the order in which it stands: it is shown as it is, and left alone. */
  readonly others: readonly OtherLimit[];
}

/**
 * Something else that limits, or may. `conditional`: it stands below a condition. `otherKey`: it tells callers apart in its own way.
 * `repeated`: there is one before it. `section`: it stands in another section than inbound. `element`: limits of another kind, as of
 * tokens. `fragment`: whatever is in a fragment that is included. `inner`: a limit for one API or operation alone.
 */
export interface OtherLimit {
  readonly why: 'conditional' | 'otherKey' | 'repeated' | 'section' | 'element' | 'fragment' | 'inner';
  /** The element's name, as `llm-token-limit`. */
  readonly name: string;
  /** The tag that opens it, as it stands. */
  readonly text: string;
  /** Its line, from 1. */
  readonly line: number;
  /** What it limits, where this is known. */
  readonly limit?: LocatedLimit;
}

/** They limit in ways that are not known here. */
const otherKinds = new Set(['llm-token-limit', 'azure-openai-token-limit', 'limit-concurrency', 'include-fragment']);

/** Reads a document (rawxml). Never throws. */
export function currentLimits(rawxml: string): CurrentLimits {
  const { editable, fault, limits } = readLimits(rawxml);
  if (!editable) return { editable, ...(fault ? { fault } : {}), others: [] };
  let rateLimit: CurrentLimits['rateLimit'];
  let quota: LocatedLimit | undefined;
  const others: (Omit<OtherLimit, 'line'> & { readonly start: number })[] = [];
  const addOther = (why: OtherLimit['why'], limit: LocatedLimit): void => {
    others.push({ why, name: limit.element, text: textIn(rawxml, limit.tag), start: limit.start, limit });
  };
  for (const limit of limits) {
    const by = callerOf(limit);
    const isRate = limit.element === 'rate-limit' || limit.element === 'rate-limit-by-key';
    if (limit.section !== 'inbound') addOther('section', limit);
    else if (limit.conditional) addOther('conditional', limit);
    else if (isRate && by && !rateLimit) rateLimit = { ...limit, by };
    else if (limit.element === 'quota' && !quota) quota = limit;
    else addOther(limit.element === 'quota' || (isRate && by) ? 'repeated' : 'otherKey', limit);
    for (const inner of innerOf(limit)) addOther('inner', inner);
  }
  for (const element of otherElements(readPolicy(rawxml).roots)) {
    const why = element.name === 'include-fragment' ? 'fragment' : 'element';
    others.push({ why, name: element.name, text: textIn(rawxml, element.tag), start: element.tag.start });
  }
  return {
    editable: true,
    ...(rateLimit ? { rateLimit } : {}),
    ...(quota ? { quota } : {}),
    others: withLines(rawxml, others.sort((a, b) => a.start - b.start)),
  };
}

function innerOf(limit: LocatedLimit): readonly LocatedLimit[] {
  return limit.inner.flatMap((each) => [each, ...innerOf(each)]);
}

function otherElements(elements: readonly PolicyElement[]): readonly PolicyElement[] {
  return elements.flatMap((each) => [...(otherKinds.has(each.name) ? [each] : []), ...otherElements(each.children)]);
}

/** Their lines, counted in one pass. */
function withLines(text: string, others: readonly (Omit<OtherLimit, 'line'> & { readonly start: number })[]): readonly OtherLimit[] {
  let [line, from] = [1, 0];
  return others.map(({ start, ...other }) => {
    for (; from < start; from += 1) if (text[from] === '\n') line += 1;
    return { ...other, line };
  });
}
