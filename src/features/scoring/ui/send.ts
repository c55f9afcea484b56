// Send to RRS: which files, which service, is the body a request, then off with it.

import * as vscode from 'vscode';
import { InvalidBody, InvalidInput } from '../../../model/errors';
import type { Service } from '../../../model/service';
import type { ScoreRequest } from '../../../protocols/protocol';
import { pickService, sampleChoice, serviceFrom, type ServiceOfFile } from '../../services';
import type { ServiceStore } from '../../services';
import type { AnswerPanel } from './answerPanel';
import { plain, type PlainText } from '../../../ui/plain';
import { pickRequest, type ChoiceParts } from './requestChoices';
import { confirmUntrusted } from '../../../ui/trust';
import { FileGone, filesFrom, nameOf, textOf, type BodyFaults } from '../../../ui/requestFiles';
import type { RunItem, Runs } from '../runs';

/** What sending needs from outside. */
export interface SendParts extends Pick<ChoiceParts, 'requests' | 'sentLately'> {
  readonly services: ServiceStore;
  readonly serviceOfFile: ServiceOfFile;
  readonly runs: Runs;
  readonly panel: AnswerPanel;
  readonly faults: BodyFaults;
  /** Reads a request's text for a service, or for any where none is chosen yet; throws InvalidBody with the place that is wrong. */
  readonly readRequest: (text: string, service?: Service) => ScoreRequest;
  /** Starts the sample and gives its service. */
  readonly startSample: () => Promise<Service>;
  /** Told when another service was chosen for a file. */
  readonly chosen: () => void;
}

/** So much text of requests is held while they wait for their turn, in UTF-16 units. */
const mostHeldText = 16 * 1024 * 1024;

/** Sends the files a menu was opened on, or the active editor's. */
export async function sendToRrs(parts: SendParts, clicked: unknown, selected: unknown): Promise<void> {
  const files = filesMeant(parts, clicked, selected);
  if (files.length === 0)
    throw new InvalidInput({
      sentence: 'There is no request to send.',
      advice: 'Open a JSON file with a request, or right-click one in the Explorer.',
    });
  await send(parts, files, await servicesFor(parts, files));
}

/**
 * Sends a request to a certain service: the file that is handed in, or else the one that the person chooses. A file that goes to another
 * service by itself is sent here this once, unless the person says that it is always to go here; what went nowhere yet goes here from now
 * on.
 */
export async function sendToService(parts: SendParts, argument: unknown, given?: unknown): Promise<void> {
  const service =
    serviceFrom(parts.services, argument) ??
    (await pickService(parts.services, { title: plain`Send Request`, startSample: parts.startSample }));
  const here = choiceOf(parts, service);
  const otherServiceOf = (file: vscode.Uri): string | undefined =>
    parts.serviceOfFile.get(file.toString()) === here ? undefined : nameOfChoice(parts, file);
  const { file, always } =
    given instanceof vscode.Uri ? { file: given, always: false } : await pickRequest({ ...parts, otherServiceOf }, service);
  const once = !always && otherServiceOf(file) !== undefined;
  await send(parts, [file], new Map([[file.toString(), service]]), async () => {
    if (once) parts.serviceOfFile.setOnce(file.toString(), service.address, here);
    else await remember(parts, [file], service);
  });
}

/** Chooses the service of the active file, or of the file given. */
export async function chooseService(parts: SendParts, clicked: unknown): Promise<void> {
  const [file] = filesMeant(parts, clicked, undefined);
  if (!file)
    throw new InvalidInput({ sentence: 'There is no file to choose a service for.', advice: 'Open a JSON file with a request first.' });
  const service = await pickService(parts.services, {
    title: plain`Service for ${nameOf(file)}`,
    startSample: parts.startSample,
    now: parts.serviceOfFile.get(file.toString()),
  });
  await remember(parts, [file], service);
}

/** The files a menu was opened on, the active editor's, or the one whose answer is looked at. */
function filesMeant({ panel }: SendParts, clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const files = filesFrom(clicked, selected);
  return files.length === 0 && panel.activeFile ? [panel.activeFile] : files;
}

/**
 * The item as its file is now: present text, present service, or the one that it was sent to just once. A file that is gone is sent as it
 * was. Throws InvalidInput when its service was removed.
 */
export async function readAgain(parts: Omit<SendParts, 'panel'>, item: RunItem): Promise<RunItem> {
  if (item.own) return item.own.again();
  const file = vscode.Uri.parse(item.file);
  const once = parts.serviceOfFile.getOnce(item.file, item.service.address);
  const service = (await chosenService(parts, once ?? parts.serviceOfFile.get(item.file))) ?? parts.services.find(item.service.address);
  if (!service) throw serviceGone(item.service);
  // The sample may have another address than then.
  if (once !== undefined) parts.serviceOfFile.setOnce(item.file, service.address, once);
  const again = await readItem(parts, file, service).catch((error: unknown) => {
    if (error instanceof FileGone) return { ...item, service };
    throw error;
  });
  await confirmItems([again]);
  return again;
}

