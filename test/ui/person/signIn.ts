// Signing in with Microsoft: an extension of tests gives VS Code accounts, whose tokens stand in a file that a test may change.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the sign-in was asked for. */
export interface AskedFor {
  readonly kind: 'find' | 'create' | 'remove';
  /** None where VS Code asks for itself who there is. */
  readonly scopes: readonly string[];
  /** Whose session, where one account was meant. */
  readonly account?: string;
}

/** A folder of extensions with the sign-in beside the packaged extension. */
export interface SignIn {
  readonly extensionsDir: string;
  /** The token that each session has from now on; `tenant` is for those to one directory. */
  give(token: string, tenant?: string): void;
  /** Who signs in next; Ada, as long as nothing is said. */
  next(account: string): void;
  /** A directory to which each has to sign in for itself. */
  close(tenant: string): void;
  /** All that was asked for until now. */
  asked(): readonly AskedFor[];
  remove(): void;
}

/** The first account. */
export const ada = 'ada@contoso.example';

interface State {
  readonly next: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly closed: readonly string[];
}

/**
 * Runs in VS Code. A session is made when a person asks for one, and is there after a reload; it has the token of the file each time that it
 * is looked for. Who is signed in has sessions of all scopes and directories but those that are closed, as with Microsoft's own provider.
 */
function program(stateFile: string, madeFile: string, askedFile: string): string {
  return `const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const [state, made] = [() => read(${JSON.stringify(stateFile)}), () => read(${JSON.stringify(madeFile)})];
const keep = (list) => writeFileSync(${JSON.stringify(madeFile)}, JSON.stringify(list));
const note = (asked) => appendFileSync(${JSON.stringify(askedFile)}, JSON.stringify(asked) + '\\n');
const tenantOf = (scopes) => scopes.find((scope) => scope.startsWith('VSCODE_TENANT:'))?.slice('VSCODE_TENANT:'.length);
const session = (account, scopes) => {
  const tenant = tenantOf(scopes);
  const { tokens } = state();
  return { id: account + '|' + scopes.join(' '), account: { id: account, label: account }, scopes, accessToken: tokens[tenant ?? ''] ?? tokens[''] };
};
exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  subscriptions.push(vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes, options) => {
      const account = options?.account?.id;
      note({ kind: 'find', scopes: scopes ?? [], account });
      const all = made().filter((each) => account === undefined || each.account === account);
      if (!scopes || scopes.length === 0) return [...new Map(all.map((each) => [each.account, session(each.account, each.scopes)])).values()];
      const tenant = tenantOf(scopes);
      const open = all.filter((each) => !state().closed.includes(tenant) || tenantOf(each.scopes) === tenant);
      return [...new Set(open.map((each) => each.account))].map((each) => session(each, scopes));
    },
    createSession: async (scopes, options) => {
      const account = options?.account?.id ?? state().next;
      note({ kind: 'create', scopes, account });
      keep([...made(), { account, scopes }]);
      const added = session(account, scopes);
      changed.fire({ added: [added], removed: [], changed: [] });
      return added;
    },
    removeSession: async (id) => {
      const [account] = id.split('|');
      note({ kind: 'remove', scopes: [], account });
      const removed = made().filter((each) => each.account === account).map((each) => session(account, each.scopes));
      keep(made().filter((each) => each.account !== account));
      changed.fire({ added: [], removed, changed: [] });
    },
  }, { supportsMultipleAccounts: true }));
};
`;
}

/** Puts it into a copy of a folder of installed extensions. */
export function installSignIn(installed: string): SignIn {
  const home = mkdtempSync(join(tmpdir(), 'azureml-sign-in-'));
  const extensionsDir = join(home, 'extensions');
  const [stateFile, madeFile, askedFile] = [join(home, 'state'), join(home, 'made'), join(home, 'asked')];
  cpSync(installed, extensionsDir, { recursive: true });
  writeFileSync(madeFile, '[]');
  writeFileSync(askedFile, '');
  let state: State = { next: ada, tokens: { '': '' }, closed: [] };
  const set = (changed: Partial<State>): void => {
    state = { ...state, ...changed };
    writeFileSync(stateFile, JSON.stringify(state));
  };
  set({});
  const relativeLocation = 'tests.sign-in-1.0.0';
  const folder = join(extensionsDir, relativeLocation);
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.js'), program(stateFile, madeFile, askedFile));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({
    name: 'sign-in', publisher: 'tests', version: '1.0.0', engines: { vscode: '^1.103.0' }, main: './main.js', activationEvents: ['*'],
    extensionKind: ['workspace'], contributes: { authentication: [{ id: 'microsoft', label: 'Microsoft' }] },
  }));
  const listFile = join(extensionsDir, 'extensions.json');
  const list: unknown = JSON.parse(readFileSync(listFile, 'utf8'));
  const location = { $mid: 1, path: folder, scheme: 'file' };
  const entry = { identifier: { id: 'tests.sign-in' }, version: '1.0.0', location, relativeLocation, metadata: {} };
  writeFileSync(listFile, JSON.stringify([...(Array.isArray(list) ? list : []), entry]));
  return {
    extensionsDir,
    give: (token, tenant = '') => set({ tokens: { ...state.tokens, [tenant]: token } }),
    next: (account) => set({ next: account }),
    close: (tenant) => set({ closed: [...state.closed, tenant] }),
    asked: () => readFileSync(askedFile, 'utf8').split('\n').filter((line) => line !== '').map((line): AskedFor => JSON.parse(line)),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
