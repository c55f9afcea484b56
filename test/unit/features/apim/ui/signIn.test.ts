// Signing in by VS Code's accounts: silent but where a person has clicked, one token for each account and directory.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzureAccounts, configuredCloud } from '../../../../../src/features/apim/ui/signIn';
import { Cancelled } from '../../../../../src/model/errors';

interface Ask {
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly options: { readonly silent?: boolean; readonly createIfNone?: unknown; readonly forceNewSession?: unknown; readonly account?: { readonly id: string } };
}

const editor = vi.hoisted(() => ({
  asks: [] as Ask[],
  accounts: [] as { id: string; label: string }[],
  settings: new Map<string, unknown>(),
  folderSettings: new Map<string, unknown>(),
  session: ((): unknown => undefined) as (ask: Ask) => unknown,
  change: (() => undefined) as (event: { provider: { id: string } }) => void,
}));

vi.mock('vscode', () => ({
  authentication: {
    getAccounts: () => Promise.resolve(editor.accounts),
    getSession: (provider: string, scopes: readonly string[], options: Ask['options']) => {
      const ask = { provider, scopes, options };
      editor.asks.push(ask);
      return Promise.resolve().then(() => editor.session(ask));
    },
    onDidChangeSessions: (listener: typeof editor.change) => {
      editor.change = listener;
      return { dispose: () => undefined };
    },
  },
  workspace: {
    getConfiguration: (section: string) => ({
      inspect: (name: string) => ({ globalValue: editor.settings.get(`${section}.${name}`), workspaceValue: editor.folderSettings.get(`${section}.${name}`) }),
      get: (name: string) => editor.folderSettings.get(`${section}.${name}`) ?? editor.settings.get(`${section}.${name}`),
    }),
  },
}));

let accounts: AzureAccounts;
let nowMs = 0;
beforeEach(() => {
  nowMs = 0;
  editor.asks = [];
  editor.accounts = [{ id: 'a', label: 'ann' }, { id: 'b', label: 'bob' }];
  editor.settings.clear();
  editor.folderSettings.clear();
  // Bob has not allowed it.
  editor.session = ({ options: { account } }) => (account?.id === 'b' ? undefined : { accessToken: `token of ${account?.id ?? 'the preferred one'}` });
  accounts = new AzureAccounts(configuredCloud, () => nowMs);
});

const interactive = (): Ask[] => editor.asks.filter(({ options }) => options.silent !== true);

it('who is signed in and has allowed it is found without a word', async () => {
  expect(await accounts.accounts()).toEqual([{ id: 'a', label: 'ann' }]);
  expect(interactive()).toEqual([]);
});

it('whoever VS Code has is signed in, whether a token can be had or not', async () => {
  editor.session = () => undefined;
  expect([...(await accounts.signedIn() ?? [])]).toEqual(['a', 'b']);
  expect(editor.asks).toEqual([]);
});

it('a token is that of the account and the directory, for the endpoint that is set', async () => {
  expect(await accounts.token({ accountId: 'a', tenantId: 't' }, false)).toBe('token of a');
  expect(editor.asks).toEqual([{
    provider: 'microsoft', scopes: ['https://management.azure.com/.default', 'VSCODE_TENANT:t'], options: { silent: true, account: { id: 'a', label: 'ann' } },
  }]);
  expect(await accounts.token({}, true)).toBe('token of the preferred one');
  expect(interactive()).toEqual([]);
});

