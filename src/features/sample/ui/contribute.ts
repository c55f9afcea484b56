// The sample service on this computer: started when it is first needed, and with its request and its input at hand.

import * as vscode from 'vscode';
import { systemClock } from '../../../model/clock';
import { copySampleKey, openSampleInput, openSampleRequest, startAndOpen, startSample, stopSample } from './sampleCommands';
import { sampleRan, sampleRanKey } from '../../services';
import { command, contextKey } from '../../../ui/ids';
import { notify } from '../../../ui/notices';
import { savedName } from '../../../ui/savedNames';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { SampleService } from '../sampleService';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { Platform } from '../../../ui/platform';
import type { ApimApi } from '../../apim';
import type { JobsApi } from '../../jobs';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';
import type { StorageApi } from '../../storage';

/** Adds the sample. */
export function contributeSample(
  {
    context,
    log,
    reporter,
    commands,
    errorActions,
  }: Pick<Platform, 'context' | 'log' | 'reporter' | 'commands' | 'errorActions'>,
  { services, keys, serviceOfFile, sample: starting }: ServicesApi,
  { storages }: Pick<StorageApi, 'storages'>,
  { chosen }: Pick<ScoringApi, 'chosen'>,
  { openJobs, rehome, endLost, onDidChangeSight, neighbours, tellSampleFolder }: JobsApi,
  { setSample, countInSample }: Pick<ApimApi, 'setSample' | 'countInSample'>,
): Disposable {
  const lifetime = new DisposableStore();
  const shipped = (name: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'media', 'sample', name);
  const stored = (name: string): vscode.Uri => vscode.Uri.joinPath(context.globalStorageUri, name);
  const sample = lifetime.add(
    new SampleService({
      program: context.asAbsolutePath('dist/sample.js'),
      folder: stored(savedName.sample).fsPath,
      secrets: context.secrets,
      services,
      keys,
      storages,
      memory: context.workspaceState,
      neighbours,
      tellSampleFolder,
      tellApim: setSample,
      clock: systemClock,
      whileWaiting: (work) =>
        inMessage(
          plain`Waiting for another window for this folder to give back the sample's jobs. Cancel starts the sample without them.`,
          work,
        ),
      follow: rehome,
      log: (line) => log.info(line),
      warn: (message) => void notify('warning', message),
    }),
  );
  const isService = (address: string): boolean => services.find(address) !== undefined;
  const parts = {
    sample,
    serviceOfFile,
    shippedRequest: shipped('good-day.json'),
    ownRequest: stored(savedName.ownRequest),
    isService,
    keysOf: (service: Service) => keys.of(service),
    chosen,
    openJobs,
    openInstances: countInSample,
  };
  const start = (): Promise<Service> => startSample(parts);
  const input = { serviceOfFile, isService, shipped: shipped('days.csv'), own: stored(savedName.ownInput), startSample: start };

  lifetime.add(starting.register(start));
  lifetime.add(
    commands.registerAll([
      [command.startSample, () => startAndOpen(parts)],
      [command.stopSample, () => stopSample(parts)],
      [command.copySampleKey, () => copySampleKey(parts)],
      [command.openSampleRequest, () => openSampleRequest(parts)],
      [command.openSampleInput, () => openSampleInput(input)],
    ]),
  );
  lifetime.add(
    errorActions.register('startSample', {
      label: plain`Start the Sample Service`,
      run: async () => vscode.commands.executeCommand(command.startSample),
    }),
  );

  let addresses: readonly string[] = [];
  lifetime.add(
    sample.onDidChange(() => {
      const running = sample.workspace !== undefined;
      if (!running && !sample.keeps) void reporter.run(() => endLost(addresses));
      addresses = sample.workspace?.services.map(({ address }) => address) ?? [];
      void vscode.commands.executeCommand('setContext', contextKey.sampleRunning, running);
      void context.workspaceState.update(sampleRanKey, running);
    }),
  );
  lifetime.add(onDidChangeSight((seen) => void reporter.run(() => sample.onSight(seen))));
  if (sampleRan(context)) void reporter.run(async () => void (await sample.start()));
  return lifetime;
}
