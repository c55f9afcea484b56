// "Copy as Code": asks for the way and the language, puts a program on the clipboard, and offers to open it.

import * as vscode from 'vscode';
import type { Service } from '../../../model/service';
import { filledText, isArray, member } from '../../../base/shape';
import { parametersText } from '../../../protocols/jobParameters';
import type { CodeJob, CodeLanguage, ServiceCode } from '../../../protocols/code';
import { protocolOf } from '../../../protocols/registry';
import { pickService, requireJobs, sampleChoice, serviceFrom, type ServiceOfFile } from '../../services';
import type { Memory } from '../../../base/ports';
import type { ServiceStore } from '../../services';
import { InvalidInput } from '../../../model/errors';
import { askChoice } from '../../../ui/ask';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { notify, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { memoryKey } from '../../../ui/savedNames';
import { givenCall, givenRequest } from '../givenRequest';

/** What these commands need from outside. */
export interface CodeParts {
  readonly services: ServiceStore;
  readonly serviceOfFile: ServiceOfFile;
  readonly reporter: ErrorReporter;
  /** Holds for all windows of the person. */
  readonly memory: Memory;
  /** The last request of a service, by its address, secrets masked; undefined when there is none. */
  readonly lastRequest: (address: string) => Promise<string | undefined>;
}

const title = plain`Copy as Code`;

/**
 * Copies a call to a service as code: for a service, for an exchange (`{address, requestBody}`), for a batch job, or for what is in the
 * editor.
 */
export async function copyCode(parts: CodeParts, argument: unknown): Promise<void> {
  const job = member(argument, 'kind') === 'job' ? member(argument, 'job') : undefined;
  if (await copyCall(parts, argument)) return;
  const service = await serviceFor(parts, job ?? argument);
  const code = await protocolOf(service).codeFor?.(service);
  if (code === undefined)
    throw new InvalidInput({
      sentence: `Calls to "${service.name}" cannot be copied as code: it is of a kind of service that no programs are written for.`,
      advice: 'Its address can be copied from the sidebar.',
    });
  const request = givenRequest(argument);
  if (job !== undefined) requireJobs(service);
  if (job !== undefined && code.job === undefined)
    throw new InvalidInput({
      sentence: `Batch jobs of "${service.name}" cannot be copied as code: no programs are written for those of its kind of service.`,
      advice: 'Copy as Code on the service itself writes its requests.',
    });
  const writeJob = request === undefined && (job !== undefined || (code.job && (await askWay(service)) === 'job')) ? code.job : undefined;
  const language = await askLanguage(parts, code.languages);
  const text = writeJob
    ? writeJob(language.id, jobParts(job))
    : code.request(language.id, request ?? (await requestFor(parts, service, code)));
  await copied(parts.reporter, text, language, `the ${writeJob ? 'job' : 'request'} to "${service.name}"`);
}

/**
 * Copies an exchange that was no request to a service of the sidebar, such as one of Try It, as the call that it was. False where the
 * argument is none.
 */
async function copyCall(parts: CodeParts, argument: unknown): Promise<boolean> {
  const address = filledText(member(argument, 'address'));
  if (address === undefined || filledText(member(argument, 'method')) === undefined) return false;
  const service = serviceFrom(parts.services, address);
  const code = service && (await protocolOf(service).codeFor?.(service));
  // What a service of the sidebar was sent as a request is written with its own keys and headers; of a call by hand nothing is left out.
  if (code && member(argument, 'own') !== true && isRequest(argument, code)) return false;
  const name = filledText(member(member(argument, 'service'), 'name')) ?? address;
  const call = givenCall(argument, name);
  const writer = await protocolOf({ address }).codeForCalls?.();
  if (call === undefined || writer === undefined) return false;
  const language = await askLanguage(parts, writer.languages);
  await copied(parts.reporter, writer.program(language.id, call), language, `the call of "${name}"`);
  return true;
}

/** True for an exchange that was a request, also where its body was not kept. */
function isRequest(exchange: unknown, code: ServiceCode): boolean {
  const body = member(exchange, 'requestBody');
  if (member(exchange, 'method') !== 'POST' || typeof body !== 'string') return false;
  return body === '' ? member(exchange, 'requestBytes') !== 0 : code.requestIn(body) !== undefined;
}

/** Puts code on the clipboard, says so, and offers to open it. */
export async function copied(reporter: ErrorReporter, code: string, language: CodeLanguage, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(code);
  const open: Button = { title: plain`Open in Editor` };
  // Not awaited: the message may stay for hours, and the command is over.
  notify('information', plain`Copied ${what} as ${language.name} code. It takes the keys from environment variables.`, open).then(
    (chosen) => {
      if (chosen === open) void reporter.run(() => openCode(code, language));
    },
    () => undefined,
  );
}

/** Opens code as a document that has no file yet. */
export async function openCode(code: string, { vscodeLanguage }: CodeLanguage): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content: code,
    ...(known.includes(vscodeLanguage) ? { language: vscodeLanguage } : {}),
  });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function serviceFor({ services, serviceOfFile }: CodeParts, argument: unknown): Promise<Service> {
  const address = member(argument, 'address');
  const wanted = typeof address === 'string' ? address : argument;
  const found = serviceFrom(services, wanted);
  if (found) return found;
  if (typeof wanted === 'string' || member(wanted, 'service') !== undefined) {
    throw new InvalidInput({
      sentence: 'The service is no longer in the sidebar, so there is no call to write.',
      advice: 'Add it again, or start the sample service.',
    });
  }
  const file = vscode.window.activeTextEditor?.document.uri.toString();
  const remembered = file === undefined ? undefined : serviceOfFile.get(file);
  const sample = services.workspaces().find((workspace) => workspace.sample);
  const now = remembered === sampleChoice && !sample ? undefined : remembered;
  return pickService(services, { title, ...(now === undefined ? {} : { now }) });
}

