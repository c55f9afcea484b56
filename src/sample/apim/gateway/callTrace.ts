// The trace of one call: what each policy has changed, and what went to the backend and came back, in the forms of the service.

import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { readQuery, splitQuery, type QueryArgument } from './address';
import type { ExpressionContext } from './expressions';
import type { HeaderList } from './headerList';
import type { MatchedOperation } from './match';
import type { Section } from './policies';
import type { OwnAnswer } from './refusal';
import type { TraceEntries, TraceEntry } from './traces';

/** The head of an answer. */
interface TracedAnswer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly headers: HeaderList;
}

/** A call, as far as policies can change it. */
export interface TracedCall {
  readonly headers: HeaderList;
  readonly extra: HeaderList;
  readonly answer: TracedAnswer | undefined;
  readonly backend: string;
  readonly path: string;
  readonly query: readonly QueryArgument[];
}

/** The same, as it was at one moment. */
interface State {
  readonly sent: ReadonlyMap<string, HeaderText>;
  readonly answered: ReadonlyMap<string, HeaderText>;
  readonly backend: string;
  readonly url: string;
  readonly status: number | undefined;
}

interface HeaderText {
  readonly name: string;
  readonly value: string;
}

/** How a policy ended that did not throw. */
export type Outcome = { readonly kind: 'done'; readonly answer: OwnAnswer | undefined } | { readonly kind: 'passedOver' };

/** Collects the lines. `at` is when the call came in milliseconds since 1970, `began` the same by `performance.now()`. */
export class CallTrace {
  readonly id = randomBytes(18).toString('hex');
  private readonly lines: Record<Section, TraceEntry[]> = { 'inbound': [], 'backend': [], 'outbound': [], 'on-error': [] };
  private failedPolicy: string | undefined;

  constructor(private readonly at: number, private readonly began: number) {}

  get entries(): TraceEntries {
    return this.lines;
  }

  /** Adds a line. */
  note(section: Section, source: string, data: object): void {
    const ms = performance.now() - this.began;
    this.lines[section].push({ source, timestamp: new Date(this.at + ms).toISOString(), elapsed: timeSpan(ms), data });
  }

  /** The request as it came, and where it leads. */
  begin({ api, operation }: MatchedOperation, { productId: product, userId }: Pick<ExpressionContext, 'productId' | 'userId'>): void {
    const { path, serviceUrl, apiRevision } = api.resource.properties;
    const { method, urlTemplate } = operation.resource.properties;
    this.note('inbound', 'api-inspector', {
      configuration: {
        api: { from: `/${String(path ?? '')}`, to: toOf(String(serviceUrl ?? '')), version: null, revision: String(apiRevision ?? '1') },
        operation: { method, uriTemplate: urlTemplate },
        user: userId === undefined ? '-' : { id: userId, groups: [] },
        product: product === undefined ? '-' : { id: product },
      },
    });
  }

  /** What there is before a policy runs. */
  before(call: TracedCall): State {
    return stateOf(call);
  }

  /** A policy has run. */
  ran(section: Section, policy: string, before: State, call: TracedCall, outcome: Outcome): void {
    if (policy === 'forward-request') return;
    if (outcome.kind === 'passedOver') this.note(section, policy, { message: 'The sample passes over this policy.' });
    else this.note(section, policy, { ...changes(policy, before, stateOf(call)), ...(outcome.answer ? returned(outcome.answer) : {}) });
  }

  /** The head of an answer, as it came or as it goes. */
  answered(section: Section, source: string, { status, reason, headers }: TracedAnswer): void {
    const told = { code: status, ...(reason === undefined ? {} : { reason }) };
    this.note(section, source, { response: { status: told, headers: headersOf(headers) } });
  }

  /** A policy has ended the call: the next error is its own. */
  failed(policy: string): void {
    this.failedPolicy = policy;
  }

  /** The call ends with an error. */
  error(message: string): void {
    this.note('on-error', this.failedPolicy ?? 'gateway', { messages: [message] });
  }
}

