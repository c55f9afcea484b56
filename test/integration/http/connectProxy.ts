// A proxy of the tests' own: opens tunnels by CONNECT, knows where names lead, and can refuse, ask for a password or stay silent.

import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { run, type Running } from './servers';

export interface ProxyOptions {
  /** Ports on 127.0.0.1 by the `host:port` that is asked for. */
  readonly routes?: Readonly<Record<string, number>>;
  /** Value of Proxy-Authorization that is asked for. */
  readonly authorization?: string;
  /** Answers each CONNECT with this status line and headers, and opens nothing. */
  readonly refusal?: string;
  /** What it does instead of all that. */
  readonly behave?: (socket: Socket) => void;
  /** Makes it a proxy that is spoken to over TLS. */
  readonly tls?: { key: string; cert: string };
}

export interface RunningProxy extends Running {
  /** What was asked for by CONNECT, in order. */
  readonly asked: readonly string[];
  /** The header lines that came with each CONNECT. */
  readonly headers: readonly IncomingMessage['headers'][];
  /** Requests that came without a tunnel. */
  readonly plain: readonly string[];
}

/** Starts a proxy that runs until the test is over. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const plain: string[] = [];
  const server = options.tls === undefined ? createServer() : createSecureServer(options.tls);
  server.on('request', (request, response) => {
    plain.push(request.url ?? '');
    response.end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const authority = request.url ?? '';
    asked.push(authority);
    headers.push(request.headers);
    socket.on('error', () => undefined);
    // Node hands the connection over half open and unread: its end would not be noticed.
    socket.on('end', () => socket.end());
    if (options.behave !== undefined) options.behave(socket.resume());
    else if (options.refusal !== undefined) socket.end(`${options.refusal}\r\n\r\n`);
    else if (options.authorization !== undefined && request.headers['proxy-authorization'] !== options.authorization) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\nProxy-Authenticate: NTLM\r\n\r\n');
    } else open(socket, options.routes?.[authority]);
  });
  return { ...(await run(server)), asked, headers, plain };
}

function open(socket: Socket, port: number | undefined): void {
  if (port === undefined) {
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    return;
  }
  const other = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(other).pipe(socket);
  });
  other.on('error', () => socket.destroy());
  other.on('close', () => socket.destroy());
  socket.on('close', () => other.destroy());
}