describe('one token serves all calls of some seconds', () => {
  const asked = async (refused = false): Promise<number> => {
    editor.asks = [];
    await accounts.token({ accountId: 'a', tenantId: 't' }, refused);
    return editor.asks.length;
  };

  it('and is asked for anew after them', async () => {
    expect(await asked()).toBe(1);
    nowMs = 4999;
    expect(await asked()).toBe(0);
    nowMs = 5000;
    expect(await asked()).toBe(1);
  });

  it('but for one that was refused: the new one serves from then on', async () => {
    await asked();
    editor.session = () => ({ accessToken: 'a new one' });
    expect(await asked(true)).toBe(1);
    expect([await asked(), await accounts.token({ accountId: 'a', tenantId: 't' }, false)]).toEqual([0, 'a new one']);
  });

  it('of one account and one directory at one endpoint', async () => {
    await asked();
    await accounts.token({ accountId: 'a', tenantId: 'u' }, false);
    expect(editor.asks).toHaveLength(2);
    editor.settings.set('azuremlWebServices.armEndpoint', 'https://arm.example');
    expect(await asked()).toBe(1);
  });

  it('until somebody signs in or out, also while it is asked for', async () => {
    await asked();
    editor.change({ provider: { id: 'github' } });
    expect(await asked()).toBe(0);
    editor.change({ provider: { id: 'microsoft' } });
    expect(await asked()).toBe(1);
    editor.session = () => {
      editor.change({ provider: { id: 'microsoft' } });
      return { accessToken: 'of before' };
    };
    expect(await asked(true)).toBe(1);
    expect(await asked()).toBe(1);
  });

  it('until a person has signed in again, perhaps as another', async () => {
    await asked();
    await accounts.signInAgain({ accountId: 'a', tenantId: 't' });
    expect(await asked()).toBe(1);
  });

  it('and nobody is signed in once VS Code says so', async () => {
    editor.session = () => undefined;
    await expect(accounts.token({}, false)).rejects.toMatchObject({ reason: 'signIn' });
    await expect(accounts.token({}, false)).rejects.toMatchObject({ reason: 'signIn' });
  });
});

it('sovereign clouds have their own provider, and a folder has no say', async () => {
  editor.folderSettings.set('microsoft-sovereign-cloud.environment', 'ChinaCloud');
  editor.folderSettings.set('azuremlWebServices.armEndpoint', 'https://evil.example');
  await accounts.token({}, false);
  editor.settings.set('microsoft-sovereign-cloud.environment', 'USGovernment');
  await accounts.token({}, false);
  expect(editor.asks.map(({ provider, scopes }) => [provider, scopes[0]])).toEqual([
    ['microsoft', 'https://management.azure.com/.default'], ['microsoft-sovereign-cloud', 'https://management.usgovcloudapi.net/.default'],
  ]);
});

it.each([[{}], [{ accountId: 'gone' }], [{ accountId: 'b' }], [{ tenantId: 't' }]])('without a session there is an error with a button, and no dialog: %j', async (identity) => {
  editor.session = () => undefined;
  await expect(accounts.token(identity, false)).rejects.toMatchObject({ name: 'ArmFailed', reason: 'signIn', actions: ['signIn'] });
  expect(interactive()).toEqual([]);
});

it('a provider that is not there has nobody', async () => {
  editor.session = () => {
    throw new Error('Timed out waiting for authentication provider to register');
  };
  expect(await accounts.accounts()).toEqual([]);
  await expect(accounts.token({}, false)).rejects.toMatchObject({ reason: 'signIn' });
});

describe('a click', () => {
  it('asks for the first sign-in, or one more account', async () => {
    await accounts.signIn();
    expect(editor.asks).toEqual([{ provider: 'microsoft', scopes: ['https://management.azure.com/.default'], options: { createIfNone: true, clearSessionPreference: true } }]);
  });

  it('asks again where there is a session, for the directory whose token was refused', async () => {
    await accounts.token({ accountId: 'a', tenantId: 't' }, true);
    await accounts.signInAgain();
    expect(interactive()).toEqual([{
      provider: 'microsoft', scopes: ['https://management.azure.com/.default', 'VSCODE_TENANT:t'], options: { forceNewSession: true, account: { id: 'a', label: 'ann' } },
    }]);
  });

  it('asks for a session where there is none', async () => {
    await accounts.signInAgain({ accountId: 'b' });
    expect(interactive().map(({ options }) => options)).toEqual([{ createIfNone: true, account: { id: 'b', label: 'bob' } }]);
  });

  it('that is left with Esc is no error; what else fails is told', async () => {
    editor.session = () => {
      throw new Error('User did not consent to login.');
    };
    await expect(accounts.signIn()).rejects.toBeInstanceOf(Cancelled);
    editor.session = () => {
      throw new Error('No network.');
    };
    await expect(accounts.signIn()).rejects.toMatchObject({ reason: 'signIn', message: 'Signing in to Azure failed: No network.' });
  });
});

it("sessions of others than Microsoft's are nobody's business here", () => {
  let told = 0;
  accounts.onDidChange(() => (told += 1));
  editor.change({ provider: { id: 'github' } });
  editor.change({ provider: { id: 'microsoft' } });
  expect(told).toBe(1);
});
