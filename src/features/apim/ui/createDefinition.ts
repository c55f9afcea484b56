// Create API Management Definition: the choices of a person, then files in a folder; what is there is overwritten only when they say so.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatCount } from '../../../base/format';
import { Cancelled, InvalidInput, LocalFailure, messageOf } from '../../../model/errors';
import type { Service } from '../../../model/service';
import type { ServiceDescription } from '../../../protocols/description';
import type { PublishedService } from '../../../protocols/published';
import { askChoice, askText, askWhich } from '../../../ui/ask';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import type { DescriptionApi } from '../../description';
import { pickService, serviceFrom, type ServiceStore } from '../../services';
import { defaultChoices } from '../definition/choices';
import { define } from '../definition/define';
import type { ApiDefinition } from '../definition/definition';
import { definitionFiles, type DefinitionFile } from '../definition/definitionFiles';
import { usualProducts } from '../definition/files/usualProducts';
import { checkFolder, foldersIn, offeredFolder } from '../definition/folder';
import type { OfferedProduct } from '../choices/messages';
import type { ChoicesPanel, ChoicesQuestion } from './choicesPanel';
import type { DefinitionDiff } from './definitionDiff';

/** What the command needs from outside. */
export interface CreateDefinitionParts {
  readonly services: ServiceStore;
  readonly descriptions: Pick<DescriptionApi['descriptions'], 'has' | 'known' | 'get'>;
  /** What the service's protocol tells a gateway. Throws InvalidInput. */
  readonly publishedAs: (service: Service, description: ServiceDescription | undefined) => Promise<PublishedService>;
  readonly startSample: () => Promise<Service>;
  readonly choices: Pick<ChoicesPanel, 'ask'>;
  readonly diff: () => DefinitionDiff;
}

/** Asks for the choices for the service that the command was called for, or one that is picked. Throws Cancelled and InvalidInput. */
export async function createDefinition(parts: CreateDefinitionParts, argument: unknown): Promise<void> {
  const { services, startSample, choices } = parts;
  const service = serviceFrom(services, argument) ??
    (await pickService(services, { title: plain(l10n.t('Create API Management Definition')), startSample }));
  choices.ask(await definitionQuestion(parts, service));
}

/** The question of a form: also of one that a reload has left. Throws Cancelled and InvalidInput. */
export async function definitionQuestion(parts: CreateDefinitionParts, service: Service): Promise<ChoicesQuestion> {
  // A service that cannot be published is not asked for anything.
  const undescribed = await parts.publishedAs(service, undefined);
  const description = await descriptionOf(parts, service);
  const published = description === undefined ? undescribed : await parts.publishedAs(service, description);
  return {
    purpose: 'define',
    service,
    published,
    products: usualProducts,
    defaults: defaultChoices(service),
    onChosen: async (choices) => {
      const files = definitionFiles(define({ service, published, choices }));
      await writeDefinition(parts, await askFolder(choices.apiId), files);
    },
  };
}

/** Where a definition is to be published. */
export interface DefinitionTarget {
  /** ARM id. */
  readonly id: string;
  readonly name: string;
  readonly gatewayUrls: readonly string[];
  /** Those that are there, where they have been asked for. */
  readonly products?: readonly OfferedProduct[];
}

/** The question for an instance: `onChosen` gets the definition. Throws Cancelled and InvalidInput. */
export async function publishQuestion(
  parts: CreateDefinitionParts,
  service: Service,
  { id, name, gatewayUrls: [gateway], products }: DefinitionTarget,
  onChosen: (definition: ApiDefinition) => Promise<void>,
): Promise<ChoicesQuestion> {
  const question = await definitionQuestion(parts, service);
  return {
    ...question,
    purpose: 'publish',
    products: products ?? question.products,
    instance: { id, name, ...(gateway === undefined ? {} : { gateway }) },
    onChosen: (choices) => onChosen(define({ service, published: question.published, choices, gateway })),
  };
}

/** Asks for the choices for an instance. Throws Cancelled where the form is left, and InvalidInput. */
export async function askDefinition(parts: CreateDefinitionParts, service: Service, target: DefinitionTarget): Promise<ApiDefinition> {
  return new Promise((resolve, reject) => {
    const chosen = (definition: ApiDefinition): Promise<void> => Promise.resolve(resolve(definition));
    publishQuestion(parts, service, target, chosen)
      .then((question) => parts.choices.ask({ ...question, onLeft: () => reject(new Cancelled()) }))
      .catch(reject);
  });
}

/** What the service tells of itself; without it, the files describe the shapes of the contract alone. */
async function descriptionOf({ descriptions }: CreateDefinitionParts, service: Service): Promise<ServiceDescription | undefined> {
  if (!descriptions.has(service)) return undefined;
  const state = (await descriptions.known(service)) ??
    (await inMessage(plain(l10n.t('Reading the description of {0}…', service.name)), (signal) => descriptions.get(service, signal)));
  return state?.kind === 'known' ? state.description : undefined;
}

