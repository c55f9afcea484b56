// What the tests of killed windows share: the built programs, a relay that holds requests at the wanted moment, and a look at what is left on disk.

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, vi } from 'vitest';
import type { Job, JobStep } from '../../../../src/model/job';
import { developmentAccount } from '../../../../src/model/developmentAccount';
import { readJobText } from '../../../../src/features/jobs/store/jobShape';
import type { Order, Reply, Setup, Shown } from './jobProgram';
import { base, call, key as serviceKey } from '../../sample/sampleClient';
import { built, endPrograms, startPrograms, type Programs } from '../../sample/jobs/sampleJobsClient';

export type { Shown } from './jobProgram';

/** At which point of a request: before the other side has it, when it has answered and nothing came back, when half of the answer came back. */
export type Moment = 'before' | 'after' | 'middle';

/** Stands before the service or its storage; counts what reached the other side. */
export interface Gate {
  readonly port: number;
  /** Method, path and query of what the other side has answered. */
  readonly passed: string[];
  /** Job ids that the service gave. */
  readonly ids: string[];
  /** Milliseconds that each request waits before it goes on, and each answer. */
  delay: () => number;
  /** Resolves when a request whose line fits is at that moment; there it stays. */
  hold(moment: Moment, line: RegExp): Promise<void>;
  /** Cuts the connections of the next requests whose lines fit. */
  cut(line: RegExp, times: number): void;
  close(): void;
}

const patienceMs = 15_000;

/** So long may a request take to come, in milliseconds: several windows start at once, on a machine that others may use as well. */
const arrivalMs = 90_000;

