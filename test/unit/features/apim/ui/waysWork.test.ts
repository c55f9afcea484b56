// "Compare Direct and Through Gateway…" in a window: what is sent is what the page has told, calls of all comparisons count, and the export.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { lineOf } from '../../../../../src/features/apim/ui/accessTools';
import { WaysWork } from '../../../../../src/features/apim/ui/waysWork';
import type { ToWaysPage } from '../../../../../src/features/apim/ways/messages';
import { InvalidInput, messageOf } from '../../../../../src/model/errors';
import type { Service } from '../../../../../src/model/service';
import type { ScoreCall, ScoreRequest } from '../../../../../src/protocols/protocol';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { readRequest } from '../../../../../src/protocols/registry';
import { MemoryBox } from '../../../base/secretBox';
import { instance } from '../definitions';
import { FakeArm } from '../fakeArm';
import { editor, pages } from './publishEditor';

const front = vi.hoisted(() => ({ text: '', written: [] as { language: string; content: string }[] }));
vi.mock('vscode', async () => {
  const { vscode } = await import('./publishEditor');
  const uri = { path: '/folder/day.json', scheme: 'file', toString: () => 'file:///folder/day.json' };
  const document = { uri, languageId: 'json', getText: () => front.text };
  return {
    ...vscode,
    workspace: {
      ...vscode.workspace, isTrusted: true, textDocuments: [document], getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise, inspect: () => undefined }),
      openTextDocument: (what: { language: string; content: string }) => Promise.resolve(void front.written.push(what)),
    },
    window: { ...vscode.window, activeTextEditor: { document } },
  };
});
vi.mock('../../../../../src/ui/initialisePanel', async () => (await import('./publishEditor')).initialisePanel);

const isParts = (value: unknown): value is ConstructorParameters<typeof WaysWork>[0] => isObject(value);
const isState = (value: unknown): value is ToWaysPage => isObject(value) && value['type'] === 'ways';
const bodyOf = (word: string): string => JSON.stringify({ Inputs: { input1: { ColumnNames: ['a'], Values: [[word]] } }, GlobalParameters: {} });

let folder: string;
let work: WaysWork;
let sent: string[];
let arm: FakeArm;
let answers: boolean;
let tableOnly: string | undefined;
let direct: Service;

