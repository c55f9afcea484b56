// The sample service over HTTP on 127.0.0.1: routing, keys, counting, and what happens when a client goes away.

import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyAnswer, jsonAnswer, problemAnswer, send, setHead, streamedAnswer, wholeBody, type Answer } from './answer';
import { bodyLimit, jobBodyLimit, readBody } from './body';
import { sampleDefinition, type Definition } from './definition';
import { describe } from './description';
import { FaultQueue, type Operation } from './faults';
import { readBehaviour, usualBehaviour } from './jobs/behaviour';
import type { JobFiles } from './jobs/jobFiles';
import { Jobs } from './jobs/jobs';
import { perform, type Call } from './perform';
import { badArgument, Problem } from './problem';
import { checkOptionalVersion, checkVersion, readForm } from './query';
import { readFaults } from './readFaults';
import { replyPieces, scoredTable } from './reply';
import { readTexts } from './request';
import { readTarget, type Control, type OperationTarget } from './target';

/** How to start a sample. `port` 0 takes any free one; `key` is the API key that callers must send. */
export interface SampleOptions {
  readonly port: number;
  readonly key: string;
  readonly definition?: Definition;
  /**
   * Address of the blob storage that runs with it, without a slash at its end: the development account is there. Without it, batch jobs are
   * refused (503).
   */
  readonly blobEndpoint?: string;
  /** Where jobs are kept beyond the sample's end. */
  readonly jobFiles?: JobFiles;
}

/** A sample that is running. `baseUrl` has no trailing slash. */
export interface Sample {
  readonly baseUrl: string;
  readonly port: number;
  readonly jobs: Pick<Jobs, 'sweep' | 'openInputs'>;
  /** Closes every connection and stops listening; calling it twice does no harm. */
  stop(): Promise<void>;
}

/** How long a caller whose body was too large may go on sending before the connection is closed, in milliseconds. */
const lingerMs = 2_000;

/** Starts a sample. Rejects with Node's error when the port cannot be had (its code is EADDRINUSE, EACCES or the like). */
export async function startSample({ port, key, definition = sampleDefinition, blobEndpoint, jobFiles }: SampleOptions): Promise<Sample> {
  const jobs = new Jobs(definition, blobEndpoint, jobFiles);
  const service = new SampleService(key, definition, jobs);
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: 60_000 }, (request, response) => {
    void service.answer(request, response);
  });
  server.on('clientError', refuseNonsense);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  jobs.resume();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample has no port.');

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    service.stop();
    stopping ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return stopping;
  };
  return { baseUrl: `http://127.0.0.1:${address.port}`, port: address.port, jobs, stop };
}

class SampleService {
  private readonly keyHash: Buffer;
  private readonly faults = new FaultQueue();
  private readonly calls: Record<Operation, number> = { execute: 0, swagger: 0, submit: 0, start: 0, status: 0, cancel: 0 };
  private aborted = 0;

  constructor(key: string, private readonly definition: Definition, private readonly jobs: Jobs) {
    this.keyHash = hashKey(key);
  }

  /** Ends the jobs. */
  stop(): void {
    this.jobs.stop();
  }