/** Headers as traces write them. */
export function headersOf(list: HeaderList): readonly HeaderText[] {
  return [...list].map(([name, values]) => ({ name, value: values.join(', ') }));
}

function stateOf(call: TracedCall): State {
  const texts = (lists: readonly HeaderList[]): Map<string, HeaderText> =>
    new Map(lists.flatMap(headersOf).map((each) => [each.name.toLowerCase(), each]));
  return {
    sent: texts([call.headers]),
    answered: texts([...(call.answer ? [call.answer.headers] : []), call.extra]),
    backend: call.backend,
    url: `${call.path}${call.query.length === 0 ? '' : `?${call.query.map(({ raw }) => raw).join('&')}`}`,
    status: call.answer?.status,
  };
}

/** What is different, with the words of the service where it has some. */
function changes(policy: string, before: State, after: State): object {
  const headers = [...headerChanges(before.sent, after.sent), ...headerChanges(before.answered, after.answered)];
  const message: string[] = [];
  const removed = headers.filter(({ value }) => value === undefined);
  if (headers.length > removed.length) message.push('Specified value was assigned to the header (see below).');
  if (removed.length > 0) message.push('Header was removed (see below).');
  if (before.backend !== after.backend) message.push('Backend service URL was changed.');
  if (before.url !== after.url) message.push('Request URL was changed.');
  if (before.status !== after.status) message.push(`Response status code was set to '${String(after.status)}'.`);
  if (message.length === 0) message.push(unchanged[policy] ?? 'Policy was applied and changed nothing.');
  const [only, ...others] = headers;
  return {
    message: message.length === 1 ? message[0] : message,
    ...(only === undefined ? {} : others.length === 0 ? { header: only } : { headers }),
    ...(before.backend === after.backend ? {} : { oldBackendServiceUrl: before.backend, newBackendServiceUrl: after.backend }),
    ...(before.url === after.url ? {} : { oldUrl: before.url, request: { url: after.url } }),
    ...(before.status === after.status ? {} : { response: { status: { code: after.status } } }),
  };
}

const unchanged: Readonly<Record<string, string | undefined>> = {
  'rate-limit': 'Rate limit was not exceeded.',
  'rate-limit-by-key': 'Rate limit was not exceeded.',
  'quota': 'Quota was not exceeded.',
  'quota-by-key': 'Quota was not exceeded.',
  'cors': 'Origin header was missing or empty and the request was classified as not cross-domain. CORS policy was not applied.',
};

function returned({ status, headers }: OwnAnswer): object {
  return {
    message: 'Return response was applied.',
    response: { status: { code: status }, headers: headers.map(([name, value]) => ({ name, value })) },
  };
}

interface HeaderChange {
  readonly name: string;
  readonly value?: string;
}

function headerChanges(before: ReadonlyMap<string, HeaderText>, after: ReadonlyMap<string, HeaderText>): readonly HeaderChange[] {
  const set = [...after].filter(([key, { value }]) => before.get(key)?.value !== value).map(([, each]) => each);
  return [...set, ...[...before].filter(([key]) => !after.has(key)).map(([, { name }]) => ({ name }))];
}

function toOf(serviceUrl: string): object {
  if (!URL.canParse(serviceUrl)) return {};
  const { protocol, hostname, port, pathname, search } = new URL(serviceUrl);
  const query = Object.fromEntries(readQuery(splitQuery(search)[1]).map(({ name, value }) => [name, [value]]));
  const usual = protocol === 'https:' ? 443 : 80;
  return {
    scheme: protocol.slice(0, -1), host: hostname, port: port === '' ? usual : Number(port), path: pathname, queryString: search, query,
    isDefaultPort: port === '',
  };
}

/** `00:00:00.0725926`. */
function timeSpan(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const ticks = Math.max(0, Math.round(ms * 10_000));
  const seconds = ticks / 10_000_000;
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(ticks % 10_000_000).padStart(7, '0')}`;
}
