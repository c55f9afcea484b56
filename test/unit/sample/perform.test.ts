// A fault's waiting ends when the client goes away, and so does the reading of a body.

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { jsonAnswer } from '../../../src/sample/answer';
import { readBody } from '../../../src/sample/body';
import { sampleDefinition } from '../../../src/sample/definition';
import { perform } from '../../../src/sample/perform';
import { readFaults } from '../../../src/sample/readFaults';

function performed(fault: object, away: AbortController): Promise<string> {
  const request = new IncomingMessage(new Socket());
  const call = {
    request,
    response: new ServerResponse(request),
    signal: away.signal,
    body: () => Promise.resolve(Buffer.alloc(0)),
    cut: () => undefined,
    normal: () => Promise.resolve(jsonAnswer(200, 'an answer of some length')),
  };
  const [planned] = readFaults(Buffer.from(JSON.stringify({ faults: [fault] })));
  if (!planned) throw new Error('There is no fault.');
  return perform(planned, call, sampleDefinition).then(() => 'done', (error: unknown) => (error instanceof Error ? error.name : 'unknown'));
}

describe('perform', () => {
  it.each([
    ['a delay', { delayMs: 600_000 }, 'AbortError'],
    ['a pause in a slow body', { slowBody: { bytes: 1, everyMs: 600_000 } }, 'AbortError'],
    ['a call that is never answered', { never: true }, 'done'],
  ])('ends %s when the client goes away during it or went before', async (_, fault, outcome) => {
    const during = new AbortController();
    const waiting = performed(fault, during);
    setImmediate(() => during.abort());
    expect(await waiting).toBe(outcome);

    const before = new AbortController();
    before.abort();
    expect(await performed(fault, before)).toBe(outcome);
  });
});

describe('readBody', () => {
  it('gives what came', async () => {
    const request = new IncomingMessage(new Socket());
    request.push('ab');
    request.push('c');
    request.push(null);
    expect(String(await readBody(request, 3))).toBe('abc');
  });

  it('rejects when more than the limit comes, announced or not', async () => {
    const announced = new IncomingMessage(new Socket());
    announced.headers['content-length'] = '4';
    await expect(readBody(announced, 3)).rejects.toMatchObject({ status: 413, message: 'The body of the request is larger than 3 bytes.' });
    const silent = new IncomingMessage(new Socket());
    silent.push('ab');
    silent.push('cd');
    await expect(readBody(silent, 3)).rejects.toMatchObject({ status: 413 });
  });

  it('rejects when the client goes away', async () => {
    const request = new IncomingMessage(new Socket());
    request.push('ab');
    const reading = expect(readBody(request, 3)).rejects.toThrow('The client went away.');
    request.destroy();
    await reading;
  });
});
