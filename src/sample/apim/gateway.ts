// The gateway of the sample's API Management, over HTTP on 127.0.0.1.

import { createServer } from 'node:http';
import type { ApimStore } from './store';

/** How to start it. `port` 0 takes any free one. */
export interface GatewayOptions {
  readonly port: number;
  readonly store: ApimStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log?: (line: string) => void;
}

/** Starts it. Rejects with Node's error when the port cannot be had. */
export async function startGateway(options: GatewayOptions): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"statusCode":404,"message":"Resource not found"}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gateway has no port.');
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, stop };
}
