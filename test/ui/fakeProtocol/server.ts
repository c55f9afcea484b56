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
  /** Of each job what it has written, or why it broke; and whether the last one is done. */
  const jobs = new Map<string, { readonly scores: string; readonly why?: string }>();
  let done = false;
  /** Takes a job, and reads its inputs at once; undefined where one cannot be read. */
  const take = async (text: string): Promise<string | undefined> => {
    const { inputs, settings }: { inputs: string[]; settings: Record<string, string> } = JSON.parse(text);
    const answers = await Promise.all(inputs.map((url) => fetch(url)));
    if (answers.some(({ ok }) => !ok)) return undefined;
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    const names = inputs.length === 0 ? ['Ada', 'Bob'] : texts.flatMap((each) => each.trim().split('\n').slice(1));
    const broken = Object.values(settings);
    const id = `job${7 + jobs.size}`;
    done = false;
    jobs.set(id, {
      scores: `customer,leaves\n${names.map((name, index) => `${name},${index === 0 ? 0.25 : 0.75}\n`).join('')}`,
      ...(broken.length > 0 ? { why: `Nobody lets ${broken.join()} in.` } : {}),
    });
    return id;
  };
  const server = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${key}`;
    const path = request.url?.replace('/fake/churn', '') ?? '';
    calls.push(`${request.method ?? ''} ${path}${known ? '' : ' without the key'}`);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece)).once('end', () => {
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
          void take(Buffer.concat(pieces).toString()).then((id) => (id === undefined ? answer(400, {}) : answer(200, { job: id })));
          return undefined;
      }
      const [, id = '', file] = /^GET \/jobs\/(\w+)(\/scores\.csv)?$/.exec(`${request.method ?? ''} ${path}`) ?? [];
      const job = jobs.get(id);
      if (!job) return answer(404, {});
      if (file === undefined) return answer(200, job.why === undefined ? { state: done ? 'done' : 'working' } : { state: 'broken', why: job.why });
      response.writeHead(200, { 'Content-Type': 'text/csv' }).end(job.scores);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The service has no port.');
  return {
    address: `http://127.0.0.1:${address.port}/fake/churn`,
    calls,
    finish: () => {
      done = true;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