  /** Answers one request. Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('x-ms-request-id', randomUUID());
    response.setHeader('X-Content-Type-Options', 'nosniff');
    try {
      const target = readTarget(request);
      if ('service' in target) await this.serve(request, response, target);
      else await send(response, await this.steer(request, target.kind));
    } catch (error) {
      await this.sayNo(request, response, error);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse, target: OperationTarget): Promise<void> {
    this.calls[target.kind]++;
    const gone = new AbortController();
    let ownDoing = false;
    response.once('close', () => {
      if (response.writableFinished) return;
      if (!ownDoing) this.aborted++;
      gone.abort();
    });
    let reading: Promise<Buffer> | undefined;
    const body = (): Promise<Buffer> => (reading ??= readBody(request, target.kind === 'submit' ? jobBodyLimit : bodyLimit));
    const cut = (): void => {
      ownDoing = true;
      response.destroy();
    };
    const normal = async (): Promise<Answer> => {
      try {
        return await this.operate(request, target, body);
      } catch (error) {
        if (error instanceof Problem && error.status !== 413) return problemAnswer(error);
        throw error;
      }
    };
    const call: Call = { request, response, signal: gone.signal, body, cut, normal };
    const fault = this.faults.take(target.kind);
    if (fault) await perform(fault, call, this.definition);
    else await send(response, await normal());
  }

  private async operate(request: IncomingMessage, target: OperationTarget, body: () => Promise<Buffer>): Promise<Answer> {
    const { kind, query } = target;
    if (kind !== 'swagger') this.checkKey(request);
    this.checkIds(target);
    switch (kind) {
      case 'execute': {
        const form = readForm(query);
        const texts = readTexts(await body(), form, this.definition);
        return streamedAnswer(replyPieces(scoredTable(texts, this.definition), form, this.definition.output.name));
      }
      case 'swagger':
        checkOptionalVersion(query);
        return jsonAnswer(200, describe(this.definition, target.host, target.basePath));
      case 'submit':
        checkVersion(query);
        return jsonAnswer(200, this.jobs.submit(await body()));
      case 'start':
        checkVersion(query);
        this.jobs.start(target.job);
        return emptyAnswer(this.jobs.behaviour.startStatus);
      case 'status':
        checkVersion(query);
        return jsonAnswer(200, this.jobs.status(target.job));
      case 'cancel':
        checkOptionalVersion(query);
        this.jobs.cancel(target.job);
        return emptyAnswer(200);
      default:
        return kind satisfies never;
    }
  }

  private async steer(request: IncomingMessage, control: Control): Promise<Answer> {
    this.checkKey(request);
    switch (control) {
      case 'faults':
        return this.steerFaults(request);
      case 'behaviour':
        if (request.method === 'POST') this.jobs.behaviour = readBehaviour(await readBody(request, bodyLimit), this.jobs.behaviour);
        if (request.method === 'DELETE') this.jobs.behaviour = usualBehaviour;
        return jsonAnswer(200, { jobs: this.jobs.behaviour });
      case 'jobsSeen':
        return jsonAnswer(200, this.jobs.seen());
      default:
        return control satisfies never;
    }
  }

  private async steerFaults(request: IncomingMessage): Promise<Answer> {
    if (request.method === 'GET') return jsonAnswer(200, { pending: this.faults.pending(), calls: this.calls, aborted: this.aborted });
    if (request.method === 'POST') {
      this.faults.add(readFaults(await readBody(request, bodyLimit)));
      return jsonAnswer(200, { left: this.faults.left });
    }
    const left = this.faults.left;
    this.faults.clear();
    return jsonAnswer(200, { left });
  }

  private checkKey(request: IncomingMessage): void {
    const given = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    // Compared as hashes, in constant time, so that an answer's timing tells nothing of the key.
    if (given !== undefined && timingSafeEqual(hashKey(given), this.keyHash)) return;
    const message =
      given === undefined
        ? 'The request has no API key: send the header Authorization with Bearer and the key.'
        : 'The API key is not the one of this service.';
    throw new Problem(401, 'Unauthorized', 'ScoreRequestUnauthorized', message, { 'WWW-Authenticate': 'Bearer' });
  }

  private checkIds({ workspace, service }: OperationTarget): void {
    if (workspace.toLowerCase() !== this.definition.workspace) {
      throw new Problem(404, 'NotFound', 'WorkspaceNotFound', `There is no workspace '${workspace}'.`);
    }
    if (service.toLowerCase() !== this.definition.service) {
      throw new Problem(
        404,
        'NotFound',
        'WebServiceIdNotFoundInWorkspace',
        `There is no service '${service}' in workspace '${workspace}'.`,
      );
    }
  }

  private async sayNo(request: IncomingMessage, response: ServerResponse, error: unknown): Promise<void> {
    if (response.destroyed) return;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem =
      error instanceof Problem ? error : new Problem(500, 'InternalError', 'UnknownError', 'The sample service has a fault of its own.');
    const answer = problemAnswer(problem);
    if (problem.status === 413) await sendAndClose(request, response, answer);
    else await send(response, answer);
  }
}

/** Answers a caller who is still sending: closing at once would reset the connection, and the answer could be lost with it. */
async function sendAndClose(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const body = wholeBody(answer);
  setHead(response, answer);
  response.setHeader('Connection', 'close');
  response.setHeader('Content-Length', body.length);
  response.write(body);
  const over = new AbortController();
  request.once('close', () => over.abort());
  request.once('end', () => over.abort());
  request.resume();
  await sleep(lingerMs, undefined, { signal: over.signal }).catch(() => undefined);
  response.end();
}

function refuseNonsense(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(badArgument('RequestBodyInvalid', 'The request is not HTTP that the service can read.').document());
  const head = [
    'HTTP/1.1 400 Bad Request', 'Content-Type: application/json; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`,
    `x-ms-request-id: ${randomUUID()}`, 'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