function askWay(service: Service): Promise<'request' | 'job'> {
  return askChoice<'request' | 'job'>(title, plain`Which call to ${service.name}?`, [
    { icon: 'send', label: plain`Request-response`, description: plain`sends rows, prints the predictions`, value: 'request' },
    { icon: 'run-all', label: plain`Batch job`, description: plain`uploads a file, waits for the job, saves its results`, value: 'job' },
  ]);
}

async function askLanguage({ memory }: CodeParts, languages: readonly CodeLanguage[]): Promise<CodeLanguage> {
  const last = memory.get(memoryKey.codeLanguage);
  const ordered = [...languages.filter(({ id }) => id === last), ...languages.filter(({ id }) => id !== last)];
  const language = await askChoice(
    title,
    plain`Choose a language`,
    ordered.map((each) => ({
      label: plain(each.name),
      description: each.id === last ? plain`${each.needs} · chosen last` : plain(each.needs),
      value: each,
    })),
  );
  await memory.update(memoryKey.codeLanguage, language.id);
  return language;
}

/** The request in the editor, or the last one that was sent; undefined where there is none. */
async function requestFor({ lastRequest }: CodeParts, service: Service, code: ServiceCode): Promise<string | undefined> {
  return requestInEditor(code) ?? (await lastRequest(service.address));
}

function requestInEditor(code: ServiceCode): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && /^jsonc?$/.test(document.languageId) ? code.requestIn(document.getText()) : undefined;
}

/** What a program for a job needs to know of it: the names of its inputs, and its parameters as they may be shown. */
function jobParts(job: unknown): CodeJob {
  const inputs = listOf(job, 'inputs').map((input) => {
    const port = member(input, 'port');
    return typeof port === 'string' ? { port } : {};
  });
  const parameters = listOf(job, 'parameters').map((each) => [String(member(each, 'name')), String(member(each, 'value'))] as const);
  return { inputs: job === undefined ? [{}] : inputs, parametersJson: parameters.length === 0 ? '' : parametersText(new Map(parameters)) };
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = member(value, name);
  return isArray(list) ? list : [];
}
