// Prints a definition as a Bicep file, from what the template is printed from.

import { isArray, isObject } from '../../../../base/shape';
import type { ApiDefinition } from '../definition';
import { apiVersion, deployedOf, needsKey, parameterTexts, type Deployed } from './deployed';

/** What is printed in place of JSON: an expression. */
class Expression {
  constructor(readonly text: string) {}
}

/** The file, with LF and a final line break. */
export function bicep(definition: ApiDefinition): string {
  const resources = deployedOf(definition);
  const symbols = new Map(resources.map((resource, index) => [keyOf(resource), symbolOf(resource, index)]));
  const blocks = resources.map((resource) => {
    const dependsOn = resource.dependsOn.map((each) => new Expression(symbols.get(keyOf(each)) ?? ''));
    const properties = resource.takesKey ? { ...resource.properties, value: new Expression('serviceKey') } : resource.properties;
    const body = {
      name: new Expression(`'\${apimServiceName}${escaped(`/${resource.names.join('/')}`)}'`),
      ...(properties === undefined ? {} : { properties }),
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    };
    return `resource ${symbols.get(keyOf(resource)) ?? ''} '${resource.type}@${apiVersion}' = ${printed(body, '')}`;
  });
  const head = [
    '// Printed from the same resources as template.json. It was not compiled: have "bicep build" check it, or deploy template.json.',
    `@description('${escaped(parameterTexts.apimServiceName)}')\nparam apimServiceName string`,
    ...(needsKey(definition) ? [`@description('${escaped(parameterTexts.serviceKey)}')\n@secure()\nparam serviceKey string`] : []),
  ];
  return `${[...head, ...blocks].join('\n\n')}\n`;
}

function keyOf({ type, names }: Pick<Deployed, 'type' | 'names'>): string {
  return JSON.stringify([type, names]);
}

/** `operations_rrs_execute_4`: of the kind, the last name and the place, so that no two are the same. */
function symbolOf({ type, names }: Deployed, index: number): string {
  const words = `${type.split('/').at(-1) ?? ''}_${names.at(-1) ?? ''}`.replace(/[^A-Za-z0-9]/g, '_').slice(0, 100);
  return `${words}_${index + 1}`;
}

function printed(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (value instanceof Expression) return value.text;
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((each) => `${deeper}${printed(each, deeper)}\n`).join('')}${indent}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value);
    if (members.length === 0) return '{}';
    return `{\n${members.map(([name, each]) => `${deeper}${nameOf(name)}: ${printed(each, deeper)}\n`).join('')}${indent}}`;
  }
  return value === true ? 'true' : value === false ? 'false' : 'null';
}

/** Bicep has whole numbers only. */
function number(value: number): string {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : `json('${JSON.stringify(value)}')`;
}

function nameOf(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `'${escaped(name)}'`;
}

/** A text of several lines stays readable where nothing in it needs an escape. */
function text(value: string): string {
  const isPlain = value.includes('\n') && !value.includes("'''") && !value.endsWith("'") && !unseen.test(value.replaceAll('\n', ''));
  return isPlain ? `'''\n${value}'''` : `'${escaped(value)}'`;
}

/** What cannot be seen, or is half a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const named: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The inside of a text in single quotes. */
function escaped(value: string): string {
  return value
    .replace(/[\\'\n\r\t]/g, (character) => named[character] ?? character)
    .replaceAll('${', '\\${')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
