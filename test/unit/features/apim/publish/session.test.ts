// A publishing in a window: one thing at a time, problems on the page, and the service in the sidebar when it is done.

import { beforeEach, describe, expect, it } from 'vitest';
import { KeyStore } from '../../../../../src/features/services/keyStore';
import { ServiceStore } from '../../../../../src/features/services/serviceStore';
import { Emitter } from '../../../../../src/model/lifetime';
import { HumanError, messageOf } from '../../../../../src/model/errors';
import type { Service } from '../../../../../src/model/service';
import { factsOf } from '../../../../../src/protocols/registry';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import type { ApiDefinition } from '../../../../../src/features/apim/definition/definition';
import { afterPublish, gatewayServiceIn, knownOutcome } from '../../../../../src/features/apim/publish/afterPublish';
import { gatewayService } from '../../../../../src/features/apim/publish/gatewayService';
import { propertiesOf } from '../../../../../src/features/apim/publish/reading';
import { PublishSession } from '../../../../../src/features/apim/publish/session';
import { MemoryBox } from '../../../base/secretBox';
import { instance, serviceKey, someDefinition, usualArm } from '../definitions';
import { armFailure } from '../fakeArm';
import { Computer, still } from './publishTools';

const hasJobs = (service: Service): boolean => factsOf(service).noJobs === undefined;
let services: ServiceStore;
let keys: KeyStore;
let setting: unknown;

beforeEach(() => {
  setting = [];
  services = new ServiceStore({
    read: () => setting,
    write: (value) => Promise.resolve(void (setting = value)),
    onDidChange: new Emitter<void>().event,
  });
  keys = new KeyStore(new MemoryBox());
});

async function session(computer = new Computer(), definition: ApiDefinition = someDefinition()): Promise<PublishSession> {
  const { publishing } = await computer.planned(definition);
  return new PublishSession({
    arms: () => Promise.resolve(computer.arm),
    journal: computer.journal(),
    askServiceKey: () => Promise.resolve(serviceKey),
    describe: (error) => ({ sentence: messageOf(error), ...(error instanceof HumanError ? {} : { detail: 'fault' }) }),
    finish: (done, signal) => afterPublish({ arm: computer.arm, services, keys, hasJobs }, done, signal),
    known: (done) => knownOutcome(services, hasJobs, done),
  }, publishing);
}

/** The definition without some of its resources. */
function without(definition: ApiDefinition, ...kinds: readonly string[]): ApiDefinition {
  return { ...definition, resources: definition.resources.filter(({ kind }) => !kinds.includes(kind)) };
}