/** Starts a gate to a port on 127.0.0.1. */
export async function startGate(port: number): Promise<Gate> {
  let holding: { readonly moment: Moment; readonly line: RegExp; readonly reached: () => void } | undefined;
  let cutting: { readonly line: RegExp; times: number } | undefined;
  const passed: string[] = [];
  const ids: string[] = [];
  /** True when the request is to stay where it is. */
  const stays = (moment: Moment, line: string): boolean => {
    if (holding?.moment !== moment || !holding.line.test(line)) return false;
    holding.reached();
    holding = undefined;
    return true;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const line = `${request.method ?? ''} ${request.url ?? ''}`;
    const body = await buffer(request);
    if (cutting && cutting.times > 0 && cutting.line.test(line)) {
      cutting.times -= 1;
      return void request.socket.destroy();
    }
    await sleep(gate.delay());
    if (request.socket.destroyed || stays('before', line)) return;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      forward({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, resolve).on('error', reject).end(body);
    });
    const bytes = await buffer(answer);
    passed.push(line);
    if (/^POST .*\/jobs\?/.test(line) && answer.statusCode === 200) ids.push(JSON.parse(bytes.toString()));
    await sleep(gate.delay());
    if (stays('after', line)) return;
    // Where the other side names itself, callers go on through the gate.
    const named = (value: string | string[] = ''): string | string[] =>
      typeof value === 'string' ? value.replace(`//127.0.0.1:${port}`, `//127.0.0.1:${gate.port}`) : value;
    response.writeHead(answer.statusCode ?? 500, Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, named(value)])));
    if (stays('middle', line)) return void response.write(bytes.subarray(0, bytes.length / 2));
    response.end(bytes);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => void socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  const gate: Gate = {
    port: own, passed, ids, delay: () => 0,
    hold: (moment, line) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Nothing came that fits ${String(line)}.`)), arrivalMs);
      holding = { moment, line, reached: () => {
        clearTimeout(timer);
        resolve();
      } };
    }),
    cut: (line, times) => void (cutting = { line, times }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return gate;
}

/** A window that was started, until it is killed. */
export interface Window {
  tell(order: Order): Promise<Reply>;
  /** Without waiting for what comes of it. */
  order(order: Order): void;
  list(): Promise<readonly Shown[]>;
  /** How often it has asked for a status. */
  asked(): Promise<number>;
  kill(): Promise<void>;
  readonly ended: Promise<void>;
  err(): string;
}

/** A service with its storage behind gates, and a folder that windows share. */
export interface Place {
  readonly folder: string;
  readonly service: Gate;
  readonly storage: Gate;
  open(dieAfter?: JobStep): Promise<Window>;
  /** Makes a CSV file of so many rows and returns its path. */
  csv(name: string, rows: number, wide?: number): string;
  /** The jobs in the files of the journal; throws for a file that is not whole. */
  journal(): Job[];
  /** Fails when anything in the journal is a secret, a file that is not whole, or a claim that nobody has. */
  checkFolder(): void;
  /** Kills the window once it has let go of what it worked on, which it does after it has shown how that ended; then checks the folder. */
  endAndCheck(window: { kill(): Promise<void> }): Promise<void>;
  close(): void;
}

/** The service and storage of a test file. */
export interface Fixture {
  readonly sample: Programs;
  place(): Promise<Place>;
  jobsSeen(): Promise<readonly { readonly id: string; readonly status: string; readonly starts: number }[]>;
  end(): Promise<void>;
}

/** Builds and starts all. */
export async function startFixture(): Promise<Fixture> {
  const { folder, program, remove } = await built();
  const window = join(folder, 'window.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'jobProgram.ts')], outfile: window, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'warning',
    define: { 'import.meta.url': 'importMetaUrl' }, banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  const sample = await startPrograms(program, { words: ['--bits', '1', '--ngrams', '1'] });
  const children: ChildProcess[] = [];
  const gates: Gate[] = [];

  const open = async (setup: Setup): Promise<Window> => {
    const child = fork(window, [JSON.stringify(setup)], { silent: true, execArgv: [] });
    children.push(child);
    const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
    let [err, numbers] = ['', 0];
    child.stderr?.on('data', (data) => (err += String(data)));
    child.stdout?.resume();
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    void ended.then(() => waiting.forEach(({ reject }) => reject(new Error(`The window has ended. ${err}`))));
    child.on('message', (reply: Reply) => waiting.get(reply.number)?.resolve(reply));
    child.on('error', () => undefined);
    const answer = (number: number): Promise<Reply> => new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
    const tell = (order: Order): Promise<Reply> => {
      const number = ++numbers;
      const reply = answer(number);
      child.send({ number, order });
      return reply;
    };
    const { error } = await answer(0);
    if (error !== undefined) throw new Error(error);
    return {
      tell, ended, err: () => err,
      order: (order) => void tell(order).catch(() => undefined),
      list: async () => (await tell({ do: 'list' })).shown ?? [],
      asked: async () => (await tell({ do: 'list' })).asked ?? 0,
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  };

  const place = async (): Promise<Place> => {
    const own = mkdtempSync(join(folder, 'place-'));
    const service = await startGate(Number(new URL(sample.baseUrl).port));
    const storage = await startGate(Number(new URL(sample.blobEndpoint).port));
    gates.push(service, storage);
    const setup: Setup = {
      folder: own, serviceKey, address: `http://127.0.0.1:${service.port}${base}`,
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=${developmentAccount.key};BlobEndpoint=http://127.0.0.1:${storage.port}/${developmentAccount.name}`,
    };
    const texts = (): { path: string; text: string }[] => readdirSync(join(own, 'jobs'), { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? { path: join(entry.parentPath, entry.name), text: readFileSync(join(entry.parentPath, entry.name), 'utf8') } : []));
    const whole = (): { path: string; text: string }[] => texts().filter(({ path }) => !/[\\/]\.[^\\/]+\.tmp$/.test(path));
    const journal = (): Job[] => whole().filter(({ path }) => /[\\/](open|past)[\\/].*\.json$/.test(path)).map(({ path, text }) => {
      const read = readJobText(text);
      if (!read.ok) throw new Error(`${path}: ${read.reason}`);
      return read.job;
    });
    const claims = (): string[] => whole().map(({ path }) => path).filter((path) => /[\\/]claims[\\/]/.test(path));
    const checkFolder = (): void => {
      for (const { path, text } of texts()) {
        for (const secret of [developmentAccount.key, serviceKey, 'sig=', 'AccountKey=']) expect(text, path).not.toContain(secret);
      }
      expect(new Set(journal().map((job) => job.key)).size).toBe(journal().length);
      expect(claims()).toEqual([]);
    };
    return {
      folder: own, service, storage, journal, checkFolder,
      open: (dieAfter) => open({ ...setup, dieAfter }),
      csv: (name, rows, wide = 0) => {
        const path = join(own, name);
        writeFileSync(path, `Col2,Other\n${Array.from({ length: rows }, (_, row) => `day ${row},${'x'.repeat(wide)}\n`).join('')}`);
        return path;
      },
      endAndCheck: async (window) => {
        await vi.waitFor(() => expect(claims()).toEqual([]), { timeout: 10_000 });
        await window.kill();
        checkFolder();
      },
      close: () => [service, storage].forEach((gate) => gate.close()),
    };
  };

  return {
    sample, place,
    jobsSeen: async () => JSON.parse((await call(sample.baseUrl, '/jobs-seen', { method: 'GET' })).text),
    end: async () => {
      for (const child of children) child.kill('SIGKILL');
      for (const gate of gates) gate.close();
      await endPrograms(sample);
      remove();
    },
  };
}

/** The one job that a window knows. */
export async function only(window: Window): Promise<Shown> {
  const [shown, ...more] = await window.list();
  if (!shown || more.length > 0) throw new Error(`There are ${more.length + (shown ? 1 : 0)} jobs.`);
  return shown;
}

/** Waits until a window shows all its jobs as wanted. */
export async function shows(window: Window, wanted: (shown: readonly Shown[]) => boolean): Promise<readonly Shown[]> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const shown = await window.list();
    if (wanted(shown)) return shown;
    if (Date.now() > end) throw new Error(`The window shows ${JSON.stringify(shown.map(({ state, job: { problem, history } }) => ({ state, problem, history })))}. ${window.err()}`);
    await sleep(50);
  }
}
