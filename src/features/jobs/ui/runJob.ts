// Run Batch Job: a file, a service, one look at what will happen, and off it goes.

import type * as vscode from 'vscode';
import { Cancelled } from '../../../model/errors';
import type { Service } from '../../../model/service';
import { parametersText, shownParameters } from '../../../protocols/jobParameters';
import { pickService, requireJobs, sampleChoice, serviceFrom, type ServiceOfFile } from '../../services';
import { localStorageId } from '../../../storage/storages';
import { startsLater } from '../../../protocols/registry';
import { askChoice, type Choice } from '../../../ui/ask';
import { apart, finished, inputText, titleOf, useStorage, type Draft } from '../draft';
import { askFile, inputsFrom, takeFile } from './inputFiles';
import type { JobRunner } from '../runner';
import { tellInFull } from '../../../ui/notices';
import { pickBlob, pickStorage, type StorageParts } from '../../storage';
import { plain, type PlainText } from '../../../ui/plain';
import { changeInput, changeOutputs, changeParameters } from './jobParts';
import { confirmUntrusted } from '../../../ui/trust';
import { rememberedService } from '../../scoring';
import { launch, type LaunchParts } from './launch';

/** What making jobs needs from outside. */
export interface RunJobParts extends StorageParts, LaunchParts {
  readonly runner: JobRunner;
  readonly serviceOfFile: ServiceOfFile;
  readonly startSample: () => Promise<Service>;
  readonly isSample: (service: Service) => boolean;
  /** The storage that was used last for a service, by its address. */
  readonly lastStorage: { get(address: string): string | undefined; set(address: string, storage: string): Promise<void> };
}

/** Runs a batch job on what a command was called for: files of the Explorer, the active file, or a service of the tree. */
export async function runJob(parts: RunJobParts, clicked: unknown, selected: unknown): Promise<void> {
  const given = serviceFrom(parts.services, clicked);
  const files = given ? [] : inputsFrom(clicked, selected);
  const together = files.length < 2 || (await askTogether(files.length));
  const service = given ?? (await serviceOf(parts, files));
  // Said before anything else is asked; the service can be changed later on, so that it is looked at again then.
  requireJobs(service);
  const first = files.length > 0 ? [] : await askInput(parts, service);
  const taken = await Promise.all(
    files.map(async (uri) => ({ kind: 'file' as const, port: undefined, place: undefined, ...(await takeFile(uri)) })),
  );
  const inputs = [...first, ...taken];
  const all = (together ? [inputs] : inputs.map((each) => [each])).map((each): Draft => ({
    service,
    storage: undefined,
    inputs: named(each),
    outputs: [],
    parameters: new Map(),
  }));
  const [draft] = all;
  if (!draft) throw new Cancelled();
  draft.storage = await usualStorage(parts, draft);
  const startsItself = await review(parts, draft, all.length);
  await confirmUploads(draft);
  await rememberChoices(parts, draft, files);
  const drafts = apart(draft, all.slice(1).map((each) => each.inputs));
  const jobs = [];
  for (const each of drafts) {
    const connectionStrings = parts.givesConnectionStrings(draft.service.address);
    jobs.push(
      await parts.runner.create(
        await finished(each, (storage) => parts.storages.access(storage.id), { startsItself, connectionStrings, now: Date.now() }),
      ),
    );
  }
  await launch(parts, jobs.map((job) => job.key));
}

/** Several inputs need names. The contract's own are input1, input2 and so on. */
export function named(inputs: Draft['inputs']): Draft['inputs'] {
  return inputs.length < 2 ? inputs : inputs.map((input, index) => ({ ...input, port: input.port ?? `input${index + 1}` }));
}

async function askTogether(files: number): Promise<boolean> {
  return askChoice(plain`Run Batch Job`, plain`${files} files were chosen`, [
    { icon: 'layers', label: plain`${files} jobs`, description: plain`each file is the input of a job of its own`, value: false },
    { icon: 'combine', label: plain`One job with ${files} inputs`, description: plain`for a service that has so many inputs`, value: true },
  ]);
}

