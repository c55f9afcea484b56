// The panel of a test after a reload: it says that it looks for the service, that there is none any more, or why it was not found.

import { beforeEach, expect, it, vi } from 'vitest';
import type { FromTestPage, ToTestPage } from '../../../../../src/features/tryIt/test/messages';
import { noTest, type TestSession } from '../../../../../src/features/tryIt/test/testSession';
import { TestPanel, type TestPanelParts } from '../../../../../src/features/tryIt/ui/testPanel';
import { Cancelled } from '../../../../../src/model/errors';
import type { Service } from '../../../../../src/model/service';
import type { ActionContext } from '../../../../../src/ui/errorActions';
import { someActions } from '../../../ui/someActions';
import { service } from '../../jobs/runnerBench';

vi.mock('vscode', () => ({ l10n: {}, Uri: { joinPath: () => ({ toString: () => 'uri' }) } }));

/** A look for a service that ends when it is told to. */
interface Found {
  readonly promise: Promise<Service | undefined>;
  readonly resolve: (service: Service | undefined) => void;
  readonly reject: (error: Error) => void;
}

function later(): Found {
  let [resolve, reject]: [Found['resolve'], Found['reject']] = [() => undefined, () => undefined];
  const promise = new Promise<Service | undefined>((done, fail) => void ([resolve, reject] = [done, fail]));
  return { promise, resolve, reject };
}

let told: ToTestPage[];
let running: Promise<unknown>[];
let found: Found;
let wanted: string[];
let loads: number;
let opened: unknown[];
let hear: (message: FromTestPage) => void;
let panel: TestPanel;

const isParts = (value: unknown): value is TestPanelParts => typeof value === 'object' && value !== null;
const isPage = (value: unknown): value is Parameters<TestPanel['adopt']>[0] => typeof value === 'object' && value !== null;
const isSession = (value: unknown): value is TestSession => typeof value === 'object' && value !== null;

beforeEach(() => {
  [told, running, wanted, opened, loads, found] = [[], [], [], [], 0, later()];
  const session: unknown = {
    onDidChange: () => ({ dispose: () => undefined }), load: () => Promise.resolve(void (loads += 1)), dispose: () => undefined, discard: () => undefined, restart: () => undefined,
    called: { ...service, address: 'https://gateway/s' }, shown: () => ({ json: '{}', left: [] }),
    view: () => ({ ...noTest, service: 'https://h/s', title: 'Weather' }),
  };
  expect.assert(isSession(session));
  const never = (): object => ({ dispose: () => undefined });
  const parts: unknown = {
    extensionUri: {}, dialogs: {}, session: () => session,
    openFile: ({ address }: Service, shown: unknown) => Promise.resolve(void opened.push(address, shown)),
    find: (choice: string) => {
      wanted.push(choice);
      return found.promise;
    },
    reporter: {
      actions: someActions(), describe: (error: unknown) => ({ sentence: String(error), actions: ['showLog'] }),
      act: (_: string, { retry }: ActionContext) => retry?.(),
      run: (work: () => Promise<void>) => {
        running.push(Promise.resolve(work()));
        return running.at(-1);
      },
    },
  };
  expect.assert(isParts(parts));
  panel = new TestPanel(parts);
  const page: unknown = {
    visible: true, reveal: () => undefined, onDidDispose: never, dispose: () => undefined, onDidChangeViewState: never,
    webview: {
      asWebviewUri: () => 'uri', postMessage: (message: ToTestPage) => Promise.resolve(told.push(message)),
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
    },
  };
  expect.assert(isPage(page));
  panel.adopt(page, { service: 'https://h/s' });
  hear({ type: 'ready' });
});

async function settle(): Promise<void> {
  for (let seen = -1; seen !== running.length;) {
    seen = running.length;
    await Promise.all(running);
  }
}

/** The page that was told last. */
function state(): unknown {
  return told.at(-1);
}

it('says that it looks for the service, and shows it', async () => {
  await vi.waitFor(() => expect(state()).toMatchObject({ type: 'test', busy: 'reading' }));
  expect(state()).not.toHaveProperty('service');
  found.resolve(service);
  await settle();
  expect([state(), wanted, loads]).toEqual([{ ...noTest, service: 'https://h/s', title: 'Weather' }, ['https://h/s'], 1]);
});

it('says that the service is gone, also to a page that comes again', async () => {
  found.resolve(undefined);
  await settle();
  const gone = { ...noTest, problem: { sentence: 'The service that was tested here is not among yours any more.', actions: [] } };
  expect(state()).toEqual(gone);
  told = [];
  hear({ type: 'ready' });
  await settle();
  expect(state()).toEqual(gone);
  await panel.show(service);
  await settle();
  panel.forget(service.address);
  await settle();
  expect(state()).toEqual(noTest);
});

it('says why it was not found, and looks once more', async () => {
  found.reject(new Error('the sample does not start'));
  await settle();
  expect(state()).toMatchObject({ problem: { sentence: 'Error: the sample does not start', actions: ['showLog', 'retry'] } });
  found = later();
  found.resolve(service);
  hear({ type: 'action', action: 'retry' });
  await settle();
  expect([state(), wanted]).toMatchObject([{ title: 'Weather' }, ['https://h/s', 'https://h/s']]);
});

it('says nothing where the person has stopped it, or has opened another one', async () => {
  found.reject(new Cancelled());
  await settle();
  expect(state()).toEqual(noTest);
  found = later();
  hear({ type: 'action', action: 'retry' });
  await panel.show(service);
  found.resolve(undefined);
  await settle();
  expect([state(), loads]).toMatchObject([{ title: 'Weather' }, 1]);
});

it('a file goes the way that was chosen', async () => {
  found.resolve(undefined);
  await settle();
  await panel.show(service);
  hear({ type: 'openFile' });
  await settle();
  expect(opened).toEqual(['https://gateway/s', { json: '{}', left: [] }]);
});
