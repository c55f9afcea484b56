// A batch job while it is put together: what is known, and what still has to be asked.

import { randomBytes } from 'node:crypto';
import { InvalidInput } from '../../model/errors';
import type { InputFile, JobInput, JobOutput } from '../../model/job';
import type { Service } from '../../model/service';
import type { BlobPlace, Storage, StorageAccess } from '../../model/storage';
import { parametersText } from '../../protocols/jobParameters';
import { sizeText } from '../../base/size';
import type { JobDraft } from './runnerParts';

/** Container that uploads go to in an account of which nothing else was chosen. */
export const usualContainer = 'batch-jobs';

/**
 * Where in a storage a file is put; `overwrite`: the person has said that what stands there may go. It means nothing in another storage.
 */
export interface ChosenPlace {
  readonly storage: string;
  readonly container: string;
  readonly name: string;
  readonly overwrite: boolean;
}

/** One input: a file on its way to storage, or a blob that is there. */
export type DraftInput =
  | {
      readonly kind: 'file';
      readonly port: string | undefined;
      readonly file: InputFile;
      readonly warnings: readonly string[];
      readonly place: ChosenPlace | undefined;
    }
  | { readonly kind: 'blob'; readonly port: string | undefined; readonly storage: Storage; readonly blob: BlobPlace };

/** An output that is to be written to a place of the person's choice. */
export interface DraftOutput {
  readonly port: string;
  readonly storage: Storage;
  readonly container: string;
  readonly name: string;
}

/** All of a job that is being put together. */
export interface Draft {
  service: Service;
  /** Where files are uploaded to; undefined while nothing is uploaded or it was not asked yet. */
  storage: Storage | undefined;
  inputs: DraftInput[];
  outputs: DraftOutput[];
  parameters: Map<string, string>;
}

/** What people call the job. */
export function titleOf({ inputs, service }: Draft): string {
  const [first] = inputs;
  const name =
    first === undefined
      ? `${service.name} without input`
      : first.kind === 'file'
        ? first.file.name
        : first.blob.name.slice(first.blob.name.lastIndexOf('/') + 1);
  return inputs.length > 1 ? `${name} and ${inputs.length - 1} more` : name;
}

/** An input in a few words. */
export function inputText(input: DraftInput): string {
  return input.kind === 'file'
    ? `${input.file.name} (${sizeText(input.file.bytes)})`
    : `${input.blob.container}/${input.blob.name} in ${input.storage.name}`;
}

/** Where a file goes that has no place of the person's choice: a folder of its own, so that nothing is overwritten. */
export function freshName(file: string, now: number): string {
  return `${new Date(now).toISOString().slice(0, 10)}/${randomBytes(4).toString('hex')}/${file}`;
}

/** Uploads go to this storage from now on; places that were chosen in another one are given up. */
export function useStorage(draft: Draft, storage: Storage): void {
  draft.storage = storage;
  draft.inputs = draft.inputs.map((input) =>
    input.kind === 'file' && input.place?.storage !== storage.id ? { ...input, place: undefined } : input,
  );
}

/**
 * The draft for each of several lists of inputs, each a job of its own: what was chosen for the first holds for all. Outputs go to a folder
 * for each job, or one would overwrite the other.
 */
export function apart(draft: Draft, others: readonly Draft['inputs'][]): Draft[] {
  if (others.length === 0) return [draft];
  return [draft.inputs, ...others].map((inputs) => ({
    ...draft,
    inputs,
    outputs: draft.outputs.map((output) => ({ ...output, name: inFolder(output.name, randomBytes(4).toString('hex')) })),
  }));
}

function inFolder(name: string, folder: string): string {
  const slash = name.lastIndexOf('/') + 1;
  return `${name.slice(0, slash)}${folder}/${name.slice(slash)}`;
}

/** The draft as a job. `access` gives the storage's address and, for a storage that is one container, its name. */
export async function finished(
  draft: Draft,
  access: (storage: Storage) => Promise<StorageAccess>,
  options: { readonly startsItself: boolean; readonly connectionStrings: boolean; readonly now: number },
): Promise<JobDraft> {
  const inputs: JobInput[] = [];
  for (const input of draft.inputs) {
    const port = input.port === undefined ? {} : { port: input.port };
    if (input.kind === 'blob') {
      inputs.push({ ...port, storage: input.storage.id, blob: input.blob, overwrite: false });
      continue;
    }
    const { storage } = draft;
    if (!storage) throw new Error('A file needs a storage to be uploaded to.');
    const at = await access(storage);
    const place = input.place?.storage === storage.id ? input.place : undefined;
    const container = at.kind === 'container' ? at.container : (place?.container ?? usualContainer);
    const blob = { base: at.base, container, name: place?.name ?? freshName(input.file.name, options.now) };
    inputs.push({ ...port, file: input.file, storage: storage.id, blob, overwrite: place?.overwrite ?? false });
  }
  const outputs: JobOutput[] = [];
  for (const { port, storage, container, name } of draft.outputs)
    outputs.push({ port, storage: storage.id, blob: { base: (await access(storage)).base, container, name } });
  const places = [...inputs.flatMap((input) => (input.file ? [input.blob] : [])), ...outputs.map(({ blob }) => blob)].map(
    ({ base, container, name }) => `${base}${container}/${name}`,
  );
  const twice = places.find((place, index) => places.indexOf(place) < index);
  if (twice !== undefined)
    throw new InvalidInput({
      sentence: `Two inputs or outputs of this job have the same place: ${twice}.`,
      advice: 'Give each a name of its own.',
    });
  return {
    service: draft.service,
    title: titleOf(draft),
    inputs,
    outputs,
    parametersJson: parametersText(draft.parameters),
    startsItself: options.startsItself,
    connectionStrings: options.connectionStrings,
  };
}
