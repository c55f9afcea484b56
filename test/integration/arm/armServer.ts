// A small server in the place of Azure Resource Manager, which answers as a test tells it, and a client on it whose waits take no time.

import type { IncomingMessage } from 'node:http';
import { createArm } from '../../../src/arm/arm';
import { tokenCredential } from '../../../src/arm/tokenCredential';
import type { Arm, ArmEndpoint, ArmWait } from '../../../src/model/arm';
import { ArmFailed, Cancelled } from '../../../src/model/errors';
import { transport } from '../http/calls';
import { startHttp } from '../http/servers';

/** A call that has come. */
export interface Came {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What is answered; `cut` closes the connection instead. */
export interface Says {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  readonly cut?: true;
}

export const instance =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/group/providers/Microsoft.ApiManagement/service/contoso';
export const token = 'token-that-nobody-may-see-0123456789';

/** A server and a client on it. `answer` is asked for each call in turn; what it gives is sent. */
export async function armAt(answer: (call: Came, index: number, base: string) => Says | Promise<Says>, more: Partial<ArmEndpoint> = {}) {
  const came: Came[] = [];
  const lines: string[] = [];
  const slept: number[] = [];
  const waits: ArmWait[] = [];
  const server = await startHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const call = {
        method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8'),
      };
      came.push(call);
      void Promise.resolve(answer(call, came.length - 1, base)).then(({ status, headers = {}, body, cut }) => {
        if (cut) {
          request.socket.destroy();
          return;
        }
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status).end(text);
      });
    });
  });
  const base = `http://127.0.0.1:${server.port}`;
  const endpoint: ArmEndpoint = { url: base, credential: () => Promise.resolve(tokenCredential(base, token)), ...more };
  const clock = {
    sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
      slept.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw new Cancelled();
    },
  };
  const arm: Arm = createArm(endpoint, { transport: transport(), clock, log: (line) => void lines.push(line) });
  const signal = new AbortController().signal;
  const options = { signal, onWait: (wait: ArmWait) => void waits.push(wait) };
  return { arm, base, came, lines, slept, waits, options, server, endpoint };
}

/** The error of some work, which may hold no token. */
export async function failureOf(work: Promise<unknown>): Promise<ArmFailed> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof ArmFailed)) throw new Error(`Not ArmFailed: ${String(error)}`);
  if (JSON.stringify({ ...error, message: error.message, stack: error.stack }).includes(token)) throw new Error('The error holds the token');
  return error;
}

/** A body that says no. */
export function no(code: string, message: string, more: object = {}): object {
  return { error: { code, message, ...more } };
}
