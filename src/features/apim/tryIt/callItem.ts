// One call of an operation, made of what stands on its page: the chosen key is read at the moment of the call, and kept nowhere.

import * as l10n from '@vscode/l10n';
import type { Clock } from '../../../model/clock';
import { isForAudience, withCredential } from '../../../model/credential';
import type { ErrorParts } from '../../../model/errors';
import type { Exchange } from '../../../model/exchange';
import type { Service } from '../../../model/service';
import type { Transport } from '../../../model/wire';
import type { OperationCall } from '../../../protocols/operation';
import { looksSecret, withoutSecretQuery } from '../../../redaction';
import type { RepeatPolicy, ScoreProgress, ScoreTools } from '../../../protocols/protocol';
import type { CallDraft, PreparedCall } from '../../tryIt';
import type { RunItem } from '../../scoring';
import type { ArmOf } from '../instance';
import type { Entry } from '../items';
import type { ArmPlace } from '../publish/reading';
import { refusedForToken, type TraceSession } from '../trace/traceSession';
import { callCredential, type KeyParts } from './callKeys';
import { ownerOfKey, storedKey } from './keyChoices';
import type { OperationPlace, OperationRead } from './operationRead';

/** What is asked before a call. */
export interface ConfirmCall {
  readonly place: OperationPlace;
  readonly title: string;
  readonly api: string;
  /** True for all but GET and HEAD. */
  readonly changes: boolean;
  /** True for an operation of a scoring service: of one of the sidebar, or by its method and template among those of its API. */
  readonly isOfScoring: boolean;
  /** The file that the body is from. */
  readonly file: string | undefined;
  readonly address: string;
}

/** A call that was refused with 401, 403 or 429. */
export interface RefusedExchange {
  /** What tells the call from all others, for the buttons under what is told. */
  readonly call: string;
  readonly place: OperationPlace;
  readonly read: OperationRead;
  /** The subscription whose key went along, where it is one of the instance. */
  readonly subscription: Entry | undefined;
  readonly exchange: Exchange;
}

/** The outside that calls need. */
export interface CallParts extends KeyParts {
  readonly arms: ArmOf;
  readonly patience: () => { readonly timeoutMs: number } & RepeatPolicy;
  readonly transport: () => Promise<Transport>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (line: string) => void;
  /** Makes the call. What is loaded later takes no copy of the protocols along. */
  readonly callOperation: (
    call: OperationCall, tools: ScoreTools, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void,
  ) => Promise<Exchange>;
  /** Asks where a call may change what is not ours, or sends what a folder holds that is not trusted. Throws Cancelled. */
  readonly confirm: (call: ConfirmCall) => Promise<void>;
  /** What a refusal is about, and where that is changed. Throws Cancelled. */
  readonly explainRefusal: (place: ArmPlace, refused: RefusedExchange) => Promise<ErrorParts>;
}

/** What is called. */
export interface OperationToCall {
  readonly place: OperationPlace;
  readonly read: OperationRead;
  readonly call: PreparedCall;
  readonly draft: CallDraft;
  /** The subscription whose key was chosen. */
  readonly subscription?: Entry;
  /** What people call it, with what it opens. */
  readonly keyName?: string;
  readonly changes: boolean;
  readonly isScoring: boolean;
  /** Has the call traced, where that is switched on. */
  readonly traces?: Pick<TraceSession, 'credential' | 'after'>;
  readonly again: () => Promise<RunItem>;
}

/** The call as one of the entries that the answer's page shows. */
export function operationItem(parts: CallParts, toCall: OperationToCall): RunItem {
  const { place: { instance, api, operation: name }, read: { service }, again } = toCall;
  const { call: { url, headers } } = toCall;
  const typed = headers.filter(({ name: header, value }) => value !== '' && looksSecret(header, value)).map(({ value }) => value);
  const used = new Set<string>([...withoutSecretQuery(url, [toCall.read.api.keyQuery]).values, ...typed]);
  const id = `call:${instance.id}/${api}/${name}`;
  return {
    file: id, source: sourceOf(toCall),
    service: shownService(parts, toCall), read: () => Promise.reject(new Error('A call of its own has no request.')),
    own: {
      call: (signal, onProgress) => callOnce(parts, toCall, { id, used }, signal, onProgress), hidden: () => [...used],
      sample: instance.sample, service, again,
    },
  };
}

/** What was called, and with whose key: one caller is answered where another is refused. */
function sourceOf({ read: { operation: { title } }, keyName }: Pick<OperationToCall, 'read' | 'keyName'>): string {
  return keyName === undefined ? title : l10n.t('{0} ({1})', title, keyName);
}

