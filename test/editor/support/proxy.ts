// A proxy of the tests' own: opens tunnels to names that no DNS knows, and may ask for a password.

import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { projectFile } from './editor';
import { listen } from './service';

/** A proxy that runs until the test is over. */
export interface RecordingProxy {
  /** As VS Code's setting takes it. */
  readonly address: string;
  /** The `host:port` of each CONNECT, in order. */
  readonly asked: readonly string[];
}

/** Path of the authority's certificate that vouches for `identity`. */
export function authorityFile(): string {
  return certificate('ca.pem');
}

/** Key and certificate of scoring.example.test. */
export function identity(): { key: string; cert: string } {
  return { key: readFileSync(certificate('server.key.pem'), 'utf8'), cert: readFileSync(certificate('server.pem'), 'utf8') };
}

function certificate(name: string): string {
  return projectFile('test', 'integration', 'http', 'certificates', name);
}

/** Starts a proxy that leads `host:port` names to ports of 127.0.0.1; `authorization` is the header's value that it asks for. */
export async function startProxy(routes: Readonly<Record<string, number>>, authorization?: string): Promise<RecordingProxy> {
  const asked: string[] = [];
  const server = createServer((_request, response) => void response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const name = request.url ?? '';
    const port = routes[name];
    asked.push(name);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    if (authorization !== undefined && request.headers['proxy-authorization'] !== authorization) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\n\r\n');
      return;
    }
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
  });
  const { port } = await listen(server);
  return { address: `http://127.0.0.1:${port}`, asked };
}
