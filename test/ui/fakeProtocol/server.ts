// A service of the fake protocol on this computer. Whatever is asked without its key is refused.

import { once } from 'node:events';
import { createServer } from 'node:http';

/** A service that runs. */
export interface FakeServer {
  readonly address: string;
  /** Method, path and whether the key came with it, of each call. */
  readonly calls: readonly string[];
  /** Lets the job that is at work be done. */
  finish(): void;
  stop(): Promise<void>;
}

/** Starts the service on a free port with this key. */
export async function startFakeServer(key: string): Promise<FakeServer> {
  const calls: string[] = [];
  let state: 'working' | 'done' = 'working';
  const server = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${key}`;
    const path = request.url?.replace('/fake/churn', '') ?? '';
    calls.push(`${request.method ?? ''} ${path}${known ? '' : ' without the key'}`);
    request.resume().once('end', () => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      };
      if (!known) return answer(401, { no: 'key' });
      switch (`${request.method ?? ''} ${path}`) {
        case 'GET /alive':
          return answer(200, {});
        case 'POST ':
          return answer(200, { columns: ['customer', 'leaves'], rows: [['Ada', 'no'], ['Bob', 'yes']] });
        case 'POST /jobs':
          state = 'working';
          return answer(200, { job: 'job7' });
        case 'GET /jobs/job7':
          return answer(200, { state });
        case 'GET /jobs/job7/scores.csv':
          response.writeHead(200, { 'Content-Type': 'text/csv' }).end('customer,leaves\nAda,0.25\nBob,0.75\n');
          return undefined;
        default:
          return answer(404, {});
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The service has no port.');
  return {
    address: `http://127.0.0.1:${address.port}/fake/churn`,
    calls,
    finish: () => {
      state = 'done';
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
