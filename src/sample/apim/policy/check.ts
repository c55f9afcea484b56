// Checks a policy document as the service does before it takes it: sections, policies that there are, what the scope allows, limits, and
// named values.

import { invalid, type ArmProblem } from '../armProblem';
import type { SkuName } from '../services/tiers';
import { namesInside } from './names';
import { placeOf, type PolicyElement, type PolicyNode } from './nodes';

/** Where a policy stands. */
export type PolicyScope = 'global' | 'product' | 'api' | 'operation';

const sections = ['inbound', 'backend', 'outbound', 'on-error'];

/** Elements that not every scope may have. */
const scopes: Readonly<Record<string, readonly PolicyScope[]>> = { 'rate-limit': ['product', 'api', 'operation'], quota: ['product'] };

/** Elements that only the inbound section may have. */
const inboundOnly = ['rate-limit', 'quota', 'rate-limit-by-key', 'quota-by-key', 'rewrite-uri', 'cors'];

/** Elements that the Consumption tier does not have. */
const notInConsumption = ['rate-limit-by-key', 'quota-by-key'];

/** Elements that a definition has at most once. */
const once = ['rate-limit', 'quota', 'cors'];

/** Attributes that have to be there, and of those of limits, which are numbers, the greatest. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'rate-limit': ['calls', 'renewal-period'],
  'rate-limit-by-key': ['calls', 'renewal-period', 'counter-key'],
  quota: ['renewal-period'],
  'quota-by-key': ['renewal-period', 'counter-key'],
  'set-header': ['name'],
  'set-query-parameter': ['name'],
  'rewrite-uri': ['template'],
};
const numbers: Readonly<Record<string, number>> = { calls: 2 ** 31 - 1, bandwidth: 2 ** 31 - 1, 'renewal-period': 2 ** 31 - 1 };
const longestRate = 300;

/** Where a document is to stand. */
interface Where {
  readonly scope: PolicyScope;
  readonly sku: SkuName;
}

type Fault = readonly [element: PolicyElement, sentence: string];

/**
 * The error for a document that the scope or the tier cannot have, undefined where it is well. `names` are the display names of the named
 * values.
 */
export function checkPolicy(
  text: string, nodes: readonly PolicyNode[], scope: PolicyScope, names: readonly string[], sku: SkuName = 'Developer',
): ArmProblem | undefined {
  const root = elements(nodes)[0];
  if (!root) return undefined;
  const faults = root.name === 'policies' ? inPolicies(root, { scope, sku }) : strangers(root);
  const all = [...faults, ...unknownNames(root, new Set(names.map((name) => name.toLowerCase())))];
  if (all.length === 0) return undefined;
  return invalid(...all.map(([element, sentence]) => {
    const { line, position } = placeOf(text, element.at);
    return [element.name, `Error in element '${element.name}' on line ${line}, column ${position}: ${sentence}`] as const;
  }));
}

/** The names in `{{...}}` of a document, without those in comments. */
export function namesUsed(nodes: readonly PolicyNode[]): readonly string[] {
  return elements(nodes).flatMap((element) => [...ownNames(element), ...namesUsed(element.children)]);
}

function elements(nodes: readonly PolicyNode[]): readonly PolicyElement[] {
  return nodes.filter((node) => node.kind === 'element');
}

function strangers(root: PolicyElement): readonly Fault[] {
  const inside = elements(root.children);
  const sentence = 'Policy section is not allowed in the specified scope';
  return inside.length === 0 ? [[root, sentence]] : inside.map((each) => [each, sentence]);
}

function inPolicies(root: PolicyElement, where: Where): readonly Fault[] {
  const seen = new Set<string>();
  return elements(root.children).flatMap((section): readonly Fault[] => {
    if (!sections.includes(section.name)) return [[section, 'Policy section is not allowed in the specified scope']];
    if (seen.has(section.name)) return [[section, 'Policy section is there more than once']];
    seen.add(section.name);
    return inSection(section, section.name, where, new Set(), namesInside(section.name));
  });
}

