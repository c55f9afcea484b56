// Which limits a policy document sets for callers.

import { attributeOf, readPolicy, textIn, type PolicyElement } from './policyText';

/** Elements that limit how much callers may call. */
export type LimitElement = 'rate-limit' | 'rate-limit-by-key' | 'quota' | 'quota-by-key';

/** A value in a policy: a number, or the text of what it is reckoned from: an expression or a named value. */
export type LimitValue = number | string;

/** A limit that a policy sets. */
export interface PolicyLimit {
  readonly element: LimitElement;
  readonly calls?: LimitValue;
  readonly kilobytes?: LimitValue;
  /** The period; 0 is for ever. */
  readonly seconds?: LimitValue;
  /** By what callers are told apart, where the element says it. */
  readonly counterKey?: string;
  /** True where it stands below a condition. */
  readonly conditional: boolean;
  /** The API or operation that a limit within a limit is for, by its name or id. */
  readonly only?: string;
}

/** The limits of a document in the order in which they stand. */
export interface PolicyLimits {
  /** False for a document that makes no sense to its end: there may be limits that are not told. */
  readonly understood: boolean;
  readonly limits: readonly PolicyLimit[];
}

/** Reads the limits in the inbound section (rawxml). */
export function limitsOf(rawxml: string): PolicyLimits {
  const { text, roots, fault } = readPolicy(rawxml);
  const limits = inbounds(roots).flatMap((inbound) => limitsBelow(text, inbound, false));
  return { understood: fault === undefined, limits };
}

/** The inbound sections; a document has one. */
export function inbounds(roots: readonly PolicyElement[]): readonly PolicyElement[] {
  return roots.flatMap((root) => (root.name === 'policies' ? root.children : [root])).filter(({ name }) => name === 'inbound');
}

/** True for the name of an element that limits. */
export function isLimit(name: string): name is LimitElement {
  return name === 'rate-limit' || name === 'rate-limit-by-key' || name === 'quota' || name === 'quota-by-key';
}

function limitsBelow(text: string, parent: PolicyElement, conditional: boolean): readonly PolicyLimit[] {
  return parent.children.flatMap((element) => {
    const { name } = element;
    if (!isLimit(name)) return limitsBelow(text, element, true);
    return [readLimit(text, name, element, conditional), ...innerLimits(text, name, element, conditional)];
  });
}

/** Limits within a limit: `<api name="…" calls="…">` and `<operation …>` in it. */
function innerLimits(text: string, name: LimitElement, parent: PolicyElement, conditional: boolean): readonly PolicyLimit[] {
  return parent.children.flatMap((element) => {
    if (element.name !== 'api' && element.name !== 'operation') return [];
    const only = valueOf(text, element, 'name') ?? valueOf(text, element, 'id') ?? '';
    return [{ ...readLimit(text, name, element, conditional), only }, ...innerLimits(text, name, element, conditional)];
  });
}

function readLimit(text: string, element: LimitElement, from: PolicyElement, conditional: boolean): PolicyLimit {
  const calls = limitValue(valueOf(text, from, 'calls'));
  const kilobytes = limitValue(valueOf(text, from, 'bandwidth'));
  const seconds = limitValue(valueOf(text, from, 'renewal-period'));
  const counterKey = valueOf(text, from, 'counter-key');
  return {
    element,
    ...(calls === undefined ? {} : { calls }),
    ...(kilobytes === undefined ? {} : { kilobytes }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(counterKey === undefined ? {} : { counterKey }),
    conditional,
  };
}

function valueOf(text: string, element: PolicyElement, name: string): string | undefined {
  const attribute = attributeOf(element, name);
  return attribute && textIn(text, attribute.value).trim();
}

function limitValue(text: string | undefined): LimitValue | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}
