// The gateway of the sample's API Management: serves over HTTP on 127.0.0.1 what was published to the store.

import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Backends } from './gateway/forward';
import type { Gateway } from './gateway/gatewayParts';
import { Limits } from './gateway/limits';
import { PolicyDocuments } from './gateway/policies';
import { serve } from './gateway/serve';
import { Traces } from './gateway/traces';
import type { ApimStore } from './store';

/** How to start a gateway. */
export interface GatewayOptions {
  /** 0 takes any free one. */
  readonly port: number;
  readonly store: ApimStore;
  /** Milliseconds since 1970: limits and quotas are reckoned by it. */
  readonly now: () => number;
  /** Told why calls were answered with 500; never a key, a named value or a query. */
  readonly log?: (line: string) => void;
}

/** A gateway that is running. `url` has no trailing slash. */
export interface RunningGateway {
  readonly url: string;
  readonly port: number;
  /** Its counters. */
  readonly limits: Limits;
  /** Its tokens for traces, and the traces. */
  readonly traces: Traces;
  /** Closes every connection and stops listening; calling it twice does no harm. */
  stop(): Promise<void>;
}

/** Starts a gateway. Rejects with Node's error when the port cannot be had (its code is EADDRINUSE, EACCES or the like). */
export async function startGateway({ port, store, now, log = () => undefined }: GatewayOptions): Promise<RunningGateway> {
  const backends = new Backends();
  const gateway: Gateway = {
    store, now, log, limits: new Limits(now), traces: new Traces(now), documents: new PolicyDocuments(store), backends,
  };
  // A body may take as long as it takes.
  const server = createServer({ requestTimeout: 0 }, (request, response) => void serve(gateway, request, response));
  server.on('clientError', refuseNonsense);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gateway has no port.');

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      backends.stop();
    }));
  const { limits, traces } = gateway;
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, limits, traces, stop };
}

function refuseNonsense(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ statusCode: 400, message: 'Bad Request' });
  const about = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
  const head = ['HTTP/1.1 400 Bad Request', ...about];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
