// A description in Swagger 2.0 or OpenAPI 3, as such services give it or as somebody has written it, -> what is understood of it.

import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import type { DescribedPort, ServiceDescription } from '../../description';
import { DescriptionDocument } from './document';
import { names } from './names';
import { readOperations, scoringOperation } from './operations';
import { definitions, exampleOf, readOtherParts, readPorts } from './ports';
import { memberOf, propertiesOf, readColumns, readSchema, type Schema } from './schema';

/** A body: its schema, and an example where there is one. */
interface Body {
  readonly schema: Schema | undefined;
  readonly example: Node | undefined;
  /** What holds it, for what is not understood. */
  readonly node: Node | undefined;
}

/** What a service says of itself may be longer than what it says of a column, in UTF-16 units. */
const longestAbout = 10_000;

/** Reads a description. Never throws: what is not understood is in it, by its place. */
export function readDescription(json: string): ServiceDescription {
  const document = new DescriptionDocument(json.startsWith('\uFEFF') ? json.slice(1) : json);
  const { root } = document;
  if (root?.type !== 'object') {
    if (root) document.note(root, l10n.t('A description is a JSON object.'));
    return withNotes(document, { operations: [], request: 'unknown', inputs: [], parameters: [], outputs: [] });
  }
  const format = formatOf(document);
  const operations = readOperations(document);
  const scoring = scoringOperation(operations);
  const request = format === undefined && isSchema(document, root) ? bodyOf(document, root, undefined) : requestBody(document, scoring);
  const answer = answerBody(document, scoring);
  const info = document.member(root, 'info');
  const title = document.textOf(document.member(info, 'title'));
  const about = document.textOf(document.member(info, 'description'), longestAbout);
  const address = addressOf(document);
  return withNotes(document, {
    ...(format === undefined ? {} : { format }),
    ...(title === undefined ? {} : { title }),
    ...(about === undefined ? {} : { about }),
    ...(address === undefined ? {} : { address }),
    operations: operations.map(({ operation }) => operation),
    ...readRequest(document, request),
    outputs: readOutputs(document, answer),
  });
}

function withNotes(
  document: DescriptionDocument,
  read: Omit<ServiceDescription, 'notUnderstood' | 'moreNotUnderstood'>,
): ServiceDescription {
  const cut = document.budget.isCut
    ? [{ path: '$', what: l10n.t('With all that it refers to it is too large to be read as a whole; parts of it were left out.') }]
    : [];
  return { ...read, notUnderstood: [...cut, ...document.notes], moreNotUnderstood: document.moreNotes };
}

function formatOf(document: DescriptionDocument): string | undefined {
  const version = (name: string): string | undefined => {
    const value: unknown = document.member(document.root, name)?.value;
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 20) : undefined;
  };
  const [swagger, openApi] = [version('swagger'), version('openapi')];
  if (swagger !== undefined) return `${names.swagger} ${swagger}`;
  if (openApi !== undefined) return `${names.openApi} ${openApi}`;
  if (!document.root || !isSchema(document, document.root))
    document.note(document.root, l10n.t('It does not say that it is a description in Swagger 2.0 or OpenAPI 3.'));
  return undefined;
}

/** True for what describes one value and nothing else. */
function isSchema(document: DescriptionDocument, node: Node): boolean {
  if (document.member(node, 'paths') || document.member(node, 'definitions')) return false;
  return document.member(node, 'properties') !== undefined || document.member(node, 'items') !== undefined;
}

function requestBody(document: DescriptionDocument, operation: Node | undefined): Body {
  const parameters = (document.member(operation, 'parameters')?.children ?? []).map((each) => document.resolve(each));
  const inBody = parameters.find((each) => document.member(each, 'in')?.value === 'body');
  if (inBody) return bodyOf(document, document.member(inBody, 'schema'), inBody);
  const content = contentOf(document, document.resolve(document.member(operation, 'requestBody')));
  if (content) return bodyOf(document, document.member(content, 'schema'), content);
  const all = definitions(document);
  return bodyOf(document, document.member(all, names.request) ?? document.member(all, names.otherRequest), undefined);
}

