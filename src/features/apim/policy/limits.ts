// Which limits a policy document sets for callers, where they stand, and how their values are written.

import { decoded } from './escapes';
import type { LimitElement, PolicyLimit } from './limit';
import { readPolicy, textIn, type PolicyAttribute, type PolicyElement, type PolicyFault, type TextRange } from './policyText';

/** The limits of a document in the order in which they stand. */
export interface PolicyLimits {
  /** False for a document that makes no sense to its end: there may be limits that are not told. */
  readonly understood: boolean;
  readonly limits: readonly PolicyLimit[];
}

/** How a value is written. Only a `number` is edited as one; `text` is none of the three, as an empty value. */
export type ValueKind = 'number' | 'expression' | 'namedValue' | 'text';

/** An attribute of a limit. */
export interface LimitAttribute {
  readonly name: string;
  readonly kind: ValueKind;
  /** The value without white space around it: that of an expression as it stands, any other without its escapes. */
  readonly text: string;
  /** What stands between the quotes. */
  readonly value: TextRange;
}

/** A limit and where it stands. */
export interface LocatedLimit extends PolicyLimit {
  /** Where its `<` is, in UTF-16 units. */
  readonly start: number;
  /** The tag that opens it. */
  readonly tag: TextRange;
  /** The section it stands in, as `inbound`; absent in a fragment and where there are no sections. */
  readonly section?: string;
  readonly attributes: readonly LimitAttribute[];
  /** Limits within it, of single APIs and operations; those have `only`. */
  readonly inner: readonly LocatedLimit[];
}

/** All limits of a document. */
export interface PolicyReading {
  /** False for a document that cannot be read safely: it is shown as text. */
  readonly editable: boolean;
  /** Why it is not editable, and from where on. */
  readonly fault?: PolicyFault;
  /** None where the document is not editable: what is found in one may be part of a text, and others may be overlooked. */
  readonly limits: readonly LocatedLimit[];
}

/** Reads the limits in the inbound section (rawxml). */
export function limitsOf(rawxml: string): PolicyLimits {
  const { text, roots, fault } = readPolicy(rawxml);
  const limits = inbounds(roots).flatMap((inbound) => limitsBelow(text, inbound, false, 'inbound')).flatMap(withInner).map(withoutPlace);
  return { understood: fault === undefined, limits };
}

/** Reads the limits in all sections, in a fragment, and where there is no section at all (rawxml), in the order in which they stand. */
export function readLimits(rawxml: string): PolicyReading {
  const { text, roots, fault } = readPolicy(rawxml);
  if (fault) return { editable: false, fault, limits: [] };
  if (roots.length === 0) return { editable: false, fault: { start: 0, end: text.length, reason: 'empty' }, limits: [] };
  return { editable: true, limits: roots.flatMap((root) => limitsOfRoot(text, root)) };
}

/** How many bytes of UTF-8 are before each place (UTF-16 units, ascending): a byte order mark counts, where the text begins with it. */
export function byteOffsets(text: string, places: readonly number[]): readonly number[] {
  const encoder = new TextEncoder();
  let [from, bytes] = [0, 0];
  return places.map((place) => {
    bytes += encoder.encode(text.slice(from, place)).length;
    from = place;
    return bytes;
  });
}

/** The inbound sections; a document has one. */
export function inbounds(roots: readonly PolicyElement[]): readonly PolicyElement[] {
  return roots.flatMap((root) => (root.name === 'policies' ? root.children : [root])).filter(({ name }) => name === 'inbound');
}

/** True for the name of an element that limits. */
export function isLimit(name: string): name is LimitElement {
  return name === 'rate-limit' || name === 'rate-limit-by-key' || name === 'quota' || name === 'quota-by-key';
}

/** How the value of an attribute is written. */
export function valueOf(text: string, { name, value, expression }: PolicyAttribute): LimitAttribute {
  const raw = textIn(text, value).trim();
  if (expression) return { name, kind: 'expression', text: raw, value };
  const plain = decoded(raw).trim();
  return { name, kind: raw.includes('{{') ? 'namedValue' : isNumber(plain) ? 'number' : 'text', text: plain, value };
}

/** No number that a policy can have is longer. */
function isNumber(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function limitsOfRoot(text: string, root: PolicyElement): readonly LocatedLimit[] {
  if (isLimit(root.name)) return [readLimit(text, root.name, root, false, undefined), ...limitsBelow(text, root, true, undefined)];
  if (root.name === 'policies') return root.children.flatMap((section) => limitsBelow(text, section, false, section.name));
  // The effective policy of a section has the section for its root.
  return limitsBelow(text, root, false, sections.has(root.name) ? root.name : undefined);
}

const sections = new Set(['inbound', 'backend', 'outbound', 'on-error']);

function limitsBelow(text: string, parent: PolicyElement, conditional: boolean, section: string | undefined): readonly LocatedLimit[] {
  return parent.children.flatMap((element) => [
    ...(isLimit(element.name) ? [readLimit(text, element.name, element, conditional, section)] : []),
    ...limitsBelow(text, element, true, section),
  ]);
}

function readLimit(
  text: string, element: LimitElement, from: PolicyElement, conditional: boolean, section: string | undefined,
): LocatedLimit {
  const attributes = from.attributes.map((attribute) => valueOf(text, attribute));
  const textOf = (name: string): string | undefined => attributes.find((each) => each.name === name)?.text;
  const [calls, kilobytes, seconds] = ['calls', 'bandwidth', 'renewal-period'].map((name) => {
    const value = textOf(name);
    return value !== undefined && isNumber(value) ? Number(value) : value;
  });
  const counterKey = textOf('counter-key');
  const isInner = from.name !== element;
  return {
    element,
    ...(calls === undefined ? {} : { calls }),
    ...(kilobytes === undefined ? {} : { kilobytes }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(counterKey === undefined ? {} : { counterKey }),
    conditional,
    ...(isInner ? { only: textOf('name') ?? textOf('id') ?? '' } : {}),
    start: from.tag.start,
    tag: from.tag,
    ...(section === undefined ? {} : { section }),
    attributes,
    // Limits within a limit: `<api name="…" calls="…">` and `<operation …>` in it.
    inner: from.children.flatMap((child) => (child.name === 'api' || child.name === 'operation'
      ? [readLimit(text, element, child, conditional, section)]
      : [])),
  };
}

function withInner(limit: LocatedLimit): readonly LocatedLimit[] {
  return [limit, ...limit.inner.flatMap(withInner)];
}

function withoutPlace({ element, calls, kilobytes, seconds, counterKey, conditional, only }: LocatedLimit): PolicyLimit {
  return {
    element,
    ...(calls === undefined ? {} : { calls }),
    ...(kilobytes === undefined ? {} : { kilobytes }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(counterKey === undefined ? {} : { counterKey }),
    conditional,
    ...(only === undefined ? {} : { only }),
  };
}
