// Servers of the tests' own on 127.0.0.1: HTTP, HTTPS with the test authority's certificates, and bare TCP.

import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const folder = join(import.meta.dirname, 'certificates');

/** Path of a file in the folder of certificates. */
export function certificateFile(name: string): string {
  return join(folder, name);
}

/** Key and certificate of a server; `withAuthority` also sends the authority's certificate. */
export function identity(name: 'server' | 'other-name' | 'expired', withAuthority = false): { key: string; cert: string } {
  const cert = readFileSync(certificateFile(`${name}.pem`), 'utf8');
  const authority = withAuthority ? readFileSync(certificateFile('ca.pem'), 'utf8') : '';
  return { key: readFileSync(certificateFile(`${name}.key.pem`), 'utf8'), cert: cert + authority };
}

/** A server that runs until the test is over. */
export interface Running {
  readonly port: number;
  /** Every connection so far. */
  readonly sockets: readonly Socket[];
  /** Fulfilled when the client has closed the connection with this number. */
  closed(index: number): Promise<void>;
}

/** Starts an HTTP server, or HTTPS where an identity is given. */
export async function startHttp(listener: RequestListener, tls?: { key: string; cert: string }): Promise<Running> {
  const server: Server = tls === undefined ? createHttp(listener) : createHttps(tls, listener);
  server.keepAliveTimeout = 60_000;
  return run(server);
}

/** Starts a TCP server that does with each connection as it is told. */
export async function startTcp(onConnection: (socket: Socket) => void): Promise<Running> {
  return run(createTcp((socket) => {
    // A connection that nobody reads from does not tell of its end either.
    socket.resume();
    onConnection(socket);
  }));
}

/** Listens on 127.0.0.1, keeps the connections and ends them with the test. */
export async function run(server: TcpServer | Server): Promise<Running> {
  const sockets: Socket[] = [];
  const ends: Promise<void>[] = [];
  const arrivals: (() => void)[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    ends.push(new Promise((resolve) => socket.once('close', () => resolve())));
    arrivals.splice(0).forEach((arrived) => arrived());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const stopped = new Promise((resolve) => server.close(resolve));
    sockets.forEach((socket) => socket.destroy());
    await stopped;
  });
  const { port } = server.address() as AddressInfo;
  const closed = async (index: number) => {
    while (ends[index] === undefined) await new Promise<void>((resolve) => arrivals.push(resolve));
    await ends[index];
  };
  return { port, sockets, closed };
}

/** A port where nothing listens. */
export async function freePort(): Promise<number> {
  const server = createTcp();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A promise and the function that fulfils it. */
export function signalled(): { readonly happened: Promise<void>; readonly happen: () => void } {
  let happen = () => undefined as void;
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}