async function serviceOf(parts: RunJobParts, files: readonly vscode.Uri[]): Promise<Service> {
  const [first] = files;
  const known = first && (await rememberedService(parts, first));
  return known ?? pickService(parts.services, { title: plain`Run Batch Job on`, startSample: parts.startSample });
}

/** Asks what a job reads that was not called for with a file. */
async function askInput(parts: RunJobParts, service: Service): Promise<Draft['inputs']> {
  const kind = await askChoice<'file' | 'blob' | 'none'>(
    plain`Run Batch Job on ${service.name}`,
    plain`Choose the input: a CSV, TSV or ARFF file, or what is in storage`,
    [
      { icon: 'file', label: plain`A file on this computer…`, description: plain`CSV, TSV or ARFF; it is uploaded`, value: 'file' },
      { icon: 'database', label: plain`A blob that is in storage…`, value: 'blob' },
      { icon: 'dash', label: plain`No input`, description: plain`the service reads its own data`, value: 'none' },
    ],
  );
  if (kind === 'none') return [];
  if (kind === 'blob') {
    const { storage, blob } = await pickBlob(parts, plain`Input of the Batch Job`);
    return [{ kind: 'blob', port: undefined, storage, blob }];
  }
  return [{ kind: 'file', port: undefined, place: undefined, ...(await takeFile(await askFile())) }];
}

/** The storage for uploads that goes without saying; asked for where there is none. */
async function usualStorage(parts: RunJobParts, draft: Draft): Promise<Draft['storage']> {
  if (!draft.inputs.some((input) => input.kind === 'file')) return undefined;
  const id = parts.isSample(draft.service) ? localStorageId : parts.lastStorage.get(draft.service.address);
  const known = id === undefined ? undefined : await parts.storages.find(id);
  return known ?? pickStorage(parts, plain`Upload ${titleOf(draft)} to`);
}

type Step =
  'run' | 'submit' | 'service' | 'add' | 'storage' | 'outputs' | 'parameters' | { readonly input: number } | { readonly note: string };

/** Shows what will happen; each line can be changed. Resolves to whether the job is started too. */
async function review(parts: RunJobParts, draft: Draft, jobs: number): Promise<boolean> {
  for (;;) {
    const warnings = draft.inputs.flatMap((input) => (input.kind === 'file' ? input.warnings : []));
    const what = jobs > 1 ? `${jobs} jobs, the first of them on ${titleOf(draft)}` : titleOf(draft);
    const uploads = draft.inputs.some((input) => input.kind === 'file');
    const choices: Choice<Step>[] = [
      { icon: 'run-all', label: plain`Run`, description: plain(what), detail: runText(uploads, jobs, draft.service.name), value: 'run' },
      ...(startsLater(draft.service)
        ? [{ icon: 'cloud-upload', label: plain`Submit Only`, description: plain`to be started later`, value: 'submit' as const }]
        : []),
      ...warnings.map((warning): Choice<Step> => ({
        icon: 'warning',
        label: plain`Note`,
        detail: plain(warning),
        value: { note: warning },
      })),
      {
        icon: 'server-process',
        label: plain`Service`,
        description: plain(draft.service.name),
        detail: plain(draft.service.address),
        value: 'service',
      },
      ...draft.inputs.map((input, index): Choice<Step> => ({
        icon: 'file',
        label: input.port === undefined ? plain`Input` : plain`Input ${input.port}`,
        description: plain(inputText(input)),
        value: { input: index },
      })),
      ...(jobs > 1
        ? []
        : [
            draft.inputs.length === 0
              ? { icon: 'file', label: plain`Input`, description: plain`none: the service reads its own data`, value: 'add' as const }
              : { icon: 'add', label: plain`Another Input…`, description: plain`for services with several`, value: 'add' as const },
          ]),
      ...(uploads
        ? [
            {
              icon: 'database',
              label: plain`Storage`,
              description: plain(draft.storage?.name ?? 'not chosen'),
              detail:
                draft.storage?.local && !parts.isSample(draft.service)
                  ? plain`Runs only while the sample service does`
                  : plain`Where the input is uploaded to`,
              value: 'storage' as const,
            },
          ]
        : []),
      {
        icon: 'export',
        label: plain`Outputs`,
        description: plain(
          draft.outputs.length === 0
            ? 'left to the service'
            : draft.outputs.map(({ port, container, name }) => `${port} → ${container}/${name}`).join(', '),
        ),
        ...(jobs > 1 && draft.outputs.length > 0 ? { detail: plain`For each job in a folder of its own there` } : {}),
        value: 'outputs',
      },
      {
        icon: 'symbol-parameter',
        label: plain`Parameters`,
        description: plain(
          draft.parameters.size === 0
            ? 'none'
            : shownParameters(parametersText(draft.parameters))
                .map(({ name, value }) => `${name} = ${value}`)
                .join(', '),
        ),
        value: 'parameters',
      },
    ];
    const step = await askChoice(plain`Run Batch Job`, plain`Run it, or choose what to change`, choices);
    if (step === 'run' || step === 'submit') return step === 'run';
    try {
      await change(parts, draft, jobs, step);
    } catch (error) {
      // Esc goes one step back: all else that was chosen stays.
      if (!(error instanceof Cancelled)) throw error;
    }
  }
}

