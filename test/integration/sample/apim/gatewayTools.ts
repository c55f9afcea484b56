// What the tests of the gateway share: a backend that tells what it was sent, a gateway before it, and calls without a key of their own.

import { createServer, request as httpRequest, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { startGateway, type RunningGateway } from '../../../../src/sample/apim/gateway';
import type { Reply } from '../sampleClient';
import { MemoryStore } from './memoryStore';

/** What the backend was sent. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Backend {
  readonly url: string;
  readonly seen: Seen[];
  /** The last call that it was sent. */
  last(): Seen;
  /** Answers in its place, from now on; without a listener it echoes again. */
  answer(listener?: RequestListener): void;
  stop(): Promise<void>;
}

/** A backend that answers 200 with what it was sent. */
export async function startBackend(): Promise<Backend> {
  const seen: Seen[] = [];
  const echo = async (request: IncomingMessage): Promise<Seen> => ({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: await readAll(request) });
  let own: RequestListener | undefined;
  const server = createServer((request, response) => {
    if (own) {
      own(request, response);
      return;
    }
    void echo(request).then((each) => {
      seen.push(each);
      response.setHeader('Content-Type', 'application/json').setHeader('X-Backend', 'echo').end(JSON.stringify(each));
    });
  });
  const url = await listening(server);
  return {
    url, seen,
    last: () => {
      const last = seen.at(-1);
      if (!last) throw new Error('The backend was not called.');
      return last;
    },
    answer: (listener) => (own = listener),
    stop: () => closed(server),
  };
}

export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Calls on a connection of its own, with the headers that are given and no others. */
export function ask(address: string, { method = 'GET', headers = {}, body, signal }: AskOptions = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));
    const path = /^http:\/\/[^/]+(.*)$/.exec(address)?.[1] ?? '/';
    const { hostname, port } = new URL(address);
    // The path as it is: an URL would have its dots resolved.
    const request = httpRequest({ hostname, port, path, method, headers: own, agent: false, ...(signal ? { signal } : {}) }, (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) }), reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A gateway with a store, a clock that stands still until it is moved, and what it has logged. */
export interface Stage {
  readonly store: MemoryStore;
  readonly backend: Backend;
  readonly gateway: RunningGateway;
  readonly log: string[];
  /** Moves the time. */
  pass(seconds: number): void;
  /** Calls below the gateway's address. */
  ask(path: string, options?: AskOptions): Promise<Reply>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const store = new MemoryStore();
  const backend = await startBackend();
  const log: string[] = [];
  let time = Date.UTC(2026, 0, 1);
  const gateway = await startGateway({ port: 0, store, now: () => time, log: (line) => log.push(line) });
  return {
    store, backend, gateway, log,
    pass: (seconds) => (time += seconds * 1000),
    ask: (path, options) => ask(`${gateway.url}${path}`, options),
    stop: async () => {
      await gateway.stop();
      await backend.stop();
    },
  };
}

export const execute = '/demo/workspaces/w/services/s/execute?api-version=2.0&details=true';
export const withKey = (key: string): { readonly headers: Readonly<Record<string, string>> } => ({ headers: { 'Ocp-Apim-Subscription-Key': key } });
