// Which request is to be sent to a certain service: what is open, what was sent lately, what lies in the folder, or any file.

import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Cancelled } from '../../../model/errors';
import type { HistoryEntry } from '../../../model/history';
import type { Service } from '../../../model/service';
import { textKind } from '../../../protocols/registry';
import { formatDay, formatTime } from '../../../base/format';
import { askChoice, type Choice } from '../../../ui/ask';
import { lookedAt } from '../../services';
import { command } from '../../../ui/ids';
import type { OpenRequests } from './openRequests';
import { plain, type PlainText } from '../../../ui/plain';
import { exists, nameOf } from '../../../ui/requestFiles';
import type { Runs } from '../runs';

/** A file that was sent. `at` is milliseconds since 1970. */
export interface SentFile {
  /** URI. */
  readonly file: string;
  /** Name of the service that it went to. */
  readonly service: string;
  readonly at: number;
}

/** What the choice is made from. */
export interface ChoiceParts {
  readonly requests: Pick<OpenRequests, 'requests'>;
  /** Files that were sent, newest first; one may come several times. */
  readonly sentLately: () => Promise<readonly SentFile[]>;
  /** Name of another service that a file goes to by itself; undefined when there is none. */
  readonly otherServiceOf: (file: vscode.Uri) => string | undefined;
}

/** What the person has chosen; `always` when the file is to go there from now on. */
export interface PickedRequest {
  readonly file: vscode.Uri;
  readonly always: boolean;
}

/** So many files that were sent lately are offered. */
const mostSent = 10;

/** So many JSON files of the folder are looked at, and offered as far as they are requests. */
const mostOfFolder = 200;

/** So many files are looked at side by side. */
const lookedAtOnce = 8;

/** The list is shown after this time at the latest, with what was found by then, in milliseconds. */
const patienceMs = 1000;

/** Asks for the request that is to go to this service. Throws Cancelled. */
export async function pickRequest(parts: ChoiceParts, service: Service): Promise<PickedRequest> {
  const offered = new Map<string, Choice<PickedRequest>>();
  const offer = (icon: string, file: vscode.Uri, description: PlainText): void => {
    if (offered.has(file.toString())) return;
    const other = parts.otherServiceOf(file);
    const detail = other === undefined ? {} : { detail: plain`Is sent here this once. Otherwise it goes to "${other}", now as before.` };
    offered.set(file.toString(), { icon, label: plain(nameOf(file)), description, ...detail, value: { file, always: false } });
  };
  const active = vscode.window.activeTextEditor?.document;
  for (const document of inOrder(parts.requests.requests))
    offer('edit', document.uri, document === active ? plain`in the active editor` : plain`in an editor`);
  for (const sent of await sentFiles(parts)) {
    offer('history', vscode.Uri.parse(sent.file), plain`sent to ${sent.service} on ${formatDay(sent.at)}, ${formatTime(sent.at)}`);
  }
  for (const file of await requestsOfFolder()) offer('file', file, plain(placeOf(file)));
  const choices: Choice<PickedRequest | 'new' | undefined>[] = [...offered.values()];
  const [first] = offered.values();
  if (first && first.detail !== undefined) {
    const { file } = first.value;
    const always = { icon: 'pin', label: plain`Always send ${nameOf(file)} here`, description: plain`to "${service.name}" from now on` };
    choices.splice(1, 0, { ...always, value: { file, always: true } });
  }
  choices.push({
    icon: 'new-file',
    label: plain(l10n.t('New Request…')),
    description: plain(l10n.t('made from the description of the service, or from the last request')),
    value: 'new',
    alwaysShow: true,
  });
  choices.push({
    icon: 'folder-opened',
    label: plain`Browse…`,
    description: plain`a JSON file on this computer`,
    value: undefined,
    alwaysShow: true,
  });
  const picked = await askChoice(plain`Send Request to ${service.name}`, plain`Choose the request`, choices);
  if (picked === 'new') {
    await vscode.commands.executeCommand(command.newRequest, service.address);
    // It is to be filled in before it is sent.
    throw new Cancelled();
  }
  return picked ?? { file: await askFile(service), always: false };
}

