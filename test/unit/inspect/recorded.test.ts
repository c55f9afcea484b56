// An answer in a file: a body alone, or what comes in front of it as well.

import { describe, expect, it } from 'vitest';
import { answering, recordedAnswer } from '../../../src/inspect/recorded';

const body = '{"a":"ü"}\r\n\r\nHTTP/1.1 500 is no head here\r\n\r\n';

function read(text: string): unknown {
  const { answer, told } = recordedAnswer(Buffer.from(text), 200);
  return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body).toString(), told };
}

describe('recordedAnswer', () => {
  it('takes a body alone, with the status that is given', () => {
    expect(read(body)).toEqual({ status: 200, headers: [], body, told: false });
    expect(read('')).toEqual({ status: 200, headers: [], body: '', told: false });
    expect(read('HTTP Error 503. The service is unavailable.')).toMatchObject({ told: false });
  });

  it.each(['\r\n', '\n'])('parts status line and headers from the body, with lines that end in %j', (end) => {
    expect(read(`HTTP/1.1 429 Too Many Requests${end}Retry-After: 5${end}X-A: b: c${end}${end}${body}`)).toEqual({
      status: 429, headers: [{ name: 'Retry-After', value: '5' }, { name: 'X-A', value: 'b: c' }], body, told: true,
    });
    expect(read(`HTTP/2 404${end}${end}`)).toEqual({ status: 404, headers: [], body: '', told: true });
  });

  it('passes over what was answered on the way', () => {
    const head = 'HTTP/1.1 200 Connection established\r\nVia: proxy\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nX: y\r\n\r\n';
    expect(read(`${head}${body}`)).toEqual({ status: 503, headers: [{ name: 'X', value: 'y' }], body, told: true });
  });
});

describe('answering', () => {
  it('gives the answer to each call', async () => {
    const { answer } = recordedAnswer(Buffer.from(body), 201);
    const request = { method: 'GET', url: 'https://service.invalid/', headers: [], timeoutMs: 0 } as const;
    expect(await answering(answer).send(request, new AbortController().signal)).toEqual({ ok: true, answer });
  });
});
