// The parts of a batch job that can be changed before it runs: an input, the outputs, the parameters.

import { parametersText, shownParameters } from '../../../protocols/jobParameters';
import { looksSecret } from '../../../redaction';
import { checkBlobName, checkContainerName } from '../../../storage/blobAddress';
import { askChoice, askText, askToConfirm, type Choice } from '../../../ui/ask';
import { freshName, inputText, usualContainer, type ChosenPlace, type Draft, type DraftInput } from '../draft';
import { askFile, takeFile } from './inputFiles';
import { pickBlob, pickContainer, pickStorage, type StorageParts } from '../../storage';
import { plain, type PlainText } from '../../../ui/plain';

/** Changes or removes one input. */
export async function changeInput(parts: StorageParts, draft: Draft, index: number): Promise<void> {
  const input = draft.inputs[index];
  if (!input) return;
  const title = plain`Input ${input.port ?? inputText(input)}`;
  const put = (next: DraftInput): void => {
    draft.inputs = draft.inputs.map((each, at) => (at === index ? next : each));
  };
  const choices: Choice<'file' | 'blob' | 'port' | 'place' | 'remove'>[] = [
    { icon: 'file', label: plain`Another file…`, value: 'file' },
    { icon: 'database', label: plain`A blob that is in storage…`, value: 'blob' },
    {
      icon: 'edit',
      label: plain`Name of the input`,
      description: plain(input.port ?? 'none: for services that have one input'),
      value: 'port',
    },
    ...(input.kind === 'file'
      ? [
          {
            icon: 'edit',
            label: plain`Name in storage`,
            description:
              input.place === undefined
                ? plain`a name of its own, so that nothing is overwritten`
                : plain`${input.place.container}/${input.place.name}`,
            value: 'place' as const,
          },
        ]
      : []),
    { icon: 'trash', label: plain`Remove this input`, value: 'remove' },
  ];
  const step = await askChoice(title, plain`Choose what to change`, choices);
  switch (step) {
    case 'file':
      return put({ kind: 'file', port: input.port, place: undefined, ...(await takeFile(await askFile())) });
    case 'blob': {
      const { storage, blob } = await pickBlob(parts, title);
      return put({ kind: 'blob', port: input.port, storage, blob });
    }
    case 'port': {
      const port = (
        await askText({
          title,
          prompt: plain`Name of the input port, as the service calls it (case matters). Leave it empty for a service with one input.`,
          value: input.port ?? '',
          check: () => undefined,
        })
      ).trim();
      return put({ ...input, port: port === '' ? undefined : port });
    }
    case 'place':
      if (input.kind === 'file') put({ ...input, place: await askPlace(parts, draft, input.file.name, title) });
      return;
    case 'remove':
      draft.inputs = draft.inputs.filter((_, at) => at !== index);
      return;
    default:
      return step satisfies never;
  }
}

/** Asks where a file is put. What is there already is overwritten only after asking. */
async function askPlace(parts: StorageParts, draft: Draft, file: string, title: PlainText): Promise<ChosenPlace> {
  draft.storage ??= await pickStorage(parts, title);
  const access = await parts.storages.access(draft.storage.id);
  const container = await pickContainer(parts, draft.storage, title, true);
  const name = await askText({
    title,
    prompt: plain`Name of the blob in ${container}; slashes make folders`,
    value: freshName(file, Date.now()),
    check: checkBlobName,
  });
  const there = await parts.blobs.info(access, { base: access.base, container, name }, new AbortController().signal);
  if (there)
    await askToConfirm(
      plain`There is a blob "${name}" in ${container} already. Overwrite it?`,
      plain`What is in it now is lost when the input is uploaded.`,
      plain`Overwrite`,
    );
  return { storage: draft.storage.id, container, name, overwrite: there !== undefined };
}

/**
 * Says where outputs are written; those that are not named are left to the service. Of several jobs each writes to a folder of its own
 * there.
 */
