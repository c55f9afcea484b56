// What the tests of calls by hand share: the sample service behind Sample API Management, and the page of an operation over real sockets.

import { expect } from 'vitest';
import { below } from '../../../../../src/arm/apimPaths';
import { define } from '../../../../../src/features/apim/definition/define';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import { propertiesOf } from '../../../../../src/features/apim/publish/reading';
import type { ConfirmCall } from '../../../../../src/features/apim/tryIt/callItem';
import { TraceSession } from '../../../../../src/features/apim/trace/traceSession';
import { TraceTokens, type TraceClock } from '../../../../../src/features/apim/trace/traceTokens';
import { OperationTarget, type OperationParts } from '../../../../../src/features/apim/tryIt/operationTarget';
import type { OperationPlace } from '../../../../../src/features/apim/tryIt/operationRead';
import { explainRefused } from '../../../../../src/features/apim/tryIt/refused';
import type { RequestFile } from '../../../../../src/features/apim/tryIt/requestFile';
import { SubmittedJobs } from '../../../../../src/features/apim/tryIt/submittedJobs';
import { Runs } from '../../../../../src/features/scoring/runs';
import { Scorer, type Scored } from '../../../../../src/features/scoring/scorer';
import { Health } from '../../../../../src/features/services/health';
import type { CallContent, CallDraft } from '../../../../../src/features/tryIt/messages';
import { TryItSession } from '../../../../../src/features/tryIt/session';
import { createTransport } from '../../../../../src/http/transport';
import { systemClock, type Clock } from '../../../../../src/model/clock';
import { HumanError, messageOf, type ErrorParts } from '../../../../../src/model/errors';
import type { Exchange } from '../../../../../src/model/exchange';
import type { Secrets, Service } from '../../../../../src/model/service';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { callOperation, factsOf, publishedAs } from '../../../../../src/protocols/registry';
import { startSample } from '../../../../../src/sample/server';
import { startRunning, token, type Running } from '../../../sample/apim/armClient';
import { base, key } from '../../../sample/sampleClient';
import { clientAt, instanceAt } from '../publish/samplePublishing';

/** The service, the instance, and what a test looks at. */
export interface TryItPlace {
  readonly running: Running;
  readonly instance: ApimInstance;
  /** Where the service is without the gateway. */
  readonly direct: string;
  /** The services of the sidebar, and their keys by address. */
  readonly services: Service[];
  readonly secrets: Map<string, Secrets>;
  readonly confirmed: ConfirmCall[];
  readonly opened: OperationPlace[];
  /** What was set on the page that was opened last. */
  readonly set: Map<string, string>;
  readonly followed: unknown[];
  readonly kept: Scored[];
  readonly log: string[];
  /** What targets are made with. */
  readonly parts: OperationParts;
  /** Explains refusals in the place of the usual way, where it is set, and waits so long for it. */
  readonly explaining: { instead?: () => Promise<ErrorParts>; atMostMs?: number };
  /** An operation of the API that was published. */
  target(operation: string): OperationTarget;
  /** The page of an operation, read. */
  session(operation: string, file?: RequestFile, api?: string): Promise<TryItSession>;
  /** The service as it is in the sidebar once it is published, with these keys. */
  addService(secrets?: Secrets): Service;
  subscriptionKey(name: string): string;
  close(): Promise<void>;
}