function answerBody(document: DescriptionDocument, operation: Node | undefined): Body {
  const responses = document.member(operation, 'responses');
  const [, good] = [...(responses ? document.members(responses) : [])].find(([status]) => /^2(?:\d\d|XX)$/i.test(status)) ?? [];
  const response = document.resolve(good);
  const schema = document.member(response, 'schema');
  if (schema) return bodyOf(document, schema, undefined);
  const content = contentOf(document, response);
  if (content) return bodyOf(document, document.member(content, 'schema'), content);
  const all = definitions(document);
  return bodyOf(document, document.member(all, names.answer) ?? document.member(all, names.otherAnswer), undefined);
}

/** The JSON that OpenAPI 3 describes among the kinds of a body, or else its first kind. */
function contentOf(document: DescriptionDocument, holder: Node | undefined): Node | undefined {
  const content = document.member(holder, 'content');
  const kinds = [...(content ? document.members(content) : [])];
  return (kinds.find(([kind]) => /\bjson\b/i.test(kind)) ?? kinds[0])?.[1];
}

function bodyOf(document: DescriptionDocument, node: Node | undefined, holder: Node | undefined): Body {
  const schema = readSchema(document, node);
  return { schema, example: exampleOf(document, schema, holder), node };
}

function readRequest(
  document: DescriptionDocument,
  { schema, example, node }: Body,
): Pick<ServiceDescription, 'request' | 'inputs' | 'parameters' | 'example'> {
  const members = schema ? propertiesOf(document, schema) : new Map<string, Node>();
  const inputs = members.get(names.inputs);
  const inputsExample = document.member(example, names.inputs);
  if (inputs ?? inputsExample) {
    return {
      request: 'inputs',
      inputs: readPorts(document, readSchema(document, inputs), inputsExample),
      parameters: readParameters(document, readSchema(document, members.get(names.parameters)), document.member(example, names.parameters)),
    };
  }
  if (!schema) {
    document.note(node, l10n.t('It describes no request.'));
    return { request: 'unknown', inputs: [], parameters: [] };
  }
  if (members.size === 0 && schema.type !== 'array') {
    document.note(node, l10n.t('What a request holds is not described.'));
    return { request: 'unknown', inputs: [], parameters: [] };
  }
  const whole = document.jsonOf(example);
  return {
    request: 'other',
    inputs: readOtherParts(document, schema),
    parameters: [],
    ...(whole === undefined ? {} : { example: whole }),
  };
}

/** Described parameters, with the example's values, and those that only the example has. */
function readParameters(
  document: DescriptionDocument,
  schema: Schema | undefined,
  example: Node | undefined,
): ServiceDescription['parameters'] {
  const described = schema ? readColumns(document, schema) : [];
  const given = new Map<string, string>();
  for (const [name, node] of example ? document.members(example) : []) {
    const json = document.jsonOf(node);
    if (json !== undefined) given.set(name, json);
  }
  const known = new Set(described.map(({ name }) => name));
  const more = [...given.keys()].filter((name) => !known.has(name));
  return [
    ...described.map((parameter) => {
      const value = given.get(parameter.name);
      return value === undefined || parameter.example !== undefined ? parameter : { ...parameter, example: value };
    }),
    ...more.map((name) => ({ name, nullable: false, required: false, choices: [], moreChoices: 0, example: given.get(name) ?? '""' })),
  ];
}

function readOutputs(document: DescriptionDocument, { schema, example }: Body): readonly DescribedPort[] {
  if (!schema) return [];
  const results = propertiesOf(document, schema).get(names.results);
  if (results) return readPorts(document, readSchema(document, results), document.member(example, names.results));
  const shapeless =
    propertiesOf(document, schema).size === 0 && schema.type !== 'array' && memberOf(document, schema, 'format') === undefined;
  return shapeless ? [] : readOtherParts(document, schema);
}

function addressOf(document: DescriptionDocument): string | undefined {
  const { root } = document;
  const [server] = document.member(root, 'servers')?.children ?? [];
  const url = document.textOf(document.member(server, 'url'));
  const host = document.textOf(document.member(root, 'host'));
  if (url !== undefined || host === undefined) return url;
  const scheme = document.textOf(document.member(root, 'schemes')?.children?.[0]) ?? 'https';
  return `${scheme}://${host}${document.textOf(document.member(root, 'basePath')) ?? ''}`;
}
