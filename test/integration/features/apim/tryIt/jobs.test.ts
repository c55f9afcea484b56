// The operations of batch jobs that are called from their page, over real sockets: they know the job that was submitted, and follow it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationTarget } from '../../../../../src/features/apim/tryIt/operationTarget';
import type { RequestFile } from '../../../../../src/features/apim/tryIt/requestFile';
import { answerText } from '../../../../../src/http/answerText';
import type { CallDraft } from '../../../../../src/features/tryIt';
import type { Exchange } from '../../../../../src/model/exchange';
import { developmentAccount } from '../../../../../src/model/developmentAccount';
import { contentOf, sent, startTryIt, type TryItPlace } from './tryItPlace';

let place: TryItPlace;
beforeEach(async () => {
  place = await startTryIt();
});
afterEach(() => place.close());

const jsonOf = ({ answer }: Exchange): unknown => JSON.parse(answer ? answerText(answer) : '');
const file = (text: string, kind: RequestFile['kind']): RequestFile => ({ name: 'good-day.json', text, kind });

const account = `DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=${developmentAccount.key};BlobEndpoint=http://127.0.0.1:9/account`;
const job = JSON.stringify({ Input: { ConnectionString: account, RelativeLocation: 'c/in.csv' }, Outputs: {}, GlobalParameters: {} });

describe('the five operations', () => {
  it('know the job that was submitted', async () => {
    const submit = await place.session('bes-submit', file(job, 'batch'));
    expect(contentOf(submit).shape.body?.from).toBe('from good-day.json');
    const start = await place.session('bes-start');
    expect(contentOf(start)).toMatchObject({ shape: { method: 'POST' }, address: expect.stringContaining('/jobs/{jobid}/start') });
    expect(contentOf(start).problems.values.filter((each) => each !== '')).toEqual(['"jobid" needs a value.']);
    const exchange = await sent(place, submit);
    const id = jsonOf(exchange);
    expect(exchange.requestBody).not.toContain(developmentAccount.key);
    expect(exchange.requestBody).toContain('c/in.csv');
    expect(exchange.answer?.status, exchange.problem?.detail).toBe(200);
    expect(submit.view().afterwards).toMatchObject({
      sentence: expect.stringContaining(String(id)), offers: [{ id: 'start' }, { id: 'status' }, { id: 'delete' }, { id: 'follow' }],
    });
    for (const operation of ['bes-status', 'bes-start', 'bes-delete']) {
      const session = await place.session(operation);
      expect(contentOf(session).address).toContain(`/jobs/${String(id)}`);
      expect((await sent(place, session)).answer?.status).toBeLessThan(300);
      if (operation === 'bes-start') expect(session.view().afterwards?.offers.map((each) => each.id)).toEqual(['status', 'follow']);
    }
    await start.load();
    expect(contentOf(start).address).toContain(`/jobs/${String(id)}/start`);
    await submit.take('start');
    expect(place.opened).toMatchObject([{ operation: 'bes-start', title: 'BES Start', api: 'azureml-demo' }]);
    const service = place.addService();
    await submit.load();
    await submit.take('follow');
    expect(place.followed).toEqual([[service.address, id, false]]);
    await submit.take('nothing of the kind');
    expect(place.opened).toHaveLength(1);
  });

  it('an offer is for the job that was just submitted, and for the service that was called, whatever was typed there before', async () => {
    const remove = await place.session('bes-delete');
    const index = contentOf(remove).shape.parameters.findIndex(({ name }) => name === 'jobid');
    const typed = contentOf(remove).draft.values.map((value, at) => (at === index ? 'J0' : value));
    remove.change({ ...contentOf(remove).draft, values: typed }, 1);
    const submit = await place.session('bes-submit', file(job, 'batch'));
    const id = jsonOf(await sent(place, submit));
    const opens = async (operation: string, values?: ReadonlyMap<string, string>, api = place.instance): Promise<void> =>
      remove.open(new OperationTarget(place.parts, { instance: api, api: 'azureml-demo', operation, title: operation }, undefined, values));
    // Who comes from the tree finds what was typed.
    await opens('bes-delete');
    expect(contentOf(remove).address).toContain('/jobs/J0');
    await submit.take('delete');
    await opens('bes-delete', place.set);
    expect(contentOf(remove).address).toContain(`/jobs/${String(id)}`);
    const [, workspace] = /workspaces\/(\w+)\//.exec(contentOf(submit).address) ?? [];
    expect([...place.set]).toContainEqual(['workspace', workspace]);
    // What the tree knew is old by now: the addresses are read with all else.
    await opens('bes-delete', undefined, { ...place.instance, gatewayUrls: ['https://before.example'] });
    expect(contentOf(remove).shape.bases).toEqual([`${place.running.apim.gatewayUrl}/azureml-demo`]);
    expect(contentOf(remove).address).toContain(`/jobs/${String(id)}`);
  });

  it('goes on with the traces and the request of the target before it, at the same address alone', () => {
    const at = (endpointUrl: string, request?: RequestFile): OperationTarget => new OperationTarget(
      place.parts, { instance: { ...place.instance, endpointUrl }, api: 'azureml-demo', operation: 'bes-delete', title: 'D' }, request);
    const { endpointUrl } = place.instance;
    const first = at(endpointUrl, file(job, 'batch'));
    const { traces } = first;
    const second = at(endpointUrl);
    expect(second.succeed(first)).toBe(true);
    expect(second.traces).toBe(traces);
    const third = at('https://elsewhere.example');
    expect(third.succeed(second)).toBe(false);
    expect(third.traces).not.toBe(traces);
    expect(third.set).toEqual({ values: new Map() });
  });
});

