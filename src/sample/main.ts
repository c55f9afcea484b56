// The sample service as a program: reads the command line, starts the service, says where it is, and ends when it is told to or left alone.

import { join, resolve } from 'node:path';
import { runApiManagement } from './apim/run';
import { readArguments, type CommandLine } from './arguments';
import { sampleDefinition, type Definition } from './definition';
import { openFolder, type Ports, type SampleFolder } from './folder/folder';
import { FolderInUse } from './folder/lock';
import { atPort, codeOf, GivenUp } from './givenUp';
import { helpText } from './help';
import { JobFiles } from './jobs/jobFiles';
import { sweepBlobs } from './jobs/sweepBlobs';
import { makeKey, writeKeyFile, type KeyFile } from './keyFile';
import { startSample, type Sample, type SampleOptions } from './server';
import { startStorage, StorageNotStarted, type StorageProcess } from './storage/process';

/** So often what is old is removed from the folder, in milliseconds. */
const sweepMs = 10 * 60 * 1000;

async function run(options: Extract<CommandLine, { kind: 'run' }>): Promise<void> {
  const givenKey = readGivenKey(options.keyFile);
  const key = givenKey ?? makeKey();
  const { bits = sampleDefinition.hashing.bits, ngrams = sampleDefinition.hashing.ngrams } = options;
  const definition: Definition = { ...sampleDefinition, hashing: { bits, ngrams } };
  const folder = options.folder === undefined ? undefined : await takeFolder(resolve(options.folder));
  const storage = await atPort(options.blobPort, folder?.ports?.storage, (port) => store(port, folder?.blobs));
  const jobFiles = folder && new JobFiles(folder.jobs, storage.blobEndpoint, tell);
  const sample = await atPort(options.port, folder?.ports?.service, (port) =>
    listen({ port, key, definition, blobEndpoint: storage.blobEndpoint, ...(jobFiles ? { jobFiles } : {}) }),
  );
  const apim = options.apiManagement && (await runApiManagement(options.apiManagement, folder, tell));
  if (folder) keepOn(folder, sample, storage, apim?.ports);
  if (givenKey === undefined) {
    const file = keepKey(key, options.keyFile);
    process.on('exit', () => file.remove());
    tell(`The sample service listens at ${sample.baseUrl}. Its API key is in ${file.path}, which is removed when the service ends.`);
  } else {
    tell(`The sample service listens at ${sample.baseUrl}. Its API key is the value of SAMPLE_API_KEY.`);
  }
  tell(`Its blob storage is at ${storage.blobEndpoint}, with the public key of the development account.`);
  const former = (folder?.formerPorts(sample.port) ?? []).map((port) => `http://127.0.0.1:${port}`);
  const ready = {
    baseUrl: sample.baseUrl,
    workspace: definition.workspace,
    services: [{ name: definition.name, id: definition.service }],
    blobEndpoint: storage.blobEndpoint,
    ...(former.length > 0 ? { formerBaseUrls: former } : {}),
    ...apim?.ready,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

function readGivenKey(keyFile: string | undefined): string | undefined {
  const key = process.env.SAMPLE_API_KEY;
  if (key === undefined || key === '') return undefined;
  if (keyFile !== undefined)
    throw new GivenUp('SAMPLE_API_KEY gives the key, so there is none to write: leave out --key-file or the variable.', 2);
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new GivenUp('SAMPLE_API_KEY must be printable ASCII characters without blanks, or a caller could not send it.', 2);
  return key;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function takeFolder(path: string): Promise<SampleFolder> {
  try {
    const folder = await openFolder(path);
    process.on('exit', () => folder.release());
    void folder.lost.then(() => giveUp(new GivenUp(`Another sample service has taken the folder ${path}, so this one ends.`, 1)));
    return folder;
  } catch (error) {
    if (error instanceof FolderInUse)
      throw new GivenUp(`The folder ${path} is in use by another sample service. Choose another for --folder.`, 3);
    throw new GivenUp(`The folder ${path} cannot be used (${codeOf(error)}). Choose another for --folder, or leave it out.`, 1);
  }
}

/** Remembers where the sample is, and removes what is old, now and then every few minutes. */
function keepOn(folder: SampleFolder, sample: Sample, { blobEndpoint }: StorageProcess, more: Pick<Ports, 'arm' | 'gateway'> = {}): void {
  try {
    folder.keepPorts({ service: sample.port, storage: Number(new URL(blobEndpoint).port), ...more });
  } catch (error) {
    tell(`The ports could not be noted in the folder (${codeOf(error)}): the next start may take others.`);
  }
  const sweep = (): void => {
    sample.jobs.sweep();
    sweepBlobs(blobEndpoint, sample.jobs.openInputs()).catch((error: unknown) =>
      tell(`Old blobs could not be removed (${codeOf(error)}).`),
    );
  };
  sweep();
  setInterval(sweep, sweepMs).unref();
}

async function store(port: number, folder: string | undefined): Promise<StorageProcess> {
  try {
    const storage = await startStorage(join(__dirname, 'storage.js'), port, folder);
    void storage.ended.then((how) =>
      giveUp(new GivenUp(`The blob storage of the sample service has ended (${how}), so the sample service ends too. Start it again.`, 1)),
    );
    return storage;
  } catch (error) {
    if (!(error instanceof StorageNotStarted)) throw error;
    if (error.code === 'EADDRINUSE')
      throw new GivenUp(
        `Port ${port} of 127.0.0.1 is in use by another program. Choose another for --blob-port, or 0 for any free one.`,
        1,
      );
    throw new GivenUp(`The blob storage of the sample service cannot be started (${error.code}).`, 1);
  }
}

async function listen(options: SampleOptions): Promise<Sample> {
  const { port } = options;
  try {
    return await startSample(options);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE')
      throw new GivenUp(`Port ${port} of 127.0.0.1 is in use by another program. Choose another, or 0 for any free one.`, 1);
    throw new GivenUp(`The sample service cannot listen at port ${port} of 127.0.0.1 (${code}).`, 1);
  }
}

function keepKey(key: string, path: string | undefined): KeyFile {
  try {
    return writeKeyFile(key, path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST')
      throw new GivenUp(`The key file ${path ?? ''} exists already and is not overwritten. Delete it or choose another path.`, 1);
    throw new GivenUp(`The key file ${path ?? ''} cannot be written (${code}).`, 1);
  }
}

function endWhenLeft(): void {
  const end = (): void => process.exit(0);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('SIGHUP', end);
  // The channel closes too when the parent is killed: nobody is left then who could stop this service.
  process.on('disconnect', end);
  // Who does not read what is written may still call the service.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}

/** A proxy is for other computers; the sample calls storage on this one only, and a proxy would be shown what it reads. */
function passProxiesBy(): void {
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy']) {
    delete process.env[name];
    delete process.env[name.toUpperCase()];
  }
}

function start(): void {
  endWhenLeft();
  passProxiesBy();
  const commandLine = readArguments(process.argv.slice(2));
  switch (commandLine.kind) {
    case 'help':
      // The exit is needed where a parent's channel is open, and only then is all written where the output is a pipe.
      process.stdout.write(helpText, () => process.exit(0));
      return;
    case 'wrong':
      giveUp(new GivenUp(commandLine.sentence, 2));
      return;
    case 'run':
      run(commandLine).catch(giveUp);
      return;
    default:
      unknownKind(commandLine);
  }
}

function giveUp(error: unknown): void {
  const known = error instanceof GivenUp;
  // Written before the exit even where the output is a pipe, which exit alone does not wait for.
  process.stderr.write(`${known ? error.message : `The sample service failed: ${String(error)}`}\n`, () =>
    process.exit(known ? error.exitCode : 1),
  );
}

function unknownKind(commandLine: never): never {
  throw new Error(`Unknown command line: ${JSON.stringify(commandLine)}`);
}

start();
