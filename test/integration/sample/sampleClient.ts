// What the tests of the sample service share: a running sample, calls to it over real sockets, and its counters.

import { request as httpRequest, type Agent } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleDefinition } from '../../../src/sample/definition';

export const key = 'a-key-for-tests-only==';
export const base = `/workspaces/${sampleDefinition.workspace}/services/${sampleDefinition.service}`;
export const execute = `${base}/execute?api-version=2.0&details=true`;
export const goodDay = '{"Inputs":{"input1":{"ColumnNames":["Col2"],"Values":[["This is a good day"]]}},"GlobalParameters":{}}';
export const goodDayRow = ['1', '1', '2', '2', '0', '2', '0', '1'];

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined when the text is not JSON. */
  readonly json: unknown;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
}

/** Calls with the key, unless the headers say otherwise; rejects when the connection breaks. */
export function call(baseUrl: string, path: string, { method = 'POST', headers = {}, body, agent, signal }: CallOptions = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const all = { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }), ...headers };
    const request = httpRequest(`${baseUrl}${path}`, { method, headers: all, agent: agent ?? false, ...(signal ? { signal } : {}) }, (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) }), reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

export async function plan(baseUrl: string, ...faults: object[]): Promise<void> {
  const reply = await call(baseUrl, '/faults', { body: JSON.stringify({ faults }) });
  if (reply.status !== 200) throw new Error(reply.text);
}

export interface Counters {
  readonly pending: readonly unknown[];
  readonly calls: Readonly<Record<'execute' | 'swagger' | 'submit' | 'start' | 'status' | 'cancel', number>>;
  readonly aborted: number;
}

export async function counters(baseUrl: string): Promise<Counters> {
  return JSON.parse((await call(baseUrl, '/faults', { method: 'GET' })).text);
}

/** Sends bytes as they are and returns all that comes back until the other side closes. */
export function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return readAll(socket);
}

/** Asks again and again until the answer is yes. Leaves it to the test's own time limit to give up. */
export async function until(yes: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await yes())) await sleep(20);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