describe('what is sent only when a person says so', () => {
  const send = async (body: string | undefined, anyway: boolean): Promise<readonly [string | undefined, Exchange | undefined]> => {
    const submit = await place.session('bes-submit');
    submit.change({ ...contentOf(submit).draft, ...(body === undefined ? {} : { body }) }, 1);
    await submit.send(anyway);
    return [submit.view().unsent?.sentence, place.kept.at(-1)?.exchange];
  };

  it('is the example with its placeholders', async () => {
    const [refused, none] = await send(undefined, false);
    expect(refused).toMatch(/^Nothing was sent: the body has the placeholder \{account\} of the example, line \d+, column \d+\.$/);
    expect(none).toBeUndefined();
    const [said, exchange] = await send(undefined, true);
    expect(said).toBeUndefined();
    expect(exchange?.requestBody).toContain('{account}');
  });

  it('is a body that is no JSON: it goes out as it stands, and its secrets are not shown', async () => {
    const broken = `${job.slice(0, -1)} // }`;
    const [refused, none] = await send(broken, false);
    expect([refused, none]).toEqual([expect.stringContaining('the body is no JSON'), undefined]);
    const [, exchange] = await send(broken, true);
    expect(exchange?.requestBytes).toBe(broken.length);
    expect(exchange?.answer?.status).toBe(400);
    expect(JSON.stringify(exchange)).not.toContain(developmentAccount.key);
  });
});

describe('a job that is followed', () => {
  const otherId = 'fedcba9876543210fedcba9876543210';

  it('is one of the service that was called, which is added with the key of the call', async () => {
    const submit = await place.session('bes-submit', file(job, 'batch'));
    const exchange = await sent(place, submit, { key: 'subscription:team-a' });
    await submit.take('follow');
    const [service] = place.services;
    expect(place.followed).toEqual([[service?.address, jsonOf(exchange), false]]);
    expect(new URL(exchange.url).pathname).toBe(`${new URL(service?.address ?? '').pathname}/jobs`);
    expect(place.secrets.get(service?.address ?? '')).toEqual({ subscriptionKey: place.subscriptionKey('team-a') });
    // It is known from now on.
    await submit.take('follow');
    expect([place.services.length, place.followed.length]).toEqual([1, 2]);
  });

  it('is not one of another service of the same API, nor of none', async () => {
    const target = place.target('bes-start');
    const shape = await target.read(new AbortController().signal, () => undefined);
    const [base = ''] = shape.bases;
    const known = place.addService({});
    const exchange: Exchange = {
      service: { name: 'x', address: 'x' }, source: 'x', method: 'POST', url: 'x', requestHeaders: [], requestBody: '', requestBytes: 0, startedAt: 0, durationMs: 0, earlierAttempts: [],
      tables: [], notes: [], answer: { status: 204, statusText: '', headers: [], body: new Uint8Array() },
    };
    const draft = (values: Readonly<Record<string, string>>): CallDraft =>
      ({ base, values: shape.parameters.map(({ name, value }) => values[name] ?? value), headers: [], body: '', key: 'none', serviceKey: false });
    target.after(exchange, draft({ jobid: 'j1', service: otherId }));
    await target.take('follow');
    expect(place.services.map(({ address }) => address)).toEqual([known.address, expect.stringContaining(otherId)]);
    expect(place.followed).toEqual([[place.services[1]?.address, 'j1', true]]);
    target.after(exchange, draft({ jobid: 'j2', service: '' }));
    await expect(target.take('follow')).rejects.toThrow('The address of the service behind "AzureML Demo API" cannot be told from what the page holds.');
    expect(place.followed).toHaveLength(1);
  });
});
