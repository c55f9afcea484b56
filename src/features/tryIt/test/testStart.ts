// What a test begins with: the values of the last time, an open request, the example of the description, or the last request.

import * as l10n from '@vscode/l10n';
import type { Service } from '../../../model/service';
import type { Describing, ServiceDescription } from '../../../protocols/description';
import type { RequestValuing } from '../../../protocols/values';
import { describedValues, emptyValues } from '../form/formContent';
import { TestRequest, withParameters } from './testRequest';

/** A request that stands in an editor. */
export interface GivenRequest {
  readonly name: string;
  readonly text: string;
}

/**
 * What is wanted to begin with: what there is, a given request, the sample values of the description, or the request as it is now, with
 * what the service tells of itself anew.
 */
export type WantedStart =
  | { readonly kind: 'any' | 'sample' }
  | { readonly kind: 'given'; readonly given: GivenRequest }
  | { readonly kind: 'anew'; readonly request: TestRequest };

/** Where a beginning can come from. */
export interface StartSources {
  readonly service: Service;
  readonly valuing: RequestValuing | undefined;
  readonly describing: Describing | undefined;
  readonly description: ServiceDescription | undefined;
  /** Why there is no description. */
  readonly undescribed?: string;
  readonly wanted: WantedStart;
  readonly kept?: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** The last request that went to the service. */
  readonly last?: string;
  /** The shape that new requests are facts in. */
  readonly shape: string | undefined;
}

/** A request to begin with, and what is to be known of where it comes from. */
export interface TestStart {
  readonly request: TestRequest;
  readonly notes: readonly string[];
  /** A sentence on where the values come from; undefined where the person knows. */
  readonly origin?: string;
}

/** Chooses what a test begins with. */
export async function startOf(sources: StartSources): Promise<TestStart> {
  const { valuing, description, undescribed, wanted, kept, parameters, last } = sources;
  const facts = { valuing, description, kept: parameters };
  const make = (text: string): TestRequest => new TestRequest(facts, text);
  const why = undescribed === undefined ? [] : [undescribed];
  if (wanted.kind === 'given')
    return { request: make(wanted.given.text), notes: [], origin: l10n.t('Filled in from {0}.', wanted.given.name) };
  if (wanted.kind === 'anew') return { request: wanted.request.anew(facts), notes: why };
  if (wanted.kind !== 'sample' && kept !== undefined && valuing)
    return { request: make(withParameters(valuing, kept, parameters)), notes: why };
  if (description) {
    const request = make(await exampleOf(sources, description));
    return { request, notes: [], origin: l10n.t('Filled in with the sample values of the service’s description.') };
  }
  const fromLast = last === undefined ? undefined : make(last);
  if (fromLast?.isForm === true)
    return { request: fromLast, notes: why, origin: l10n.t('Filled in from the last request to this service.') };
  return { request: make(await nothingKnown(sources)), notes: why };
}

async function exampleOf({ valuing, describing, shape }: StartSources, description: ServiceDescription): Promise<string> {
  if (description.request === 'inputs' && valuing) return valuing.write(describedValues(description, shape ?? 'rows'));
  return description.example ?? (await describing?.newRequest(shape ?? '', description, [])) ?? '{}';
}

async function nothingKnown({ valuing, describing, shape }: StartSources): Promise<string> {
  return valuing?.write(emptyValues(shape ?? 'rows')) ?? (await describing?.newRequest(shape ?? '', undefined, [])) ?? '{}';
}