/** `allowed` are the elements that may stand in `parent`; undefined in the settings of a policy, where they can be named anything. */
function inSection(
  parent: PolicyElement, section: string, where: Where, seen: Set<string>, allowed: ReadonlySet<string> | undefined,
): readonly Fault[] {
  const { scope, sku } = where;
  return elements(parent.children).flatMap((element): readonly Fault[] => {
    const { name } = element;
    const faults: Fault[] = [];
    const stranger = allowed?.has(name) === false;
    if (stranger) faults.push([element, `The element '${parent.name}' has invalid child element '${name}'.`]);
    else if (sku === 'Consumption' && notInConsumption.includes(name)) faults.push([element, "Policy is not allowed in 'Consumption' sku"]);
    else if (scopes[name]?.includes(scope) === false) faults.push([element, 'Policy is not allowed in the specified scope']);
    else if (section !== 'inbound' && inboundOnly.includes(name)) faults.push([element, 'Policy is not allowed in the specified section']);
    else if (once.includes(name) && seen.has(name)) faults.push([element, 'Policy is there more than once']);
    seen.add(name);
    faults.push(...inAttributes(element));
    // A quota has elements of its own, which are no policies.
    if (name === 'quota' || name === 'rate-limit') return faults;
    // One misspelt name is one fault: what it holds cannot be told from settings.
    return [...faults, ...inSection(element, section, where, seen, allowed && !stranger ? namesInside(name) : undefined)];
  });
}

function inAttributes(element: PolicyElement): readonly Fault[] {
  const { name, attributes } = element;
  const faults: Fault[] = [];
  const given = (wanted: string): PolicyElement['attributes'][number] | undefined => attributes.find((each) => each.name === wanted);
  for (const each of needed[name] ?? []) if (!given(each)) faults.push([element, `The required attribute '${each}' is missing.`]);
  const isQuota = name === 'quota' || name === 'quota-by-key';
  if (isQuota && !given('calls') && !given('bandwidth'))
    faults.push([element, "One of the attributes 'calls' and 'bandwidth' is required."]);
  const isRate = name === 'rate-limit' || name === 'rate-limit-by-key';
  if (!isQuota && !isRate) return faults;
  for (const each of attributes) {
    const most = isRate && each.name === 'renewal-period' ? longestRate : numbers[each.name];
    if (most === undefined || each.value.includes('{{') || (each.expression && name.endsWith('-by-key'))) continue;
    const number = /^\d{1,10}$/.test(each.value) ? Number(each.value) : undefined;
    if (number === undefined || number > most || (isRate && number === 0)) faults.push([element, badNumber(each.name, each.value, most)]);
  }
  return faults;
}

function badNumber(name: string, value: string, most: number): string {
  const what = `The '${name}' attribute is invalid - The value '${value}' is invalid according to its datatype`;
  return `${what} 'http://www.w3.org/2001/XMLSchema:int' - It must be a whole number of at most ${most}.`;
}

function unknownNames(element: PolicyElement, known: ReadonlySet<string>): readonly Fault[] {
  const own = [...new Set(ownNames(element))].filter((name) => !known.has(name.toLowerCase()));
  const faults = own.map((name): Fault => [element, `Cannot find a property '${name}'`]);
  return [...faults, ...elements(element.children).flatMap((child) => unknownNames(child, known))];
}

function ownNames({ attributes, children }: PolicyElement): readonly string[] {
  const inside = children.map((node) => (node.kind === 'text' || node.kind === 'cdata' ? node.text : ''));
  return [...attributes.map(({ value }) => value), ...inside].flatMap(namesIn);
}

function namesIn(text: string): readonly string[] {
  return text.split('{{').slice(1).flatMap((part) => {
    const end = part.indexOf('}}');
    const name = end < 0 ? '' : part.slice(0, end).trim();
    return /^[A-Za-z0-9._-]{1,256}$/.test(name) ? [name] : [];
  });
}