function runText(uploads: boolean, jobs: number, service: string): PlainText {
  if (uploads)
    return jobs > 1 ? plain`Uploads, submits and starts the jobs on ${service}` : plain`Uploads, submits and starts the job on ${service}`;
  return jobs > 1 ? plain`Submits and starts the jobs on ${service}` : plain`Submits and starts the job on ${service}`;
}

async function change(parts: RunJobParts, draft: Draft, jobs: number, step: Exclude<Step, 'run' | 'submit'>): Promise<void> {
  if (typeof step === 'object') {
    // A line of the list shows its beginning only.
    if ('note' in step) return tellInFull(plain(step.note));
    return changeInput(parts, draft, step.input);
  }
  switch (step) {
    case 'service': {
      const before = draft.service;
      draft.service = await pickService(parts.services, {
        title: plain`Run Batch Job on`,
        startSample: parts.startSample,
        now: before.address,
      });
      // Each service has its usual storage; that of the sample runs with it.
      if (draft.service.address === before.address || !draft.inputs.some((input) => input.kind === 'file')) return;
      const usual = parts.isSample(draft.service) ? localStorageId : parts.lastStorage.get(draft.service.address);
      const known = usual === undefined ? undefined : await parts.storages.find(usual);
      if (known) useStorage(draft, known);
      else if (parts.isSample(before)) useStorage(draft, await pickStorage(parts, plain`Upload ${titleOf(draft)} to`));
      return;
    }
    case 'add':
      draft.inputs = named([...draft.inputs, ...(await askInput(parts, draft.service))]);
      draft.storage ??= await usualStorage(parts, draft);
      return;
    case 'storage':
      return useStorage(draft, await pickStorage(parts, plain`Upload ${titleOf(draft)} to`, draft.storage?.id));
    case 'outputs':
      return changeOutputs(parts, draft, jobs);
    case 'parameters':
      return changeParameters(draft);
    default:
      return step satisfies never;
  }
}

async function confirmUploads(draft: Draft): Promise<void> {
  const uploads = draft.inputs.flatMap((input) => (input.kind === 'file' ? [input.file.name] : []));
  const [first] = uploads;
  if (first === undefined) return;
  const question =
    uploads.length === 1
      ? plain`Upload "${first}" of a folder that you do not trust?`
      : plain`Upload ${uploads.length} files of a folder that you do not trust?`;
  await confirmUntrusted(
    question,
    plain`It goes to ${draft.storage?.name ?? 'storage'} and on to:\n${draft.service.name} (${draft.service.address})`,
    plain`Upload`,
  );
}

async function rememberChoices(parts: RunJobParts, draft: Draft, files: readonly vscode.Uri[]): Promise<void> {
  requireJobs(draft.service);
  const sample = parts.isSample(draft.service);
  // What goes to another service by itself does so after this job too.
  const choice = sample ? sampleChoice : draft.service.address;
  await parts.serviceOfFile.setFirst(files.map((file) => file.toString()), choice, (address) => parts.services.find(address) !== undefined);
  if (draft.storage && !sample) await parts.lastStorage.set(draft.service.address, draft.storage.id);
}
