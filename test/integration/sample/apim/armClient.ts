// What the tests of Sample API Management share: one that runs, and calls on its ARM over real sockets.

import { request as httpRequest } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { member } from '../../../../src/base/shape';
import { instanceId } from '../../../../src/sample/apim/place';
import { startApiManagement, type ApiManagement } from '../../../../src/sample/apim/start';

export const token = 'a-token-for-tests-only';
export const version = 'api-version=2024-05-01';

export interface ArmReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined where there is none. */
  readonly json: unknown;
}

export interface ArmCallOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
  readonly query?: string;
}

/** An instance that runs in this process, and how it is called. Paths are below the instance. */
export interface Running {
  readonly apim: ApiManagement;
  call(method: string, path: string, options?: ArmCallOptions): Promise<ArmReply>;
  /** Calls ARM at a whole path, with its query. */
  at(method: string, path: string, body?: unknown): Promise<ArmReply>;
  /** Asks for a new instance in the group `sample`; `path` is its ARM id. It is not active yet. */
  begin(name: string, more?: { readonly sku?: string; readonly properties?: object }): Promise<{ readonly path: string; readonly reply: ArmReply }>;
  /** Asks at the addresses of a long operation until it is over, and gives the last answer. */
  over(reply: ArmReply): Promise<ArmReply>;
  /** Makes an instance, and waits until it is active. */
  create(name: string, sku?: string): Promise<{ readonly path: string; readonly gatewayUrl: string }>;
  /** Plans a fault. */
  fault(fault: object): Promise<void>;
  /** PUT of properties; a long operation is waited for. Throws where it is refused. */
  put(path: string, properties: object, headers?: Readonly<Record<string, string>>): Promise<ArmReply>;
}

/** The time of the instance, which stands still. */
export const noon = Date.UTC(2026, 10, 30, 12);

/** What a test may want otherwise than usual. */
export interface RunningOptions {
  /** How long a creation of an instance takes, in milliseconds; 200 where nothing is said. */
  readonly creationMs?: number;
  /** Where all is kept, to be started again. */
  readonly file?: string;
  /** Milliseconds since 1970: noon where nothing is said. */
  readonly now?: () => number;
  readonly tell?: (line: string) => void;
}

export async function startRunning({ creationMs = 200, now = () => noon, tell = () => undefined, file }: RunningOptions = {}): Promise<Running> {
  const kept = file === undefined ? {} : { file };
  const apim = await startApiManagement({ arm: (begin) => begin(0), gateway: (begin) => begin(0), token, creationMs, now, tell, ...kept });
  return running(apim);
}

export function running(apim: ApiManagement): Running {
  const { endpoint } = apim.place;
  const call: Running['call'] = (method, path, { headers, body, query = version } = {}) =>
    callAt(`${endpoint}${instanceId}${path}${query === '' ? '' : `${path.includes('?') ? '&' : '?'}${query}`}`, method, { headers, body });
  const at: Running['at'] = (method, path, body) => callAt(`${endpoint}${path}`, method, { body });
  const begin: Running['begin'] = async (name, { sku = 'Developer', properties = {} } = {}) => {
    const path = instanceId.replace(/[^/]+$/, name);
    const body = {
      location: 'westeurope',
      sku: { name: sku, capacity: sku === 'Consumption' ? 0 : 1 },
      properties: { publisherEmail: 'one@contoso.invalid', publisherName: 'Contoso', ...properties },
    };
    return { path, reply: await at('PUT', `${path}?${version}`, body) };
  };
  const over: Running['over'] = async (first) => {
    let reply = first;
    const url = String(first.headers['azure-asyncoperation'] ?? first.headers.location);
    do {
      await new Promise((resolve) => setTimeout(resolve, 20));
      reply = await callAt(url, 'GET');
    } while (reply.status === 202 || member(reply.json, 'status') === 'InProgress');
    return reply;
  };
  return {
    apim,
    call,
    at,
    begin,
    over,
    create: async (name, sku = 'Developer') => {
      const { path, reply } = await begin(name, { sku });
      if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
      const last = await over(reply);
      if (last.status !== 200) throw new Error(`${last.status} ${last.text}`);
      return { path, gatewayUrl: String(propertiesOf(await at('GET', `${path}?${version}`)).gatewayUrl) };
    },
    fault: async (fault) => {
      const reply = await callAt(`${endpoint}/sample/faults`, 'POST', { body: fault });
      if (reply.status !== 200) throw new Error(reply.text);
    },
    put: async (path, properties, headers) => {
      let reply = await call('PUT', path, { body: { properties }, headers });
      while (reply.status === 202) reply = await callAt(locationOf(reply), 'GET');
      if (reply.status !== 200 && reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
      return reply;
    },
  };
}

export function locationOf(reply: ArmReply): string {
  return String(reply.headers.location);
}

/** Calls with the token, unless the headers say otherwise; rejects when the connection breaks. */
export function callAt(
  url: string, method: string, { headers = {}, body }: { headers?: Readonly<Record<string, string>> | undefined; body?: unknown } = {},
): Promise<ArmReply> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const all = { Authorization: `Bearer ${token}`, ...(text === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(text)) }), ...headers };
    const request = httpRequest(url, { method, headers: all, agent: false }, (response) => {
      readAll(response).then((read) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: read, json: read === '' ? undefined : JSON.parse(read) });
      }).catch(reject);
    });
    request.on('error', reject);
    request.end(text);
  });
}

export function propertiesOf(reply: ArmReply): Readonly<Record<string, unknown>> {
  const found = member(reply.json, 'properties');
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

export function codeOf(reply: ArmReply): unknown {
  return member(member(reply.json, 'error'), 'code');
}