/** What is said when there is no longer such a service: nothing goes to it. */
export function serviceGone(service: Pick<Service, 'name'>): InvalidInput {
  return new InvalidInput({
    sentence: `"${service.name}" has been removed, so nothing was sent to it.`,
    advice: 'Choose another service for the request, or add it again.',
    actions: ['changeService'],
  });
}

async function send(
  parts: SendParts,
  files: readonly vscode.Uri[],
  services: ReadonlyMap<string, Service>,
  accepted?: () => Promise<void>,
): Promise<void> {
  const items: RunItem[] = [];
  const room = { left: mostHeldText };
  for (const file of files) {
    const service = services.get(file.toString());
    if (service) items.push(await readItem(parts, file, service, room));
  }
  await confirmItems(items);
  await accepted?.();
  parts.panel.reveal();
  await parts.runs.send(items).over;
}

/**
 * A file as it is to be sent. All are read and checked before the first goes out; what is too much to be held is read once more when its
 * turn comes.
 */
async function readItem(
  parts: Pick<SendParts, 'faults' | 'readRequest'>, file: vscode.Uri, service: Service, room = { left: Infinity },
): Promise<RunItem> {
  const request = await readFile(parts, file, service);
  const held = room.left >= request.json.length;
  if (held) room.left -= request.json.length;
  return {
    file: file.toString(), source: nameOf(file), service,
    // A fault that has come in meanwhile stands with the entry: nobody is taken to another file in the middle of a run.
    read: held ? () => Promise.resolve(request) : async () => parts.readRequest(await textOf(file), service),
  };
}

async function readFile(parts: Pick<SendParts, 'faults' | 'readRequest'>, file: vscode.Uri, service?: Service): Promise<ScoreRequest> {
  parts.faults.clear(file);
  try {
    return parts.readRequest(await textOf(file), service);
  } catch (error) {
    throw error instanceof InvalidBody ? await parts.faults.show(file, error) : error;
  }
}

async function confirmItems(items: readonly RunItem[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const names = [...new Set(items.map((item) => `${item.service.name} (${item.service.address})`))].join('\n');
  const question =
    items.length === 1
      ? plain`Send "${first.source}" of a folder that you do not trust?`
      : plain`Send ${items.length} files of a folder that you do not trust?`;
  await confirmUntrusted(question, plain`The text goes with your key to:\n${names}`, plain`Send`);
}

/** The service of each file: the remembered one, or one answer for all that have none. */
async function servicesFor(parts: SendParts, files: readonly vscode.Uri[]): Promise<ReadonlyMap<string, Service>> {
  const found = new Map<string, Service>();
  for (const file of files) {
    const service = await rememberedService(parts, file);
    if (service) found.set(file.toString(), service);
  }
  const open = files.filter((file) => !found.has(file.toString()));
  const [first] = open;
  if (!first) return found;
  // Nobody is asked where to send what cannot be sent.
  for (const file of open) await readFile(parts, file);
  const title = sendTitle(nameOf(first), open.length, found.size);
  const service = await pickService(parts.services, { title, startSample: parts.startSample });
  await remember(parts, open, service);
  for (const file of open) found.set(file.toString(), service);
  return found;
}

/** Asks where so many files go, the first of which is `name`, when so many others have their service. */
function sendTitle(name: string, count: number, others: number): PlainText {
  if (count === 1) {
    if (others === 0) return plain`Send ${name} to`;
    return others === 1 ? plain`Send ${name} to (the other file has its service)` : plain`Send ${name} to (the others have theirs)`;
  }
  if (others === 0) return plain`Send ${count} files to`;
  return others === 1
    ? plain`Send ${count} files to (the other file has its service)`
    : plain`Send ${count} files to (the others have theirs)`;
}

/** The service that a file went to last, the sample started for it; undefined when there is none. */
export async function rememberedService(
  parts: Pick<SendParts, 'serviceOfFile' | 'services' | 'startSample'>,
  file: vscode.Uri,
): Promise<Service | undefined> {
  return chosenService(parts, parts.serviceOfFile.get(file.toString()));
}

async function chosenService(
  { services, startSample }: Pick<SendParts, 'services' | 'startSample'>,
  choice: string | undefined,
): Promise<Service | undefined> {
  if (choice === sampleChoice) return startSample();
  return choice === undefined ? undefined : services.find(choice);
}

/** How the choice of a service is remembered. */
function choiceOf({ services }: Pick<SendParts, 'services'>, service: Service): string {
  return services.isSample(service) ? sampleChoice : service.address;
}

/** The name of the service that a file goes to by itself; undefined when there is none, or no longer. */
function nameOfChoice({ services, serviceOfFile }: Pick<SendParts, 'services' | 'serviceOfFile'>, file: vscode.Uri): string | undefined {
  const choice = serviceOfFile.get(file.toString());
  return choice === sampleChoice ? 'Sample service' : choice === undefined ? undefined : services.find(choice)?.name;
}

async function remember(parts: SendParts, files: readonly vscode.Uri[], service: Service): Promise<void> {
  await parts.serviceOfFile.set(files.map((file) => file.toString()), choiceOf(parts, service));
  parts.chosen();
}