/** What was sent from here, then what the history has; both newest first. */
export function sentFrom(runs: Pick<Runs, 'entries'>, history: readonly HistoryEntry[]): readonly SentFile[] {
  const here = runs.entries.flatMap(({ item: { file, service, own }, state }) => (
    state.kind === 'answered' && !own ? [{ file, service: service.name, at: state.exchange.startedAt }] : []
  ));
  const kept = history.flatMap(({ file, service, startedAt: at }) => (file === undefined ? [] : [{ file, service: service.name, at }]));
  return [...here, ...kept].sort((one, other) => other.at - one.at);
}

/**
 * What is worked on first: the active editor's, then what can be seen, then what has a tab. VS Code holds on to documents whose tabs are
 * closed.
 */
function inOrder(documents: readonly vscode.TextDocument[]): readonly vscode.TextDocument[] {
  const active = vscode.window.activeTextEditor?.document;
  const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
  const inputs: readonly unknown[] = vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ input }) => input);
  const tabs = new Set(inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
  const rank = (document: vscode.TextDocument): number =>
    (document === active ? 0 : visible.has(document) ? 1 : tabs.has(document.uri.toString()) ? 2 : 3);
  return documents.filter((document) => rank(document) < 3).sort((one, other) => rank(one) - rank(other));
}

/** Those that are still there, each as it was sent last. */
async function sentFiles({ sentLately }: ChoiceParts): Promise<readonly SentFile[]> {
  const sent = await soon(sentLately(), []);
  const last = sent.filter(({ file }, index) => sent.findIndex((other) => other.file === file) === index).slice(0, mostSent);
  const there = await Promise.all(last.map(({ file }) => soon(exists(vscode.Uri.parse(file)), false)));
  return last.filter((_, index) => there[index]);
}

/** Where in the folders that are open a file lies. */
function placeOf(file: vscode.Uri): string {
  const path = vscode.workspace.asRelativePath(file);
  const end = path.lastIndexOf('/');
  return end < 0 ? 'in the folder' : `in ${path.slice(0, end)}`;
}

/** The requests among the JSON files of the folders that are open, by their beginnings. */
async function requestsOfFolder(): Promise<readonly vscode.Uri[]> {
  const stopping = new vscode.CancellationTokenSource();
  const found: vscode.Uri[] = [];
  const search = async (): Promise<void> => {
    const files = await vscode.workspace.findFiles('**/*.{json,jsonc}', '**/{node_modules,.*}/**', mostOfFolder, stopping.token);
    const rest = files.sort((one, other) => (one.path < other.path ? -1 : 1)).values();
    const worker = async (): Promise<void> => {
      for (const file of rest) {
        if (stopping.token.isCancellationRequested) return;
        if (await isRequest(file)) found.push(file);
      }
    };
    await Promise.all(Array.from({ length: lookedAtOnce }, worker));
  };
  await soon(search(), undefined);
  stopping.cancel();
  return [...found].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** False also for what cannot be read: nobody has asked for it by name. */
async function isRequest(file: vscode.Uri): Promise<boolean> {
  try {
    const bytes = await beginning(file);
    const kind = textKind(new TextDecoder().decode(bytes), bytes.byteLength < lookedAt);
    return kind === 'request' || kind === 'either';
  } catch {
    return false;
  }
}

async function beginning(file: vscode.Uri): Promise<Uint8Array> {
  // Elsewhere than on this computer a file comes whole or not at all.
  if (file.scheme !== 'file') {
    const { size } = await vscode.workspace.fs.stat(file);
    return size > lookedAt ? new Uint8Array() : vscode.workspace.fs.readFile(file);
  }
  const handle = await open(file.fsPath);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(lookedAt), 0, lookedAt, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What comes of something that must not keep the person waiting; `otherwise` when it takes too long, or fails. */
async function soon<T>(work: PromiseLike<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve(work).catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function askFile(service: Service): Promise<vscode.Uri> {
  const picked = await vscode.window.showOpenDialog({
    title: `Request for ${service.name}`, openLabel: 'Send', canSelectMany: false, filters: { 'JSON requests': ['json', 'jsonc'] },
  });
  const [file] = picked ?? [];
  if (!file) throw new Cancelled();
  return file;
}
