// Signing in with Microsoft: an extension of tests gives VS Code an account, whose tokens stand in a file that a test may change.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the sign-in was asked for. */
export interface AskedFor {
  readonly kind: 'find' | 'create';
  readonly scopes: readonly string[];
}

/** A folder of extensions with the sign-in beside the packaged extension. */
export interface SignIn {
  readonly extensionsDir: string;
  /** The token that the next session has. */
  give(token: string): void;
  /** All that was asked for until now. */
  asked(): readonly AskedFor[];
  remove(): void;
}

/** Runs in VS Code. A session is made when a person asks for one, and has the token of the file each time that it is looked for. */
function program(tokenFile: string, askedFile: string): string {
  return `const { appendFileSync, readFileSync } = require('node:fs');
const vscode = require('vscode');
const account = { id: 'ada', label: 'ada@contoso.example' };
const made = [];
const sessions = () => made.map((session) => ({ ...session, accessToken: readFileSync(${JSON.stringify(tokenFile)}, 'utf8') }));
const note = (kind, scopes) => appendFileSync(${JSON.stringify(askedFile)}, JSON.stringify({ kind, scopes }) + '\\n');
exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  subscriptions.push(vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes) => {
      note('find', scopes ?? []);
      return sessions().filter((session) => !scopes || scopes.every((scope) => session.scopes.includes(scope)));
    },
    createSession: async (scopes) => {
      note('create', scopes);
      const session = { id: String(made.length), account, scopes };
      made.push(session);
      changed.fire({ added: [session], removed: [], changed: [] });
      return sessions().at(-1);
    },
    removeSession: async (id) => {
      const removed = made.splice(made.findIndex((session) => session.id === id), 1);
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
  const [tokenFile, askedFile] = [join(home, 'token'), join(home, 'asked')];
  cpSync(installed, extensionsDir, { recursive: true });
  writeFileSync(tokenFile, '');
  writeFileSync(askedFile, '');
  const relativeLocation = 'tests.sign-in-1.0.0';
  const folder = join(extensionsDir, relativeLocation);
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.js'), program(tokenFile, askedFile));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({
    name: 'sign-in', publisher: 'tests', version: '1.0.0', engines: { vscode: '^1.103.0' }, main: './main.js', activationEvents: ['*'],
    extensionKind: ['workspace'], contributes: { authentication: [{ id: 'microsoft', label: 'Microsoft' }] },
  }));
  const listFile = join(extensionsDir, 'extensions.json');
  const list: unknown = JSON.parse(readFileSync(listFile, 'utf8'));
  const entry = { identifier: { id: 'tests.sign-in' }, version: '1.0.0', location: { $mid: 1, path: folder, scheme: 'file' }, relativeLocation, metadata: {} };
  writeFileSync(listFile, JSON.stringify([...(Array.isArray(list) ? list : []), entry]));
  return {
    extensionsDir,
    give: (token) => writeFileSync(tokenFile, token),
    asked: () => readFileSync(askedFile, 'utf8').split('\n').filter((line) => line !== '').map((line): AskedFor => JSON.parse(line)),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
