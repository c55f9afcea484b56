// The stand-in for Azure Resource Manager over HTTP on 127.0.0.1: token, version, faults, and answers in ARM's forms.

import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, member, tryParse, type JsonObject } from '../../base/shape';
import { readBody } from '../body';
import { isLocalHost } from '../localHost';
import type { ArmReply } from './armCall';
import { ArmFaultQueue, type ArmFault } from './armFaults';
import { operate } from './armOperate';
import { ArmProblem, badRequest } from './armProblem';
import { refusals, unauthorized } from './armRefusals';
import { checkVersion, readRoute, type ArmRoute } from './armRoutes';
import { LongOperations } from './longOperations';
import { elsewhere, page } from './paging';
import { argument } from './query';
import { ServiceOperations } from './services/operations';
import type { Services } from './services/services';
import { SignedAddresses } from './signedAddresses';
import { steerServices } from './steerServices';

/** How to start it. `port` 0 takes any free one. */
export interface ArmOptions {
  readonly port: number;
  /** The bearer token that callers must send. */
  readonly token: string;
  readonly services: Services;
  readonly now: () => number;
  /** Settles when what was written is safe. */
  readonly saved?: () => Promise<void>;
}

/** It runs. `endpoint` has no trailing slash. */
export interface ArmServer {
  readonly endpoint: string;
  readonly port: number;
  /** Closes every connection and stops listening. */
  stop(): Promise<void>;
}

/** The largest body, in bytes, as ARM's own. */
const bodyLimit = 4 * 1024 * 1024;

/** A host that is not the stand-in's, for faults. Nobody can have it. */
const foreignHost = 'management.elsewhere.invalid';

/** So many calls are told of. */
const mostCalls = 5000;

/** Errors of ARM itself. */
const fromArm = { shape: 'arm' } as const;

/** Starts it. Rejects with Node's error when the port cannot be had. */
export async function startArm(options: ArmOptions): Promise<ArmServer> {
  const arm = new ArmFront(options);
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => void arm.answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample has no port.');
  const endpoint = `http://127.0.0.1:${address.port}`;
  arm.listensAt(endpoint);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }));
  return { endpoint, port: address.port, stop };
}

/** A call as it came. */
interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
}

/** What is sent: a document or nothing. */
interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

class ArmFront {
  private endpoint = '';
  private readonly tokenHash: Buffer;
  private readonly faults = new ArmFaultQueue();
  private readonly long: LongOperations;
  private readonly operations: ServiceOperations;
  private calls: { readonly method: string; readonly path: string; readonly status: number }[] = [];

  constructor(private readonly options: ArmOptions) {
    this.tokenHash = hash(options.token);
    // Made of the token, so that addresses are as good when the stand-in is started again.
    const signed = new SignedAddresses(hash(`addresses ${options.token}`), options.now);
    this.long = new LongOperations(signed);
    this.operations = new ServiceOperations(options.services, signed);
  }

  /** Says where it can be reached. */
  listensAt(endpoint: string): void {
    this.endpoint = endpoint;
    this.operations.endpoint = endpoint;
  }

  /** Answers one call. Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '';
    const at = target.indexOf('?');
    const path = at < 0 ? target : target.slice(0, at);
    const query = new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
    const incoming = { method: request.method ?? '', path, query, request };
    try {
      const out = await this.attempt(incoming).catch((error: unknown) => refusal(error));
      const steers = path.startsWith('/sample/');
      if (!steers) this.note(incoming, out.status);
      if (!steers && out.status !== 401 && this.take(['cut'], incoming)) response.destroy();
      else this.send(response, incoming, out);
    } catch {
      response.destroy();
    }
  }

  private async attempt(incoming: Incoming): Promise<Outgoing> {
    if (!isLocalHost(incoming.request.headers.host ?? '') || !incoming.path.startsWith('/'))
      throw new ArmProblem(403, 'HostNotAllowed', 'Sample API Management is only for this machine: call it at 127.0.0.1.', fromArm);
    this.checkToken(incoming.request);
    if (incoming.path.startsWith('/sample/')) return this.steer(incoming);
    const isPoll = argument(incoming.query, 'asyncId') !== undefined;
    await this.fail(incoming, isPoll);
    const route = readRoute(incoming.path);
    checkVersion(route, incoming.query);
    const body = await readJson(incoming.request);
    const reply = isPoll ? this.poll(incoming, route) : this.operate(incoming, route, body);
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') await this.options.saved?.();
    return this.outgoing(incoming, reply);
  }

  private operate(incoming: Incoming, route: ArmRoute, body: JsonObject | undefined): ArmReply {
    const { method, query, request } = incoming;
    const takes = (fault: ArmFault): boolean => this.take([fault], incoming) !== undefined;
    const { services } = this.options;
    return operate({ services, operations: this.operations }, { method, route, query, body, ifMatch: request.headers['if-match'], takes });
  }

  private poll(incoming: Incoming, route: ArmRoute): ArmReply {
    const id = argument(incoming.query, 'asyncId') ?? '';
    if (this.take(['poll404'], incoming)) throw new ArmProblem(404, 'ResourceNotFound', 'Api not found.');
    if (this.take(['pollError'], incoming)) this.long.fail(id);
    const poll = this.long.poll(id, incoming.query);
    if (poll.kind === 'running') return { status: 202, headers: { Location: this.location(incoming, poll.query) } };
    const reply = this.operate({ ...incoming, method: 'GET' }, route, undefined);
    return { ...reply, status: poll.code };
  }

  private outgoing(incoming: Incoming, { status, body, etag, rows, links, started, headers: own = {} }: ArmReply): Outgoing {
    const headers: Record<string, string> = { ...(etag === undefined ? {} : { ETag: etag }), ...own };
    if (started) headers.Location = this.location(incoming, this.long.begin(started, this.take(['longPoll'], incoming) !== undefined));
    if (headers.Location !== undefined && incoming.method !== 'GET' && this.take(['foreignLocation'], incoming)) {
      for (const name of ['Location', 'Azure-AsyncOperation'])
        if (headers[name] !== undefined) headers[name] = elsewhere(headers[name], foreignHost);
    }
    if (rows === undefined && !isObject(body)) return { status, headers };
    const isList = rows !== undefined || Array.isArray(member(body, 'value'));
    const foreign = isList && this.take(['foreignNextLink'], incoming) ? foreignHost : undefined;
    const address = `${this.endpoint}${incoming.path}`;
    if (rows !== undefined) return { status, headers, body: page({ rows, ...(links ? { links } : {}) }, address, incoming.query, foreign) };
    const link = { nextLink: `${elsewhere(address, foreignHost)}?api-version=2024-05-01` };
    return { status, headers, body: foreign === undefined ? body : { ...(isObject(body) ? body : {}), ...link } };
  }

  private location({ path, query }: Incoming, poll: string): string {
    return `${this.endpoint}${path}?api-version=${argument(query, 'api-version') ?? ''}&${poll}`;
  }

  /** Throws what a fault asks for, and waits where it asks for that. */
  private async fail(incoming: Incoming, isPoll: boolean): Promise<void> {
    const isWrite = !isPoll && ['PUT', 'PATCH', 'DELETE'].includes(incoming.method);
    const wanted: ArmFault[] = ['expired', 'forbidden', 'throttle', 'error500', 'empty404', 'slow', 'activating', 'unregistered'];
    if (isWrite) wanted.push('conflict', 'stale');
    const found = this.take(wanted, incoming);
    if (!found) return;
    if (found.fault === 'slow') await sleep(found.ms);
    const refused = refusals[found.fault]?.();
    if (refused) throw refused;
  }

