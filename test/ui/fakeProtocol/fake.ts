// A protocol that nobody speaks: rows in, rows out; a job reads its inputs by addresses and runs as soon as it is submitted; results are
// fetched with the key; no code.

import { Cancelled, InvalidBody, InvalidInput } from '../../../src/model/errors';
import type { JobStatus, PollOutcome } from '../../../src/model/job';
import type { Service } from '../../../src/model/service';
import type { WireReference } from '../../../src/model/storage';
import type { Header, Transport, WireAnswer, WireOutcome, WireRequest } from '../../../src/model/wire';
import { redactor } from '../../../src/redaction';
import { filledText, isArray, isObject, member, tryParse } from '../../../src/base/shape';
import { shownAnswer, shownFailure, shownHeaders } from '../../../src/http/shown';
import type { JobCall, JobTools } from '../../../src/protocols/batch';
import type { Protocol, ScoreAnswer } from '../../../src/protocols/protocol';
import type { ServiceCall } from '../../../src/protocols/call';

/** Services at `/fake/NAME` of this computer. */
export const fake: Protocol = {
  id: 'fake',
  recognises: (address) => /^http:\/\/127\.0\.0\.1:\d+\/fake\/\w+$/.test(address),
  textKind: (text) => (/^\s*\{\s*"rows"/.test(text) ? 'request' : /^\s*\{\s*"inputs"/.test(text) ? 'batch' : 'other'),
  readRequest: (text) => {
    if (isArray(member(tryParse(text), 'rows'))) return { json: text };
    throw new InvalidBody({ sentence: 'The request has no "rows".' }, { offset: 0, length: text.length });
  },
  score: async (call, tools, signal, onProgress) => {
    onProgress({ kind: 'sending' });
    const startedAt = tools.clock.now();
    const { service: { name, address }, source, request: { json } } = call;
    const { outcome, headers, guard, durationMs } = await ask(call, { method: 'POST', url: address }, tools.transport, signal, json);
    const sent = {
      service: { name, address }, source, method: 'POST', url: address,
      requestHeaders: shownHeaders(headers, ['authorization'], guard), requestBody: guard.text(json), requestBytes: Buffer.byteLength(json),
      startedAt, durationMs, earlierAttempts: [], tables: [], notes: [],
    };
    // What the network did is part of the exchange too.
    if (!outcome.ok) return { ...sent, problem: shownFailure(outcome.failure, call.timeoutMs, guard) };
    const { answer } = shownAnswer(outcome.answer, guard);
    if (answer.status !== 200) return { ...sent, answer, problem: { sentence: `"${name}" said no.` } };
    const { tables, notes } = readRows(answer);
    return { ...sent, answer, tables, notes };
  },
  readAnswer: (answer) => Promise.resolve(readRows(answer)),
  readFault: (answer) => Promise.resolve({
    source: 'service', detailCodes: [], repeatAfterMs: () => (answer.status === 503 ? 1000 : undefined),
  }),
  check: async (call, transport, signal) => {
    const { outcome, failed } = await ask(call, { method: 'GET', url: `${call.service.address}/alive` }, transport, signal);
    if (!outcome.ok) return { kind: 'unreachable', text: failed(outcome).sentence };
    return outcome.answer.status === 200 ? { kind: 'answering', text: 'It is alive.' } : { kind: 'failing', text: 'It is not alive.' };
  },
  batch: {
    writeBody: ({ inputs, parametersJson }) => {
      return `{"inputs":${JSON.stringify(inputs.map(({ reference }) => addressOf(reference)))},"settings":${parametersJson}}`;
    },
    readBody: (json) => {
      const settings = member(tryParse(json), 'settings');
      if (isObject(settings)) return { json, parametersJson: JSON.stringify(settings), warnings: [] };
      throw new InvalidBody({ sentence: 'The body has no "settings".' }, { offset: 0, length: json.length });
    },
    submit: async (call, body, tools, signal) => {
      const { outcome, failed } = await ask(call, { method: 'POST', url: `${call.service.address}/jobs` }, tools.transport, signal, body);
      if (!outcome.ok && outcome.failure.unsent !== true) return { kind: 'lost', problem: failed(outcome) };
      if (!outcome.ok) return { kind: 'refused', problem: failed(outcome), busy: false };
      const id = filledText(member(bodyOf(outcome.answer), 'job'));
      return id === undefined ? { kind: 'refused', problem: { sentence: 'The job was refused.' }, busy: false } : { kind: 'submitted', id };
    },
    status,
    cancel: async (call, id, tools, signal) => {
      const { outcome, failed } = await ask(call, { method: 'DELETE', url: jobUrl(call.service, id) }, tools.transport, signal);
      if (!outcome.ok) return { kind: 'failed', problem: failed(outcome), certain: outcome.failure.unsent === true };
      return outcome.answer.status === 200 ? { kind: 'done' } : { kind: 'gone' };
    },
    results: async (call, id, tools, signal) => {
      const outcome = await status(call, id, tools, signal);
      if (outcome.kind !== 'status') return { outcome, files: [] };
      const urls = [`${jobUrl(call.service, id)}/scores.csv`];
      return { outcome, files: [{ name: 'scores', urls, credential: await call.credential() }] };
    },
    explainFailure: (details) => ({ sentence: `The job broke: ${details}` }),
  },
  facts: ({ address }) => ({
    base: address, id: address.slice(address.lastIndexOf('/') + 1), workspaceId: new URL(address).host, gateway: false, needsServiceKey: true,
  }),
};

const states: Readonly<Record<string, JobStatus>> = { working: 'running', done: 'finished', broken: 'failed' };

async function status(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<PollOutcome> {
  const { outcome, failed } = await ask(call, { method: 'GET', url: jobUrl(call.service, id) }, tools.transport, signal);
  if (!outcome.ok) return { kind: 'offline', problem: failed(outcome) };
  const body = bodyOf(outcome.answer);
  const text = filledText(member(body, 'state'));
  if (text === undefined) return { kind: 'gone', problem: { sentence: 'There is no such job.' } };
  const results = text === 'done' ? [{ name: 'scores', base: `${jobUrl(call.service, id)}/`, location: 'scores.csv' }] : [];
  const details = filledText(member(body, 'why'));
  const told = details === undefined ? {} : { details: redactor([...(call.hidden ?? [])]).text(details) };
  return { kind: 'status', reading: { status: states[text], text, results, ...told } };
}

/** Where a job reads an input from: with a token for this blob alone. */
function addressOf(reference: WireReference): string {
  if ('ConnectionString' in reference) throw new InvalidInput({ sentence: 'These services read with a token only.' });
  const { BaseLocation, RelativeLocation, SasBlobToken } = reference;
  return `${BaseLocation}${RelativeLocation.split('/').map(encodeURIComponent).join('/')}${SasBlobToken}`;
}

function jobUrl({ address }: Service, id: string): string {
  return `${address}/jobs/${id}`;
}

async function ask(call: ServiceCall, what: Pick<WireRequest, 'method' | 'url'>, transport: Transport, signal: AbortSignal, body?: string) {
  const credential = await call.credential();
  const own: Header = { name: 'Content-Type', value: 'application/json' };
  const headers: Header[] = [own, ...credential.headers(what.url), ...(call.route?.headers ?? [])];
  const request = { ...what, headers, timeoutMs: call.timeoutMs, ...(body === undefined ? {} : { body: Buffer.from(body) }) };
  const from = performance.now();
  const outcome = await transport.send(request, signal);
  if (!outcome.ok && outcome.failure.kind === 'cancelled') throw new Cancelled();
  const guard = redactor([...credential.hidden]);
  const failed = ({ failure }: Extract<WireOutcome, { readonly ok: false }>) => shownFailure(failure, call.timeoutMs, guard);
  return { outcome, headers, guard, failed, durationMs: performance.now() - from };
}

function bodyOf({ body }: WireAnswer): unknown {
  return tryParse(Buffer.from(body).toString('utf8'));
}

function readRows(answer: WireAnswer): ScoreAnswer {
  const body = bodyOf(answer);
  const columns = member(body, 'columns');
  const rows = member(body, 'rows');
  if (!isArray(columns) || !isArray(rows)) return { kind: 'otherJson', tables: [], notes: ['No rows came.'] };
  const cells = rows.map((row) => (isArray(row) ? row.map(String) : []));
  const names = columns.map((name) => ({ name: String(name) }));
  return { kind: 'tables', tables: [{ name: 'answer', columns: names, rows: cells, totalRows: cells.length, notes: [] }], notes: [] };
}
