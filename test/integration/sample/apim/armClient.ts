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
  /** Plans a fault. */
  fault(fault: object): Promise<void>;
  /** PUT of properties; a long operation is waited for. Throws where it is refused. */
  put(path: string, properties: object, headers?: Readonly<Record<string, string>>): Promise<ArmReply>;
}

/** The time of the instance, which stands still. */
export const noon = Date.UTC(2026, 10, 30, 12);

export async function startRunning(): Promise<Running> {
  const apim = await startApiManagement({
    arm: (begin) => begin(0), gateway: (begin) => begin(0), token, now: () => noon, tell: () => undefined,
  });
  return running(apim);
}

export function running(apim: ApiManagement): Running {
  const { endpoint } = apim.place;
  const call: Running['call'] = (method, path, { headers, body, query = version } = {}) =>
    callAt(`${endpoint}${instanceId}${path}${query === '' ? '' : `${path.includes('?') ? '&' : '?'}${query}`}`, method, { headers, body });
  return {
    apim,
    call,
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