/** In a folder of the workspace, or any where there is none. Throws Cancelled. */
async function askFolder(apiId: string): Promise<vscode.Uri> {
  const title = l10n.t('Folder for the API Definition');
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first, ...more] = folders;
  if (first === undefined) {
    const [chosen] = (await vscode.window.showOpenDialog({
      title: plain(title), openLabel: plain(l10n.t('Create Files Here')),
      canSelectFiles: false, canSelectFolders: true, canSelectMany: false,
    })) ?? [];
    if (chosen === undefined) throw new Cancelled();
    return chosen;
  }
  const folder = more.length === 0
    ? first
    : await askChoice(plain(title), plain(l10n.t('Choose a folder of the workspace')), folders.map((each) => ({
        icon: 'folder', label: plain(each.name), value: each,
      })));
  const path = await askText({
    title: plain(title), prompt: plain(l10n.t('The files are made in this folder of "{0}".', folder.name)), value: offeredFolder(apiId),
    check: checkFolder,
  });
  return vscode.Uri.joinPath(folder.uri, ...foldersIn(path));
}

/** Writes the files that are not there or differ, as the person says, and opens the README. Throws Cancelled and LocalFailure. */
export async function writeDefinition(
  { diff }: Pick<CreateDefinitionParts, 'diff'>,
  folder: vscode.Uri,
  files: readonly DefinitionFile[],
): Promise<void> {
  const found = await Promise.all(files.map(async ({ name, text }) => {
    const uri = vscode.Uri.joinPath(folder, name);
    return { name, text, uri, before: await textIn(uri, name) };
  }));
  const changed = found.filter(({ before, text }) => before !== undefined && !isSame(before, text));
  const missing = found.filter(({ before }) => before === undefined);
  if (changed.length > 0) {
    await askToReplace(diff, changed);
    // Whoever reads the differences can edit the files meanwhile: only what was shown is replaced.
    for (const { uri, name, before } of found) if ((await textIn(uri, name)) !== before) throw changedMeanwhile(name);
  }
  try {
    if (missing.length > 0) await vscode.workspace.fs.createDirectory(folder);
    for (const { uri, text } of [...missing, ...changed]) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    throw new LocalFailure({
      sentence: l10n.t('The API definition could not be written to {0}: {1}', folder.fsPath, messageOf(error)),
      advice: l10n.t('Choose another folder, or look whether files may be written there.'),
    });
  }
  const [readme] = found.filter(({ name }) => name === 'README.md');
  if (readme) await vscode.window.showTextDocument(readme.uri, { preview: false });
  const count = missing.length + changed.length;
  tellBriefly(
    count === 0
      ? plain(l10n.t('All files of the API definition are up to date.'))
      : count === 1
        ? plain(l10n.t('1 file of the API definition was written.'))
        : plain(l10n.t('{0} files of the API definition were written.', formatCount(count))),
  );
}

function changedMeanwhile(name: string): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('"{0}" was changed while you were asked, so nothing was written.', name),
    advice: l10n.t('Create the definition again to see how it differs now.'),
  });
}

/** A file is the same where only its line ends are others, as version control may have changed them. */
function isSame(before: string, text: string): boolean {
  return before.replaceAll('\r\n', '\n') === text;
}

/** What a file holds; undefined where there is none. One with unsaved changes is left alone. */
async function textIn(uri: vscode.Uri, name: string): Promise<string | undefined> {
  if (vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri.toString()))
    throw new InvalidInput({ sentence: l10n.t('"{0}" has unsaved changes. Save or close it first.', name) });
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw new LocalFailure({ sentence: l10n.t('"{0}" cannot be read: {1}', name, messageOf(error)) });
  }
}

/** Throws Cancelled unless they may be replaced. */
async function askToReplace(
  diff: () => DefinitionDiff,
  changed: readonly { readonly name: string; readonly uri: vscode.Uri; readonly text: string }[],
): Promise<void> {
  const names = changed.map(({ name }) => name).join(', ');
  const replace = plain(changed.length === 1 ? l10n.t('Replace 1 File') : l10n.t('Replace {0} Files', formatCount(changed.length)));
  const way = await askWhich(
    changed.length === 1
      ? plain(l10n.t('"{0}" is there already and differs.', names))
      : plain(l10n.t('{0} files are there already and differ.', formatCount(changed.length))),
    plain(names),
    [plain(l10n.t('Show Differences')), replace],
  );
  if (way === 1) return;
  const shown = diff();
  await shown.show(changed);
  try {
    // A list stays open while the differences are read; Esc leaves the files as they are.
    await askChoice(plain(l10n.t('API Definition')), plain(l10n.t('Replace what differs? Esc leaves it as it is')), [
      { icon: 'check', label: replace, detail: plain(names), value: undefined },
    ]);
  } finally {
    await shown.close();
  }
}