function service(address: string, name: string): Service {
  const read = endpointAt(address);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name, endpoint: read.endpoint });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ways-'));
  [pages.told, editor.answers, editor.notified, front.written, sent] = [[], [], [], [], []];
  direct = service('https://region.example/workspaces/w1/services/s1', 'Weather');
  const services = [direct, service('https://gateway.example/demo/workspaces/w1/services/s1', 'Weather at contoso')];
  arm = new FakeArm();
  [answers, tableOnly] = [false, undefined];
  const texts = new Map<ScoreRequest, string>();
  const read = (text: string, from?: Service): ScoreRequest => {
    const request = readRequest(text, from);
    texts.set(request, text);
    return request;
  };
  const parts: unknown = {
    context: { extensionUri: {}, globalStorageUri: { fsPath: folder }, secrets: new MemoryBox() },
    reporter: {
      actions: { has: () => false, pageLabels: () => ({}) }, run: (run: () => Promise<void>) => run(),
      describe: (error: unknown) => ({ sentence: messageOf(error), ...(error instanceof InvalidInput ? { actions: error.actions } : {}) }),
    },
    transport: () => Promise.resolve({}), services: { services: { workspaces: () => [{ services }], find: (address: string) => services.find((each) => each.address === address) }, keys: { of: () => Promise.resolve({}) } },
    scoring: { panel: {}, readRequest: read }, descriptions: { get: () => Promise.resolve(undefined) }, describingOf: () => undefined,
    lastRequest: () => Promise.resolve(bodyOf('last')), arms: () => Promise.resolve(arm), log: () => undefined, credentialOf: () => ({}),
    score: ({ request, service }: ScoreCall) => {
      sent.push(/"(last|file|mended)"/.exec(texts.get(request) ?? '')?.[1] ?? '');
      if (tableOnly !== undefined) {
        const body = service.name === 'Weather' ? texts.get(request) ?? '' : tableOnly;
        sent[sent.length - 1] = `${service.name}: ${body}`;
        const shown = { requestBody: body, requestBytes: Buffer.byteLength(body) };
        return Promise.resolve({ durationMs: 1, answer: { status: 200, headers: [], body: Buffer.from('{}') }, tables: [], notes: [], ...shown });
      }
      return Promise.resolve(answers ? { durationMs: 1, answer: { status: 200, headers: [], body: Buffer.from('{}') }, tables: [], notes: [], requestBody: '' } : { durationMs: 1, problem: { sentence: '=1+1 was refused.' } });
    },
  };
  expect.assert(isParts(parts));
  work = new WaysWork(parts);
});
afterEach(() => {
  work.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function page(): ToWaysPage {
  const last = pages.told.findLast(isState);
  expect.assert(last);
  return last;
}

async function say(message: object): Promise<void> {
  pages.onMessage(message);
  await vi.waitFor(() => expect(page().busy).toBeUndefined());
}

async function open(text: string): Promise<void> {
  front.text = text;
  const opened = work.compare({ kind: 'service', service: direct });
  await say({ type: 'ready' });
  await opened;
}

describe('what is sent', () => {
  it('is the file that the page has told, as it is when it is sent', async () => {
    await open(bodyOf('file'));
    expect(page().request).toBe('"day.json" is sent.');
    front.text = bodyOf('mended');
    await say({ type: 'run', turns: 1 });
    expect(sent).toEqual(['mended', 'mended']);
  });

  it('is nothing else where that file is no request any more', async () => {
    await open(bodyOf('file'));
    front.text = '{"Inputs": ';
    await say({ type: 'run', turns: 1 });
    expect([sent, page().problem]).toEqual([[], { sentence: '"day.json" is no request any more, so nothing was sent.', actions: ['retry'] }]);
    front.text = bodyOf('mended');
    await say({ type: 'run', turns: 1 });
    expect(sent).toEqual(['mended', 'mended']);
    front.text = 'no JSON';
    await say({ type: 'refresh' });
    expect(page().request).toBe('The last request of the service is sent.');
  });

  it('is the last request where that was told, also when the file in front becomes one', async () => {
    await open('no request');
    expect(page().request).toBe('The last request of the service is sent.');
    front.text = bodyOf('file');
    await say({ type: 'run', turns: 1 });
    expect(sent).toEqual(['last', 'last']);
    await say({ type: 'refresh' });
    expect(page().request).toBe('"day.json" is sent.');
  });
});

it('opened once more it says what its field says, and keeps what was found until the next run', async () => {
  answers = true;
  await open(bodyOf('file'));
  await say({ type: 'run', turns: 2 });
  await say({ type: 'turns', turns: 50 });
  const found = page().result;
  expect.assert(found);
  await open(bodyOf('file'));
  expect([page().turns, page().ahead[0]?.text, page().result]).toEqual([50, expect.stringMatching(/^50 calls each way, in turns: 100 calls/), found]);
});

it('what a gateway takes in another form alone is sent both ways in that form', async () => {
  tableOnly = bodyOf('table');
  await open('{"Inputs":{"input1":[{"a":"file"}]},"GlobalParameters":{}}');
  await say({ type: 'run', turns: 1 });
  expect(sent).toEqual([expect.stringMatching(/^Weather: .*\[\{"a"/), expect.stringMatching(/^Weather at contoso: .*"table"/), `Weather: ${tableOnly}`, `Weather at contoso: ${tableOnly}`]);
  expect(page().result?.warning).toMatch(/^The gateway took the request in another form alone/);
});

it('calls through the gateway of one comparison count for the limits of the next one', async () => {
  answers = true;
  arm.set('/apis/demo', { displayName: 'Demo', path: 'demo' });
  arm.set('/apis/demo/operations/rrs', { displayName: 'RRS Execute', method: 'POST', urlTemplate: '/workspaces/{workspace}/services/{service}/execute' });
  arm.set('/apis/demo/policies/policy', { value: '<policies><inbound><rate-limit calls="5" renewal-period="3600" /></inbound></policies>', format: 'rawxml' });
  const api = lineOf({ ...instance, sku: 'Developer' }, { kind: 'api', id: `${instance.id}/apis/demo`, name: 'demo', title: 'Demo', path: 'demo' });
  front.text = bodyOf('file');
  for (const [calls, ahead] of [[3, /After 3 of them, 2 are left at most\.$/], [1, /Calls already made from here: 3\. It is shared/]] as const) {
    const opened = work.compare(api);
    await say({ type: 'ready' });
    await opened;
    await say({ type: 'turns', turns: 3 });
    expect(page().ahead.map(({ text }) => text)).toContainEqual(expect.stringMatching(ahead));
    await say({ type: 'run', turns: 3 });
    expect([page().problem, page().result?.calls.rows.filter(([, way]) => way === 'Through the gateway').length]).toEqual([undefined, calls]);
  }
});

it('the calls are exported as the person says, and what a refusal says is no formula', async () => {
  await open(bodyOf('file'));
  await say({ type: 'run', turns: 1 });
  // CSV, guarded.
  editor.answers.push(0, 0);
  await say({ type: 'export' });
  await vi.waitFor(() => expect(front.written.length).toBe(1));
  expect(front.written[0]).toMatchObject({ language: 'csv', content: expect.stringContaining("'=1+1 was refused.") });
});