/** Publishes the sample service as `azureml-demo` into the product Starter, with a subscription `team-a` of it. */
export async function startTryIt(policyAddsKey = true): Promise<TryItPlace> {
  const sample = await startSample({ port: 0, key, blobEndpoint: 'http://127.0.0.1:9/account' });
  const running = await startRunning({ now: () => Date.now() });
  const { endpoint } = running.apim.place;
  const client = clientAt({ endpoint, token });
  const instance = instanceAt({ endpoint, gateway: running.apim.gatewayUrl });
  const read = endpointAt(`${sample.baseUrl}${base}`);
  expect.assert(read.ok);
  const service = toService({ name: 'Sample', endpoint: read.endpoint });
  const definition = define({
    service, published: await publishedAs(service, undefined),
    choices: {
      apiId: 'azureml-demo', displayName: 'AzureML Demo API', path: 'azureml-demo', product: { kind: 'existing', id: 'starter', displayName: 'Starter' },
      subscription: { id: 'team-a', displayName: 'Team A' }, shortPaths: false, addsKey: policyAddsKey,
    },
  });
  for (const { path, body, secret } of definition.resources) {
    const properties = propertiesOf(body);
    if (Object.keys(properties).length === 0) await running.call('PUT', path);
    else await running.put(path, secret === 'serviceKey' ? { ...properties, value: key } : properties);
  }
  const transport = createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} });
  const services: Service[] = [];
  const secrets = new Map<string, Secrets>();
  const [confirmed, opened, followed, kept, log]: [ConfirmCall[], OperationPlace[], unknown[], Scored[], string[]] = [[], [], [], [], []];
  const set = new Map<string, string>();
  const explaining: TryItPlace['explaining'] = {};
  const secretsOf = (each: Service): Promise<Secrets> => Promise.resolve(secrets.get(each.address) ?? {});
  const describe = (error: unknown): ErrorParts => ({
    sentence: messageOf(error), ...(error instanceof HumanError ? { detail: error.detail, advice: error.advice, actions: error.actions } : {}),
  });
  const patience = (): { readonly timeoutMs: number; readonly maxRepeats: number; readonly maxWaitMs: number } =>
    ({ timeoutMs: 10_000, maxRepeats: 2, maxWaitMs: 100 });
  const waiting: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, explaining.atMostMs ?? ms), signal) };
  const tools = { transport: () => Promise.resolve(transport), clock: waiting, random: Math.random, log: (line: string) => void log.push(line) };
  const scorer = new Scorer({ ...tools, current: (each) => each, isSample: () => true, keysOf: secretsOf, patience });
  scorer.onDidScore((scored) => kept.push(scored));
  const runs = new Runs(
    (item, signal, onProgress) => (item.own ? scorer.make(item.own, signal, onProgress) : scorer.score(item, signal, onProgress)),
    new Health(), () => Date.now(), describe,
  );
  const clock: TraceClock = { ...systemClock, monotonic: () => performance.now() };
  const traceTokens = new TraceTokens(clock);
  const memory = new Map<string, unknown>();
  const parts: OperationParts = {
    traces: (target) => new TraceSession({
      arms: () => Promise.resolve(client.arm), tokens: traceTokens, clock, confirm: () => Promise.resolve(), describe,
    }, target),
    ...tools, arms: () => Promise.resolve(client.arm), secretsOf, audienceOf: (each) => factsOf(each).base, patience, callOperation, services: () => services, 
    jobIds: new SubmittedJobs({ get: (name) => memory.get(name), update: (name, value) => Promise.resolve(void memory.set(name, value)) }),
    confirm: (call) => Promise.resolve(void confirmed.push(call)),
    explainRefusal: async (at, refused) => explaining.instead?.() ?? (await explainRefused(at, refused)).problem,
    open: (place, values) => {
      set.clear();
      for (const [name, value] of values) set.set(name, value);
      return Promise.resolve(void opened.push(place));
    },
    follow: (each, id, started) => Promise.resolve(void followed.push([each.address, id, started])),
    setServiceKey: () => Promise.resolve(), addService: (_, { title, address, keyHeader }, subscriptionKey) => {
      const at = endpointAt(address);
      expect.assert(at.ok);
      const added = toService({ name: title, endpoint: at.endpoint, subscriptionKeyHeader: keyHeader });
      services.push(added);
      secrets.set(added.address, subscriptionKey === undefined ? {} : { subscriptionKey });
      return Promise.resolve(added);
    },
  };
  return {
    running, instance, direct: sample.baseUrl, services, secrets, confirmed, opened, set, followed, kept, log, parts, explaining,
    target: (operation) => new OperationTarget(parts, { instance, api: 'azureml-demo', operation, title: operation }),
    session: async (operation, file, api = 'azureml-demo') => {
      const target = new OperationTarget(parts, { instance, api, operation, title: operation }, file);
      const session = new TryItSession({ runs, showAnswer: () => undefined, describe }, target);
      await session.load();
      return session;
    },
    addService: (given = {}) => {
      const behind = endpointAt(`${running.apim.gatewayUrl}/azureml-demo${base}`);
      expect.assert(behind.ok);
      const added = toService({ name: 'Behind', endpoint: behind.endpoint });
      services.push(added);
      secrets.set(added.address, given);
      return added;
    },
    subscriptionKey: (name) => String(running.apim.store.get(below('', '/subscriptions', name))?.properties['primaryKey']),
    close: async () => {
      client.close();
      await transport.close();
      await running.apim.stop();
      await sample.stop();
    },
  };
}

/** What stands on a page. */
export function contentOf(session: TryItSession): CallContent {
  const { content, problem } = session.view();
  expect.assert(content !== undefined, problem?.sentence);
  return content;
}

/** Changes what is given, and sends it. */
export async function sent(place: TryItPlace, session: TryItSession, changed: Partial<CallDraft> = {}): Promise<Exchange> {
  const before = place.kept.length;
  session.change({ ...contentOf(session).draft, ...changed }, 1);
  await session.send();
  const last = place.kept.at(-1);
  expect.assert(last !== undefined && place.kept.length === before + 1, JSON.stringify(session.view().problem ?? contentOf(session).problems));
  // No key is anywhere: neither on the page nor in what is kept.
  const all = JSON.stringify([session.view(), last.exchange, place.log]);
  for (const secret of [key, place.subscriptionKey('team-a'), token]) expect(all).not.toContain(secret);
  return last.exchange;
}