  private take(wanted: readonly ArmFault[], { method, path }: Incoming): ReturnType<ArmFaultQueue['take']> {
    return this.faults.take(wanted, method, path);
  }

  private async steer({ method, path, request }: Incoming): Promise<Outgoing> {
    const text = async (): Promise<string> => (await readBody(request, bodyLimit)).toString('utf8');
    if (path === '/sample/creation') return { status: 200, headers: {}, body: steerServices(this.options.services, method, await text()) };
    if (path === '/sample/calls' && method === 'GET') return { status: 200, headers: {}, body: { calls: this.calls } };
    if (path === '/sample/calls' && method === 'DELETE') this.calls = [];
    else if (path === '/sample/faults' && method === 'POST') this.faults.add(await text());
    else if (path === '/sample/faults' && method === 'DELETE') this.faults.clear();
    else if (path !== '/sample/faults' || method !== 'GET')
      throw new ArmProblem(404, 'NotFound', 'To steer the sample there are /sample/faults, /sample/creation and /sample/calls.', fromArm);
    return { status: 200, headers: {}, body: { pending: this.faults.pending() } };
  }

  private checkToken(request: IncomingMessage): void {
    const given = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(hash(given), this.tokenHash)) return;
    const [code, message] = given === undefined
      ? ['AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."]
      : ['InvalidAuthenticationToken', 'The access token is invalid.'];
    throw unauthorized(code, message);
  }

  private note({ method, path }: Incoming, status: number): void {
    this.calls.push({ method, path, status });
    if (this.calls.length > mostCalls) this.calls.shift();
  }

  private send(response: ServerResponse, { method, path }: Incoming, { status, headers, body }: Outgoing): void {
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('x-ms-request-id', randomUUID());
    response.setHeader('x-ms-ratelimit-remaining-subscription-reads', '11999');
    response.setHeader('Server', 'Sample API Management');
    if (body === undefined || method === 'HEAD') {
      response.end();
      return;
    }
    // What is below the instance comes indented with CRLF, the rest in one line.
    const document = /\/service\/[^/]+\//i.test(path) ? JSON.stringify(body, undefined, 2).replaceAll('\n', '\r\n') : JSON.stringify(body);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(document));
    response.end(document);
  }
}

function refusal(error: unknown): Outgoing {
  if (error instanceof ArmProblem) {
    const document = error.document();
    return { status: error.status, headers: error.headers, ...(document ? { body: document } : {}) };
  }
  const tooLarge = member(error, 'status') === 413;
  const problem = tooLarge
    ? new ArmProblem(413, 'RequestContentTooLarge', 'The body is larger than 4 MB.', fromArm)
    : new ArmProblem(500, 'InternalServerError', 'The sample has a fault of its own.', fromArm);
  return { status: problem.status, headers: tooLarge ? { Connection: 'close' } : {}, body: problem.document() };
}

async function readJson(request: IncomingMessage): Promise<JsonObject | undefined> {
  const bytes = await readBody(request, bodyLimit);
  if (bytes.length === 0) return undefined;
  const value = tryParse(bytes.toString('utf8'));
  if (isObject(value)) return value;
  throw badRequest('InvalidRequestContent', 'The request content was invalid and could not be read: it must be a JSON object.');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