/** What the call is shown under: the service that the API is, else the API at the address of the operation. */
function shownService({ audienceOf }: CallParts, { read: { api, service }, call: { url }, isScoring }: OperationToCall): Service {
  if (isScoring && service && isForAudience(audienceOf(service), url)) return service;
  const { origin, pathname } = new URL(url);
  const path = isScoring ? pathname.replace(/\/execute$/, '') : pathname;
  return {
    name: api.title, address: `${origin}${path}`, endpoint: { form: 'exact', origin, path, query: '' },
    subscriptionKeyHeader: api.keyHeader,
  };
}

async function callOnce(
  parts: CallParts, toCall: OperationToCall, { id, used }: { readonly id: string; readonly used: Set<string> }, signal: AbortSignal,
  onProgress: (progress: ScoreProgress) => void,
): Promise<Exchange> {
  const { place, read: { api, operation, service }, call: { url, headers, body }, draft, subscription, changes, traces } = toCall;
  const { timeoutMs, maxRepeats, maxWaitMs } = parts.patience();
  const arm = await parts.arms(place.instance);
  const armPlace: ArmPlace = { arm, instance: place.instance, options: { signal } };
  const trace = traces?.credential(draft.base);
  for (const secret of trace?.hidden ?? []) used.add(secret);
  const credential: OperationCall['credential'] = async () => {
    const keys = await callCredential(parts, armPlace, { draft, service, subscription, keyHeader: api.keyHeader });
    for (const secret of keys.hidden) used.add(secret);
    return withCredential(keys, trace);
  };
  const { name, address } = shownService(parts, toCall);
  const answered = await parts.callOperation({
    service: { name, address },
    source: sourceOf(toCall), method: operation.method, url, headers, ...(body === undefined ? {} : { body }),
    credential, subscriptionKeyHeader: api.keyHeader, subscriptionKeyQuery: api.keyQuery, timeoutMs, repeats: { maxRepeats, maxWaitMs },
    changes,
  }, { transport: await parts.transport(), clock: parts.clock, random: parts.random, log: parts.log }, signal, onProgress);
  const exchange: Exchange = { ...answered, own: true, ...fitting(toCall, answered.problem) };
  const { answer } = exchange;
  const status = answer?.status;
  // Nobody waits for the trace who waits for the answer.
  void traces?.after({
    method: operation.method, operation: operation.title, status, answerHeaders: answer?.headers ?? [], secrets: [...used],
    asked: trace !== undefined,
  });
  const forToken = trace && answer && refusedForToken(answer);
  if (forToken) return { ...exchange, problem: forToken };
  if (status !== 401 && status !== 403 && status !== 429) return exchange;
  const explained = await beforeLong(parts.clock, signal, async (until) => {
    const at = { ...armPlace, options: { signal: until } };
    const whose = subscription ?? (draft.key === storedKey ? await ownerOf(parts, at, toCall.read) : undefined);
    return parts.explainRefusal(at, { call: id, place, read: toCall.read, subscription: whose, exchange });
  });
  return explained ? { ...exchange, problem: explained } : exchange;
}

/** So long an answer waits for why it is a refusal, in milliseconds. */
const longestExplainedMs = 5_000;

/** Undefined for what takes longer, is stopped, or cannot be found out: the answer is there, and nothing is to keep it back. */
async function beforeLong<T>(
  clock: Clock, signal: AbortSignal, work: (until: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const ending = new AbortController();
  const until = AbortSignal.any([signal, ending.signal]);
  const late = clock.sleep(longestExplainedMs, until).then(() => undefined, () => undefined);
  try {
    return await Promise.race([work(until).catch(() => undefined), late]);
  } finally {
    ending.abort();
  }
}

/** The subscription whose key the secret store has; undefined where it is none of those that open the API. */
async function ownerOf(parts: CallParts, place: ArmPlace, { service, keys }: OperationRead): Promise<Entry | undefined> {
  const stored = service && (await parts.secretsOf(service)).subscriptionKey;
  return stored === undefined ? undefined : (await ownerOfKey(place, keys, stored))?.entry;
}

/** Without the buttons for keys that did not go along. */
function fitting({ read: { service }, draft: { key } }: OperationToCall, problem: ErrorParts | undefined): Pick<Exchange, 'problem'> {
  if (problem === undefined) return {};
  const isOf = (action: string): boolean =>
    (action === 'setServiceKey' ? service !== undefined : action === 'setSubscriptionKey' ? key === storedKey : action !== 'changeService');
  return { problem: { ...problem, actions: (problem.actions ?? []).filter(isOf) } };
}
