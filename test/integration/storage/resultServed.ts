// What the tests of results share: a file on a server that can be told to misbehave.

import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openBytes } from '../../../src/storage/download';
import { ResultFile, type OpenPart } from '../../../src/storage/resultFile';
import { HumanError, messageOf } from '../../../src/model/errors';
import { transport } from '../http/calls';
import { startHttp } from '../http/servers';

/** A signal that nobody raises. */
export const never = new AbortController().signal;

/** A folder that goes with the test. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'result-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A file on a server, which can be told to cut, to change and to forget about ranges. */
export class Served {
  etag: string | undefined = '"1"';
  ranges = true;
  tellsSize = true;
  /** Connections are cut after so many bytes of the file, each once. */
  cuts: number[] = [];
  readonly asked: (string | undefined)[] = [];
  handedOut = 0;

  constructor(public bytes: Buffer, private readonly step = 1000) {}

  answer(request: IncomingMessage, response: ServerResponse): void {
    const range = request.headers.range;
    this.asked.push(range);
    if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== this.etag) {
      response.writeHead(412, { 'x-ms-error-code': 'ConditionNotMet' }).end();
      return;
    }
    const from = this.ranges ? Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) : 0;
    const size = this.bytes.byteLength;
    if (from > size) {
      response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
      return;
    }
    const tag = this.etag === undefined ? {} : { etag: this.etag };
    if (from > 0) response.writeHead(206, { ...tag, 'content-range': `bytes ${from}-${size - 1}/${this.tellsSize ? size : '*'}` });
    else response.writeHead(200, { ...tag, ...(this.tellsSize ? { 'content-length': size } : {}) });
    const cut = this.cuts.shift() ?? Infinity;
    const next = (at: number): void => {
      if (response.destroyed) return;
      const end = Math.min(at + this.step, size, cut);
      this.handedOut += end - at;
      if (end === at) {
        if (end === cut) response.destroy();
        else response.end();
        return;
      }
      response.write(this.bytes.subarray(at, end), () => next(end));
    };
    next(from);
  }
}

/** How such a file is opened. */
export async function serve(file: Served): Promise<OpenPart> {
  const server = await startHttp((request, response) => file.answer(request, response));
  const tools = { transport: transport(), log: () => undefined };
  return (from, etag, signal) => openBytes(`http://127.0.0.1:${server.port}/a/b/c.csv`, { from, ...(etag === undefined ? {} : { etag }) }, tools, signal);
}

/** What a person would be told. */
export const describeError = (error: unknown) => ({ sentence: messageOf(error), advice: error instanceof HumanError ? error.advice : 'none' });

/** A result of which nothing is read yet. */
export async function resultOf(file: Served, pauseBytes = 1e9): Promise<ResultFile> {
  return new ResultFile({ path: join(await folder(), '1.csv'), open: await serve(file), describe: describeError, pauseBytes });
}

const lines = (count: number): string => Array.from({ length: count }, (_, row) => `${row},é ${row * 7}\r\n`).join('');
/** A table of two columns. */
export const table = (rows: number): Buffer => Buffer.from(`a,b\r\n${lines(rows)}`);
