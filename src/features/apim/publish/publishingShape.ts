// A publishing as text in a file, and back: what cannot be one is refused, never guessed at.

import { isArray, isObject, member, tryParse, type JsonObject } from '../../../base/shape';
import { maskTokens } from '../../../redaction';
import type { ApiDefinition, DefinitionResource, ResourceKind } from '../definition/definition';
import type { ApimInstance } from '../instance';
import type { PartLeft } from '../policy/left';
import type { ItemBody, PlanAction, PlanNote, PlanWarning } from './items';
import type { PublishStep, Publishing, StepState } from './publishing';

/** The form of the file. */
const version = 1;

// As objects, so that the compiler tells when one is missing.
const kinds: Readonly<Record<ResourceKind | 'schema', true>> = {
  namedValue: true, api: true, schema: true, operation: true, apiPolicy: true, operationPolicy: true, product: true, productPolicy: true,
  productApi: true, subscription: true,
};
const actions: Readonly<Record<PlanAction, true>> = { make: true, change: true, leave: true, conflict: true };
const states: Readonly<Record<StepState, true>> = {
  planned: true, writing: true, done: true, failed: true, conflict: true, undoing: true, undone: true, kept: true,
};
const partReasons: Readonly<Record<PartLeft['reason'], true>> = {
  expression: true, conditional: true, repeated: true, noInbound: true, notUnderstood: true,
};

/**
 * True where what others wrote is in a step and may be secret: nobody can say whether there is a key among it. Such bodies lie in the
 * secret store.
 */
export function hidesBodies({ kind, before, after }: Pick<PublishStep, 'kind' | 'before' | 'after'>): boolean {
  if (before === undefined) return false;
  return kind.endsWith('Policy') || [before, after].some((body) => body !== undefined && hasToken(JSON.stringify(body)));
}

function hasToken(text: string): boolean {
  return maskTokens(text) !== text;
}

/** The text of a publishing's file. */
export function publishingText(publishing: Publishing): string {
  const steps = publishing.steps.map((step) => (hidesBodies(step) ? { ...step, before: undefined, after: undefined } : step));
  return `${JSON.stringify({ version, publishing: { ...publishing, steps } }, undefined, 1)}\n`;
}

/** Reads a publishing's file; undefined where it holds none, or one of a newer version of the extension. Never throws. */
export function readPublishingText(text: string): Publishing | undefined {
  const value = tryParse(text);
  const publishing = member(value, 'publishing');
  return member(value, 'version') === version && isPublishing(publishing) ? publishing : undefined;
}

/** True for a body of an item. */
export function isItemBody(value: unknown): value is ItemBody {
  const kind = member(value, 'kind');
  if (kind === 'policy') return isText(member(value, 'text'));
  return kind === 'json' ? isObject(member(value, 'properties')) : kind === 'link';
}

function isPublishing(value: unknown): value is Publishing {
  return has(value, {
    key: isText, createdAt: isNumber, writes: maybe(isNumber), instance: isInstance, definition: isDefinition, steps: listOf(isStep),
    warnings: listOf(isWarning),
  });
}

function isInstance(value: unknown): value is ApimInstance {
  return has(value, {
    id: isText, endpointUrl: isText, sample: isYesNo, name: isText, resourceGroup: isText, subscriptionId: isText,
    gatewayUrls: listOf(isText), location: maybe(isText), sku: maybe(isText), state: maybe(isText),
  });
}

function isDefinition(value: unknown): value is ApiDefinition {
  return has(value, {
    choices: isChoices, service: (service) => has(service, { name: isText, address: isText }), resources: listOf(isResource),
  });
}

function isChoices(value: unknown): boolean {
  const named = (each: unknown): boolean => has(each, { id: isText, displayName: isText });
  const product = (each: unknown): boolean => {
    const kind = member(each, 'kind');
    return kind === 'none' || ((kind === 'existing' || kind === 'new') && named(each));
  };
  return has(value, {
    apiId: isText, displayName: isText, path: isText, product, subscription: maybe(named), rateLimit: maybe(isRateLimit),
    quota: maybe(isQuota), cors: maybe((each) => has(each, { origins: listOf(isText) })), shortPaths: isYesNo, addsKey: isYesNo,
  });
}

