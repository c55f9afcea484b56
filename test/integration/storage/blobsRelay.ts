// Stands between the extension and storage in tests: sees each request, and can cut it before or after storage has had it.

import { request as forward, type IncomingMessage } from 'node:http';
import { startHttp, type Running } from '../http/servers';

/** What becomes of a request: `cut` and `refused` never reach storage, `kept` is not even answered; of `lost` the answer never comes back. */
export type Fate = 'pass' | 'cut' | 'refused' | 'kept' | 'lost';

export interface Relay extends Running {
  /** Method, path and query of each request so far. */
  readonly seen: string[];
}

/** Starts a relay to a port on 127.0.0.1; `decide` may take its time, and do things meanwhile. */
export async function startRelay(port: number, decide: (line: string, request: IncomingMessage) => Fate | Promise<Fate>): Promise<Relay> {
  const seen: string[] = [];
  const server = await startHttp((request, response) => {
    const line = `${request.method ?? ''} ${request.url ?? ''}`;
    seen.push(line);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      void Promise.resolve(decide(line, request)).then((fate) => {
        if (fate === 'cut') {
          request.socket.destroy();
          return;
        }
        if (fate === 'kept') return;
        if (fate === 'refused') {
          response.writeHead(403, { 'x-ms-error-code': 'AuthorizationFailure' }).end();
          return;
        }
        const onward = forward({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
          if (fate === 'lost') {
            answer.resume();
            answer.on('end', () => request.socket.destroy());
            return;
          }
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        });
        onward.end(Buffer.concat(pieces));
      });
    });
  });
  return { ...server, seen };
}