describe('applying', () => {
  it('adds the service through its gateway, with the key of callers in the secret store', async () => {
    const now = await session();
    await now.apply();
    const address = 'https://gateway.example/azureml-demo/workspaces/w1/services/s1';
    expect(now.view().outcome).toEqual({ sentences: ['"AzureML Demo API at contoso" is in the sidebar: requests go through the gateway.'], send: true, jobs: true });
    const service = services.find(address);
    expect(service?.name).toBe('AzureML Demo API at contoso');
    expect(service && (await keys.of(service))).toEqual({ subscriptionKey: 'primary-key-of-callers' });
    expect(JSON.stringify([setting, now.view()])).not.toContain('primary-key');
    expect(gatewayServiceIn(services, now.publishing)).toEqual(service);
  });

  it('keeps the names that callers of the API send their keys under, and adds the service with them', async () => {
    const arm = usualArm();
    const names = { header: 'X-Team-Key', query: 'team-key' };
    arm.set('/apis/azureml-demo', { displayName: 'Theirs', path: 'azureml-demo', subscriptionKeyParameterNames: names });
    const definition = someDefinition();
    const usual = { subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' } };
    const resources = definition.resources.map((each) =>
      (each.kind === 'api' ? { ...each, body: { properties: { ...propertiesOf(each.body), ...usual } } } : each));
    const now = await session(new Computer(arm), { ...definition, resources });
    await now.apply();
    expect(arm.there('/apis/azureml-demo')).toMatchObject({ displayName: 'AzureML Demo API', subscriptionKeyParameterNames: names });
    expect(services.find('https://gateway.example/azureml-demo/workspaces/w1/services/s1')?.subscriptionKeyHeader).toBe('X-Team-Key');
    await now.checkDrift();
    expect(now.drift).toEqual([]);
  });

  it('and undoing write nothing where the account may only read', async () => {
    const computer = new Computer();
    const now = await session(computer);
    const find = computer.arm.find.bind(computer.arm);
    computer.arm.find = (path, options) =>
      path.endsWith('/Microsoft.Authorization/permissions') ? Promise.resolve({ status: 200, body: { value: [{ actions: ['*/read'] }] } }) : find(path, options);
    for (const work of [() => now.apply(), () => now.undo()]) {
      await work();
      expect(now.view().problem?.sentence).toContain('may only read contoso');
    }
    expect(computer.arm.calls.filter((call) => /^(?:PUT|DELETE)/.test(call))).toEqual([]);
    computer.arm.find = find;
    await now.apply();
    expect(now.view().problem).toBeUndefined();
  });

  it('finds the service that is there already', async () => {
    const now = await session();
    await now.apply();
    await now.apply();
    expect(services.workspaces().flatMap((workspace) => workspace.services)).toHaveLength(1);
  });

  it('gives the key of the service along where the gateway does not add it and it is known', async () => {
    const read = endpointAt('https://region.example/workspaces/w1/services/s1');
    if (!read.ok) throw new Error(read.reason);
    const definition = someDefinition('existing', { addsKey: false });
    const unkeyed = await session(new Computer(), definition);
    await unkeyed.apply();
    expect(unkeyed.view().outcome?.sentences[1]).toContain('The gateway does not add the key of the service, and none is set here');
    const own = await services.add({ name: 'Weather', endpoint: read.endpoint });
    await keys.set('serviceKey', own, serviceKey);
    const now = await session(new Computer(), definition);
    await now.apply();
    const service = gatewayServiceIn(services, now.publishing);
    expect(service && (await keys.of(service))).toEqual({ subscriptionKey: 'primary-key-of-callers', serviceKey });
  });

  it.each([
    ['keys that may not be read', 'forbidden', 'Its subscription key could not be read'],
  ] as const)('tells of %s', async (_, reason, sentence) => {
    const computer = new Computer();
    computer.arm.post = () => Promise.reject(armFailure(reason, 403));
    const now = await session(computer);
    await now.apply();
    expect(now.view().outcome?.sentences[1]).toContain(sentence);
  });

  it('tells that there is no key for callers, and which operations are missing after all', async () => {
    const computer = new Computer();
    const now = await session(computer, without(someDefinition(), 'subscription'));
    now.onDidChange(() => computer.arm.take('/apis/azureml-demo/operations/bes-start'));
    await now.apply();
    expect(now.view().outcome?.sentences.slice(1).join(' ')).toMatch(/missing after all: BES Start\..*No key for callers was made/);
  });

  it('shows on the page what went wrong, at its line, and carries on', async () => {
    const computer = new Computer();
    const now = await session(computer);
    computer.arm.around = ({ path, when }) => {
      if (path.endsWith('/bes-start') && when === 'before') throw armFailure('locked', 409, 'ScopeLocked');
    };
    await now.apply();
    expect(now.view()).toMatchObject({ phase: 'stopped', problem: { sentence: 'It says locked.', line: '/apis/azureml-demo/operations/rrs-execute' } });
    const later = now.view();
    expect(later.lines[2]).toMatchObject({ sign: 'failed', state: 'failed' });
    computer.arm.around = () => undefined;
    await now.apply();
    expect(now.view()).toMatchObject({ phase: 'done', left: 0 });
    expect(now.view().problem).toBeUndefined();
  });

  it('does one thing at a time, tells what waits, and stops between two steps', async () => {
    const computer = new Computer();
    const put = computer.arm.put.bind(computer.arm);
    computer.arm.put = (path, body, options) => {
      options.onWait?.({ reason: 'busy', seconds: 5 });
      return put(path, body, options);
    };
    const now = await session(computer);
    const seen = new Set<string>();
    now.onDidChange(() => {
      const { busy, lines } = now.view();
      seen.add(String(busy));
      for (const { state } of lines) seen.add(state);
      if (now.publishing.steps[0]?.state === 'done') now.stop();
    });
    await Promise.all([now.apply(), now.undo(), now.choose('/apis/azureml-demo', false)]);
    expect([...seen]).toEqual(expect.arrayContaining(['applying', 'the instance is busy: waits 5 seconds', 'done']));
    expect(now.view()).toMatchObject({ phase: 'stopped', taken: 1 });
    expect(now.view().problem).toBeUndefined();
  });

  it('shows a fault of the disk, and has written nothing at the instance', async () => {
    const computer = new Computer();
    const now = await session(computer);
    computer.dieAt = computer.moments + 1;
    await now.apply();
    expect(now.view().problem?.detail).toBe('fault');
    expect(computer.arm.calls.filter((call) => call.startsWith('PUT'))).toEqual([]);
  });
});

describe('before and after', () => {
  it('chooses a line of several operations as one, and writes it down', async () => {
    const computer = new Computer();
    const now = await session(computer);
    await now.choose('/apis/azureml-demo/operations/rrs-execute', false);
    expect(now.view().lines[2]).toMatchObject({ chosen: false, open: true });
    expect(now.view().lines[3]).toMatchObject({
      kind: 'API policy', chosen: false, why: 'It needs "RRS Execute" (operation), which is left out.',
    });
    expect((await computer.found()).publishing.steps.filter(({ chosen }) => !chosen)).toHaveLength(6);
    await now.choose('/apis/azureml-demo/policies/policy', true);
    expect(now.view().left).toBe(11);
  });

  it('looks again, and keeps what was left out', async () => {
    const computer = new Computer();
    const now = await session(computer);
    await now.choose('/subscriptions/team-a', false);
    computer.arm.set('/apis/azureml-demo', { displayName: 'Old', path: 'azureml-demo' });
    await now.planAgain();
    expect(now.view().lines.map(({ action, chosen }) => `${action} ${chosen}`)).toEqual([
      'make true', 'change true', 'make true', 'make true', 'change true', 'make true', 'make false',
    ]);
  });

  it.each([['update', 'change API', []], ['revision', 'make API', ['It is revision 2, which callers reach by its number until it is made the current one.']]] as const)(
    'takes the way out of a conflict: %s', async (kind, line, notes) => {
      const arm = usualArm();
      arm.set('/apis/other', { displayName: 'Other', path: 'azureml-demo' });
      arm.set('/products/starter/apis/other', {});
      const now = await session(new Computer(arm));
      await now.decide('/apis/azureml-demo', kind);
      const [, api] = now.view().lines;
      expect(`${api?.action ?? ''} ${api?.kind ?? ''}`).toBe(line);
      expect(api?.notes).toEqual(notes);
      expect(now.view().lines.every(({ action, chosen }) => chosen || action === 'leave')).toBe(true);
      await now.apply();
      expect(now.view().phase).toBe('done');
      expect(gatewayServiceIn(services, now.publishing)?.address).toContain(kind === 'revision' ? '/azureml-demo;rev=2/' : '/azureml-demo/workspaces');
    });

  it('undoes, and can be planned anew', async () => {
    const now = await session();
    await now.apply();
    await now.checkDrift();
    expect(now.view().drift).toEqual([]);
    await now.undo();
    expect(now.view()).toMatchObject({ phase: 'undone', canUndo: false });
    expect(now.view().outcome).toBeUndefined();
    await now.planAgain();
    expect(now.view()).toMatchObject({ phase: 'review', left: 11 });
  });

  it('does not plan anew in the middle', async () => {
    const now = await session();
    await now.apply();
    const before = now.publishing;
    await now.planAgain();
    await now.decide('/apis/azureml-demo', 'update');
    expect(now.publishing).toBe(before);
  });

  it('tells of the service in the sidebar again after a reload', async () => {
    const computer = new Computer();
    const now = await session(computer);
    await now.apply();
    expect(knownOutcome(services, hasJobs, (await computer.found()).publishing)).toMatchObject({ send: true, jobs: true });
    setting = [];
    expect(knownOutcome(services, hasJobs, (await computer.found()).publishing)).toBeUndefined();
  });
});

describe('the service through its gateway', () => {
  const at = (definition: ApiDefinition, gatewayUrls: readonly string[] = ['https://gateway.example/']): unknown => {
    const made = gatewayService(definition, { ...instance, gatewayUrls });
    return made.ok ? [toService(made.service).address, hasJobs(toService(made.service))] : made.reason;
  };

  it('has the path of the service behind the suffix of the API', () => {
    expect(at(someDefinition())).toEqual(['https://gateway.example/azureml-demo/workspaces/w1/services/s1', true]);
    expect(at(someDefinition('existing', { path: '' }))).toEqual(['https://gateway.example/workspaces/w1/services/s1', true]);
  });

  it('has the short path, on which no batch job runs', () => {
    const definition = someDefinition('existing', { shortPaths: true });
    const short = { ...definition, resources: definition.resources.map((each) => (each.path.endsWith('rrs-execute')
      ? { ...each, body: { properties: { method: 'POST', urlTemplate: '/score?format={format}' } } } : each)) };
    expect(at(short)).toEqual(['https://gateway.example/azureml-demo/score', false]);
  });

  it('tells that no batch job runs at a short path', async () => {
    const definition = someDefinition('existing', { shortPaths: true });
    const now = await session(new Computer(), { ...definition, resources: definition.resources.map((each) => (each.path.endsWith('rrs-execute')
      ? { ...each, body: { properties: { displayName: 'RRS Execute', method: 'POST', urlTemplate: '/score' } } } : each)) });
    await now.apply();
    expect(now.view().outcome).toMatchObject({ jobs: false, send: true, sentences: [expect.any(String), expect.stringContaining('A batch job needs the paths with ids')] });
  });

  it('has the name of the header that the API reads keys from', () => {
    const definition = someDefinition();
    const renamed = { ...definition, resources: definition.resources.map((each) => (each.kind === 'api'
      ? { ...each, body: { properties: { serviceUrl: 'https://region.example', subscriptionKeyParameterNames: { header: 'X-Key' } } } } : each)) };
    const made = gatewayService(renamed, instance);
    expect(made.ok && made.service.subscriptionKeyHeader).toBe('X-Key');
  });

  it('is none without an address that can be used', async () => {
    expect(at(someDefinition(), [])).toContain('tells no address of its gateway');
    expect(at(someDefinition(), ['ftp://x'])).toContain('cannot be used');
    expect(at({ ...someDefinition(), service: { name: 'W', address: 'https://elsewhere.example/score' } })).toContain('cannot be used');
    const made = await session();
    expect(await afterPublish({ arm: usualArm(), services, keys, hasJobs }, made.publishing, still())).toBeUndefined();
  });
});