function isResource(value: unknown): value is DefinitionResource {
  return has(value, {
    kind: nameIn(kinds), path: isText, name: isText, body: maybe(isObject), secret: maybe((each) => each === 'serviceKey'),
    limits: maybe((each) => has(each, { rateLimit: maybe(isRateLimit), quota: maybe(isQuota) })), dependsOn: listOf(isText),
  });
}

function isRateLimit(value: unknown): boolean {
  return has(value, { calls: isNumber, seconds: isNumber, by: (each) => each === 'subscription' || each === 'ip' });
}

function isQuota(value: unknown): boolean {
  return has(value, { calls: maybe(isNumber), kilobytes: maybe(isNumber), seconds: isNumber });
}

function isStep(value: unknown): value is PublishStep {
  return has(value, {
    key: isText, kind: nameIn(kinds), name: isText, path: isText, action: nameIn(actions),
    before: maybe(isItemBody), after: maybe(isItemBody), etag: maybe(isText), madeEtag: maybe(isText),
    dependsOn: listOf(isText), notes: listOf(isNote), secret: maybe((each) => each === 'serviceKey'),
    chosen: isYesNo, leftOutWith: maybe(isText), state: nameIn(states), kept: maybe(isText),
    offers: maybe(listOf((each) => has(each, { kind: (kind) => kind === 'update' || kind === 'revision', apiId: isText, name: isText }))),
    failure: maybe((each) => has(each, {
      reason: isText, status: maybe(isNumber), code: maybe(isText), begun: maybe((begun) => begun === true),
    })),
  });
}

function isNote(value: unknown): value is PlanNote {
  switch (member(value, 'code')) {
    case 'secretKept':
    case 'valueIsPlain':
    case 'policyPartly':
    case 'changedMeanwhile':
    case 'madeMeanwhile':
      return true;
    case 'partReplaced':
      return has(value, { element: isText });
    case 'partLeft':
      return has(value, { element: isText, reason: nameIn(partReasons) });
    case 'limitLeft':
      return has(member(value, 'left'), { element: isText, reason: isText, attribute: maybe(isText), value: maybe(isText) });
    case 'pathTaken':
      return has(value, { path: isText, api: isText, callers: isNumber });
    case 'notActive':
      return has(value, { state: isText });
    case 'revision':
      return has(value, { revision: isText });
    case 'scopeMoves':
      return has(value, { from: isText, to: isText });
    default:
      return false;
  }
}

function isWarning(value: unknown): value is PlanWarning {
  const code = member(value, 'code');
  if (code === 'operationsBeside') return listOf(isText)(member(value, 'names'));
  if (code === 'sharedProduct') return has(value, { name: isText, apis: listOf(isText) });
  if (code === 'behindGateway') return true;
  if (code !== 'inherited' && code !== 'notUnderstood') return false;
  const from = member(value, 'from');
  if (member(from, 'kind') !== 'allApis' && !has(from, { kind: (each) => each === 'product', name: isText })) return false;
  const amount = maybe((each) => isNumber(each) || isText(each));
  return code === 'notUnderstood' || has(member(value, 'limit'), {
    element: isText, conditional: isYesNo, calls: amount, kilobytes: amount, seconds: amount,
    counterKey: maybe(isText), only: maybe(isText),
  });
}

type Check = (value: unknown) => boolean;

function has(value: unknown, checks: Readonly<Record<string, Check>>): value is JsonObject {
  return isObject(value) && Object.entries(checks).every(([name, check]) => check(member(value, name)));
}

function maybe(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function listOf(check: Check): Check {
  return (value) => isArray(value) && value.every(check);
}

function nameIn(known: Readonly<Record<string, true>>): Check {
  return (value) => typeof value === 'string' && Object.hasOwn(known, value);
}

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isYesNo: Check = (value) => typeof value === 'boolean';