export async function changeOutputs(parts: StorageParts, draft: Draft, jobs: number): Promise<void> {
  const title = plain`Outputs of the Batch Job`;
  type Step = { readonly output: number } | 'add' | 'none';
  const choices: Choice<Step>[] = [
    ...draft.outputs.map(({ port, container, name }, output): Choice<Step> => ({
      icon: 'trash',
      label: plain`Remove ${port}`,
      description: plain`${container}/${name}`,
      value: { output },
    })),
    { icon: 'add', label: plain`Choose where an output is written…`, value: 'add' },
    { icon: 'dash', label: plain`Leave all to the service`, description: plain`it writes to storage of its own`, value: 'none' },
  ];
  const step = await askChoice(title, plain`Choose what to change`, choices);
  if (typeof step === 'object') {
    draft.outputs = draft.outputs.filter((_, at) => at !== step.output);
    return;
  }
  if (step === 'none') {
    draft.outputs = [];
    return;
  }
  const port = (
    await askText({
      title,
      prompt: plain`Name of the output port, as the service calls it (case matters)`,
      value: `output${draft.outputs.length + 1}`,
      check: (value) => (value.trim() === '' ? 'A port needs a name.' : undefined),
    })
  ).trim();
  const storage = await pickStorage(parts, title, draft.storage?.id);
  const access = await parts.storages.access(storage.id);
  const container =
    access.kind === 'container'
      ? access.container
      : await askText({
          title,
          prompt: plain`Container; it is made when it is not there`,
          value: usualContainer,
          check: checkContainerName,
        });
  const name = await askText({
    title,
    prompt: plain`Name of the blob; its ending says what it is: .csv, .tsv, .arff, or .ilearner for a trained model`,
    value: freshName(`${port}.csv`, Date.now()),
    check: (value) =>
      checkBlobName(value) ??
      (/\.(csv|tsv|arff|ilearner)$/i.test(value) ? undefined : 'The name has to end in .csv, .tsv, .arff or .ilearner.'),
  });
  // A folder that is made for a job has nothing in it.
  const there = jobs === 1 && (await parts.blobs.info(access, { base: access.base, container, name }, new AbortController().signal));
  if (there)
    await askToConfirm(
      plain`There is a blob "${name}" in ${container} already. Let the service overwrite it?`,
      plain`What is in it now is lost when the job ends.`,
      plain`Overwrite`,
    );
  draft.outputs = [...draft.outputs.filter((each) => each.port !== port), { port, storage, container, name }];
}

/** Changes the global parameters. Values are texts, as the vendor's own samples have them; other values can be submitted as JSON. */
export async function changeParameters(draft: Draft): Promise<void> {
  const title = plain`Global Parameters`;
  const choices: Choice<string>[] = [
    ...shownParameters(parametersText(draft.parameters)).map(({ name, value }) => ({
      icon: 'edit',
      label: plain(name),
      description: plain(value),
      value: name,
    })),
    { icon: 'add', label: plain`Add a parameter…`, value: '' },
  ];
  const chosen = draft.parameters.size === 0 ? '' : await askChoice(title, plain`Choose one to change or remove`, choices);
  if (chosen === '') return addParameter(draft, title);
  const remove = await askChoice(title, plain(chosen), [
    { icon: 'edit', label: plain`Change its value…`, value: false },
    { icon: 'trash', label: plain`Remove it`, value: true },
  ]);
  if (remove) draft.parameters.delete(chosen);
  else draft.parameters.set(chosen, await askValue(title, chosen, draft.parameters.get(chosen)));
}

async function addParameter(draft: Draft, title: PlainText): Promise<void> {
  const typed = await askText({
    title,
    prompt: plain`Name of the parameter (case matters), or NAME=VALUE`,
    check: (value) => (value.replace(/=.*$/s, '').trim() === '' ? 'A parameter needs a name.' : undefined),
  });
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(typed) ?? [];
  draft.parameters.set(name.trim(), value?.trim() ?? (await askValue(title, name.trim(), draft.parameters.get(name.trim()))));
}

/** Asks for a value; one that looks like a secret by its name is not shown while it is typed. */
function askValue(title: PlainText, name: string, value: string | undefined): Promise<string> {
  const secret = looksSecret(name, '');
  return askText({
    title,
    prompt: plain`Value of ${name}`,
    secret,
    ...(value === undefined || secret ? {} : { value }),
    check: () => undefined,
  });
}
