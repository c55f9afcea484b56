// Traces over real sockets: switched on at Sample API Management, a call through its gateway, and the trace without any secret.

import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { TraceSession, type CallDone } from '../../../../../src/features/apim/trace/traceSession';
import { TraceTokens, type TraceClock } from '../../../../../src/features/apim/trace/traceTokens';
import type { TraceView } from '../../../../../src/features/tryIt';
import type { Arm } from '../../../../../src/model/arm';
import { Cancelled, HumanError, messageOf } from '../../../../../src/model/errors';
import { instanceId } from '../../../../../src/sample/apim/place';
import { callAt, noon, startRunning, token, type Running } from '../../../sample/apim/armClient';
import { ask, execute, startBackend, withKey, type Backend } from '../../../sample/apim/gatewayTools';
import { guideOperations } from '../../../sample/apim/memoryStore';
import { clientAt, instanceAt } from '../publish/samplePublishing';

const key = 'some-subscription-key-1';
const wordPolicy = '<policies><inbound><base /><set-header name="X-Word" exists-action="override"><value>{{backend-word}}</value></set-header></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>';
let running: Running;
let backend: Backend;
let arm: Arm;
let close: () => void;
let serverTime = noon;
let passed = 0;
let tokens: TraceTokens;
let session: TraceSession;
let questions: string[];
let answer: 'yes' | 'no';

beforeAll(async () => {
  running = await startRunning({ now: () => serverTime });
  backend = await startBackend();
  ({ arm, close } = clientAt({ endpoint: running.apim.place.endpoint, token }));
  await running.put('/apis/demo', { displayName: 'Demo', path: 'demo', serviceUrl: backend.url, protocols: ['http'], subscriptionRequired: true });
  for (const [id, method, urlTemplate] of guideOperations)
    running.apim.store.put(`/apis/demo/operations/${id}`, { displayName: id, method, urlTemplate, templateParameters: [] });
  await running.put('/subscriptions/some', { displayName: 'some', scope: `${instanceId}/apis/demo`, primaryKey: key, secondaryKey: 'some-subscription-key-2' });
  await running.put('/namedValues/backend-word', { displayName: 'backend-word', value: 'word of the house', secret: true });
  await running.put('/namedValues/plain-word', { displayName: 'plain-word', value: 'open-word', secret: false });
  await running.put('/apis/demo/policies/policy', { format: 'rawxml', value: wordPolicy });
});
afterAll(async () => {
  close();
  await running.apim.stop();
  await backend.stop();
});
beforeEach(() => {
  [questions, answer, passed] = [[], 'yes', 0];
  const clock: TraceClock = {
    now: () => noon, monotonic: () => passed,
    sleep: (ms, signal) => new Promise((done, failed) => {
      if (ms < 60_000) setTimeout(done, Math.min(ms, 5));
      signal.addEventListener('abort', () => failed(new Cancelled()));
    }),
  };
  tokens = new TraceTokens(clock);
  const instance = instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
  session = new TraceSession({
    arms: () => Promise.resolve(arm), tokens, clock,
    confirm: async ({ question, detail, yes }) => {
      questions.push(`${question}|${detail}|${yes}`);
      if (answer === 'no') return Promise.reject(new Cancelled());
    },
    describe: (error) => ({ sentence: messageOf(error), ...(error instanceof HumanError ? { detail: error.detail, actions: error.actions } : {}) }),
  }, { instance, api: 'demo', operation: 'execute', title: () => 'Demo', keyNames: () => ['Ocp-Apim-Subscription-Key', 'subscription-key'] });
});
afterEach(async () => {
  session.dispose();
  tokens.dispose();
  await callAt(`${running.apim.place.endpoint}/sample/faults`, 'DELETE');
});

