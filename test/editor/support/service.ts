// A service of the tests' own: writes down every request exactly and answers as the contract says.

import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterwards } from './until';

/** The path of the one service at every host of the tests. */
export const servicePath = '/workspaces/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/services/b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2';

/** A good request of one row. */
export const goodRequest = '{ "Inputs": { "input1": { "ColumnNames": ["age"], "Values": [["39"]] } }, "GlobalParameters": {} }\n';

/** A request that came. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A service that runs until the test is over. */
export interface RecordingService {
  readonly port: number;
  /** The service's address, without an operation. */
  readonly address: string;
  /** What came, in order. */
  readonly received: readonly Received[];
  /** How many requests were given up before they were answered in full. */
  readonly aborted: () => number;
  /** Ends it before the test is over. */
  readonly stop: () => Promise<void>;
}

/** How it answers, where the usual table will not do. */
export type Answer = (response: ServerResponse, request: Received) => void;

/** Answers with a table of one cell. */
export const tableAnswer: Answer = (response) => {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end('{"Results":{"output1":{"type":"table","value":{"ColumnNames":["Scored Labels"],"ColumnTypes":["Double"],"Values":[["0.50"]]}}}}');
};

/** Starts a service at 127.0.0.1; over TLS where an identity is given. */
export async function startService(answer: Answer = tableAnswer, identity?: { key: string; cert: string }): Promise<RecordingService> {
  const received: Received[] = [];
  let aborted = 0;
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const came = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(came);
      answer(response, came);
    });
    response.on('close', () => {
      if (!response.writableFinished) aborted += 1;
    });
  };
  const server = identity ? createSecureServer(identity, listener) : createServer(listener);
  const { port, stop } = await listen(server);
  return { port, address: `http${identity ? 's' : ''}://127.0.0.1:${port}${servicePath}`, received, aborted: () => aborted, stop };
}

/** Has a server listen at a free port of 127.0.0.1, and ends it and its connections after the test. */
export async function listen(server: Server): Promise<{ port: number; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
    return stopped;
  };
  afterwards(stop);
  return { port: (server.address() as AddressInfo).port, stop };
}

/** Whether anything listens at a port of 127.0.0.1. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
