// The page of a service while more becomes known of it.

import { expect, it, vi } from 'vitest';
import type { ToServicePage } from '../../../../../src/features/code/messages';
import { ServicePanel, type ServicePanelParts } from '../../../../../src/features/code/ui/servicePanel';
import { parseEndpoint } from '../../../../../src/protocols/studio/endpoint';
import { someActions } from '../../../ui/someActions';

vi.mock('vscode', () => ({ l10n: {}, Uri: { joinPath: () => ({ toString: () => 'uri' }) }, window: {} }));

const address = 'https://host.example/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210';

function isParts(value: unknown): value is ServicePanelParts {
  return typeof value === 'object' && value !== null;
}

function isPage(value: unknown): value is Parameters<ServicePanel['adopt']>[0] {
  return typeof value === 'object' && value !== null;
}

it('ends with what was asked for last, where an earlier call takes longer', async () => {
  const read = parseEndpoint(address);
  expect.assert(read.ok);
  const service = { name: 'G', address, endpoint: read.endpoint, subscriptionKeyHeader: 'K' };
  const never = () => ({ dispose: () => undefined });
  const answers: (() => void)[] = [];
  const told: ToServicePage[] = [];
  let describe: (state: unknown) => void = () => undefined;
  let hear: (message: unknown) => void = () => undefined;
  const parts: unknown = {
    extensionUri: {}, reporter: { actions: someActions(), run: (work: () => Promise<void>) => work() },
    services: { find: () => service, onDidChange: never },
    descriptions: {
      has: () => true, known: () => Promise.resolve(undefined), onDidChange: never,
      get: () => new Promise((resolve) => (describe = resolve)),
    },
    lastExchange: () => new Promise((resolve) => answers.push(() => resolve({}))),
  };
  expect.assert(isParts(parts));
  const page: unknown = {
    visible: true, onDidChangeViewState: never, onDidDispose: never,
    webview: {
      asWebviewUri: () => 'uri', postMessage: (message: ToServicePage) => Promise.resolve(told.push(message)),
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
    },
  };
  expect.assert(isPage(page));
  new ServicePanel(parts).adopt(page, { address });
  hear({ type: 'ready' });
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  describe({ kind: 'none', problem: { sentence: 'There is no description.' } });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  await vi.waitFor(() => expect(told).toHaveLength(1));
  answers[0]?.();
  await new Promise((resolve) => setTimeout(resolve));
  expect(told.map(({ described }) => described?.state)).toEqual(['unknown']);
});