/** Sends a call as the page does. */
async function send(headers: Readonly<Record<string, string>> = withKey(key).headers): Promise<{ readonly done: CallDone; readonly debugToken: string | undefined }> {
  const audience = `${running.apim.gatewayUrl}/demo`;
  const credential = session.credential(audience);
  const [debug] = credential?.headers(`${audience}/workspaces`) ?? [];
  const reply = await ask(`${running.apim.gatewayUrl}${execute}`, { method: 'POST', body: '{}', headers: { ...headers, ...(debug ? { [debug.name]: debug.value } : {}) } });
  const answerHeaders = Object.entries(reply.headers).map(([name, value]) => ({ name, value: String(value) }));
  const done = { method: 'POST', operation: 'execute', status: reply.status, answerHeaders, secrets: [key, ...(credential?.hidden ?? [])], asked: credential !== undefined };
  await session.after(done);
  return { done, debugToken: debug?.value };
}

function shown(): NonNullable<TraceView['trace']> {
  const { trace, problem } = session.view();
  expect.assert(trace, problem?.sentence);
  return trace;
}

describe('tracing', () => {
  it('is switched on knowingly for one API, says until when, and shows what the policies did without secrets', async () => {
    await session.switchOn();
    expect(questions).toEqual([expect.stringMatching(/^Trace calls of Demo\?\|.*for an hour at most.*secrets of others.*reads the secret named values.*Azure may log this.*Contributor.*\|Switch On Tracing$/s)]);
    expect(session.view()).toMatchObject({ state: 'on', until: expect.stringMatching(/^Until \d\d:\d\d, 60 minutes left$/) });
    const { done, debugToken } = await send();
    expect(done.status).toBe(200);
    const { title, sections, notes } = shown();
    expect([title, notes]).toEqual([expect.stringMatching(/^POST execute, 200, [\d.]+ (ms|s)$/), []]);
    expect(sections.map((each) => each.title)).toEqual(['Inbound', 'Backend', 'Outbound']);
    expect(sections[0]?.steps.find(({ source }) => source === 'set-header')?.changed).toEqual(['Header X-Word: ••••••••']);
    expect(sections[1]?.steps[0]).toMatchObject({ source: 'forward-request', changed: [expect.stringContaining(`POST ${backend.url}/workspaces/`)] });
    expect(backend.last().headers['x-word']).toBe('word of the house');
    const told = JSON.stringify(session.view());
    for (const secret of [key, 'word of the house', (debugToken ?? '?').slice(-43), token]) expect(told).not.toContain(secret);
    expect(session.view()).toMatchObject({ older: false });
    session.switchOff();
    await send();
    expect(session.view()).toMatchObject({ state: 'off', older: true });
  });

  it('is not switched on where the person says no, or may not', async () => {
    answer = 'no';
    await session.switchOn();
    expect(session.view()).toEqual({ state: 'off' });
    answer = 'yes';
    await running.fault({ fault: 'reader' });
    await session.switchOn();
    expect(session.view()).toMatchObject({ state: 'off', problem: { sentence: expect.stringContaining('may only read') } });
    await running.fault({ fault: 'forbidden', match: '/listDebugCredentials' });
    await session.switchOn();
    expect(session.view()).toMatchObject({ state: 'off', problem: { sentence: expect.any(String) } });
    await session.switchOn();
    expect(session.view()).toMatchObject({ state: 'on' });
  });

  it.each([
    ['a secret named value', '/listValue'], ['the policy of its API', '/apis/demo/policies/'], ['the list of named values', '/namedValues'], ['the products of the API', '/apis/demo/products'],
  ])('hides what policies may have set, in every place, where %s may not be read', async (_, match) => {
    await running.put('/apis/demo/policies/policy', {
      format: 'rawxml',
      value: '<policies><inbound><base /><set-header name="X-Word" exists-action="override"><value>{{backend-word}}</value></set-header>' +
        '<rewrite-uri template="/word-{{plain-word}}/{workspace}" copy-unmatched-params="true" /><set-variable name="v" value="{{backend-word}}" />' +
        '<return-response><set-status code="200" reason="word of the house" /><set-body>word of the house</set-body></return-response></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>',
    });
    await session.switchOn();
    await running.fault({ fault: 'forbidden', match, count: 9 });
    const { done } = await send();
    await callAt(`${running.apim.place.endpoint}/sample/faults`, 'DELETE');
    const { sections, notes } = shown();
    expect(notes).toEqual([expect.stringContaining('could not be read'), expect.stringMatching(/^So only names, /)]);
    const told = JSON.stringify(sections);
    expect([told.includes('word of the house'), told.includes('open-word')]).toEqual([false, false]);
    // What the gateway itself says stays.
    expect([done.status, told.includes('"set-header"'), told.includes('X-Word'), told.includes('Specified value was assigned to the header')]).toEqual([200, true, true, true]);
    expect(told).toContain('Status 200');
    await running.put('/apis/demo/policies/policy', { format: 'rawxml', value: wordPolicy });
  });

  it('reads the values of those secret named values alone that the policies of the call use, for each trace anew', async () => {
    await running.put('/namedValues/other-word', { displayName: 'other-word', value: 'word of others', secret: true });
    const reads = async (): Promise<readonly string[]> => [...(await running.at('GET', '/sample/calls')).text.matchAll(/namedValues\/([\w-]+)\/listValue"/g)].map(([, name]) => String(name));
    const before = (await reads()).length;
    await session.switchOn();
    expect((await reads()).length).toBe(before);
    await send();
    await running.put('/namedValues/backend-word', { displayName: 'backend-word', value: 'another word', secret: true });
    await send();
    await running.put('/namedValues/backend-word', { displayName: 'backend-word', value: 'word of the house', secret: true });
    expect((await reads()).slice(before)).toEqual(['backend-word', 'backend-word']);
    expect(backend.last().headers['x-word']).toBe('another word');
    expect(JSON.stringify(session.view())).not.toContain('another word');
    expect(shown().notes).toEqual([]);
  });

  it('that has run out at the service is told, and switched on again', async () => {
    await session.switchOn();
    serverTime += 3_600_000;
    const { done } = await send();
    expect([done.status, session.view()]).toEqual([401, { state: 'runOut' }]);
    expect(session.credential(`${running.apim.gatewayUrl}/demo`)).toBeUndefined();
    await session.switchOn();
    expect((await send()).done.status).toBe(200);
    expect(shown().sections.length).toBe(3);
  });

  it('with a token that is refused is told as such, also one of another API', async () => {
    const instance = instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
    tokens.hold({ instance, name: 'demo' }, 'aid=demo&made-up', 0);
    await send();
    expect(session.view()).toMatchObject({ state: 'runOut', problem: { sentence: 'The gateway answered 401 and traced nothing: it does not take the token for traces any more.' } });
    await running.put('/apis/other', { displayName: 'Other', path: 'other', serviceUrl: backend.url, protocols: ['http'] });
    const { json } = await running.call('POST', '/gateways/managed/listDebugCredentials', { body: { apiId: `${instanceId}/apis/other`, purposes: ['tracing'] } });
    tokens.hold({ instance, name: 'demo' }, String(JSON.parse(JSON.stringify(json)).token), 0);
    await send();
    expect(session.view()).toMatchObject({ state: 'off', problem: { sentence: expect.stringContaining('is of another API') } });
  });

  it('of a call that is refused for its key shows where it ended', async () => {
    await session.switchOn();
    await send({});
    expect(shown().sections.at(-1)).toMatchObject({ title: 'On Error', steps: [{ source: 'gateway', said: [expect.stringContaining('missing subscription key')] }] });
    expect(session.view()).toMatchObject({ state: 'on' });
  });

  it('is asked for a few times, and what does not come is told and asked for again', async () => {
    await session.switchOn();
    const { done } = await send();
    const gone = { ...done, answerHeaders: [{ name: 'Apim-Trace-Id', value: 'none' }] };
    const before = (await running.at('GET', '/sample/calls')).text.split('/listTrace"').length;
    await session.after(gone);
    const after = (await running.at('GET', '/sample/calls')).text.split('/listTrace"').length;
    expect([after - before, session.view().problem?.sentence, session.view().older]).toEqual([7, 'The trace of this call is not there.', true]);
    await session.after(done);
    expect([session.view().problem, session.view().older]).toEqual([undefined, false]);
  });
});
