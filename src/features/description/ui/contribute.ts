// What services tell of themselves: asked for, kept, refreshed, and made into new requests.

import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { Describing } from '../../../protocols/description';
import { credentialOf, protocolOf } from '../../../protocols/registry';
import { command } from '../../../ui/ids';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import type { Platform } from '../../../ui/platform';
import { savedName } from '../../../ui/savedNames';
import { callSettings } from '../../../ui/settings';
import type { HistoryApi } from '../../history';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';
import { Descriptions } from '../descriptions';
import { DescriptionStore } from '../descriptionStore';
import { keepServiceOfSaved } from './savedRequest';
import { forgetClosedUntitled } from './untitledChoices';

/** What other features need of descriptions. */
export interface DescriptionApi {
  readonly descriptions: Descriptions;
}

/** Whoever waits for a description has asked for something else. In milliseconds. */
const longestWaitMs = 20_000;

/** Adds them. */
export function contributeDescription(
  { context, log, reporter, commands, transport }: Pick<Platform, 'context' | 'log' | 'reporter' | 'commands' | 'transport'>,
  { services, keys, serviceOfFile, uses, sample }: Pick<ServicesApi, 'services' | 'keys' | 'serviceOfFile' | 'uses' | 'sample'>,
  { chosen }: Pick<ScoringApi, 'chosen'>,
  { lastRequest }: Pick<HistoryApi, 'lastRequest'>,
): DescriptionApi & Disposable {
  const lifetime = new DisposableStore();
  const describingOf = (service: Service): Describing | undefined => protocolOf(service).describing;
  const descriptions = new Descriptions({
    store: new DescriptionStore(join(context.globalStorageUri.fsPath, savedName.descriptions)),
    describing: describingOf,
    fetch: async (service, describing, signal) => {
      const timeoutMs = Math.min(callSettings().timeoutMs || longestWaitMs, longestWaitMs);
      const call = { service, credential: async () => credentialOf(service, await keys.of(service)), timeoutMs };
      return describing.fetch(call, await transport(), signal);
    },
    keeps: (service) => !services.isSample(service),
    now: () => Date.now(),
    log: (line) => log.warn(line),
    damaged: ({ name }) => {
      log.warn('A description on disk was damaged; it is asked for anew');
      tellBriefly(plain(l10n.t('The kept description of {0} was damaged, and is asked for anew.', name)));
    },
  });
  const parts = {
    services, serviceOfFile, descriptions, describingOf, lastRequest, chosen, reporter,
    startSample: sample.start, memory: context.globalState,
  };
  lifetime.add(
    commands.registerLoaded(command.newRequest, {
      load: () => import('./newRequest'),
      run: ({ newRequest }, argument) => newRequest(parts, argument),
    }),
  );
  lifetime.add(
    commands.registerLoaded(command.refreshDescription, {
      load: () => import('./newRequest'),
      run: ({ refreshDescription }, argument) => refreshDescription(parts, argument),
    }),
  );
  // A service that is removed, or moved to another address, leaves nothing behind.
  lifetime.add(uses.register({
    stop: (address) => void descriptions.forget(address),
    move: (from) => descriptions.forget(from),
  }));
  lifetime.add(vscode.workspace.onDidSaveTextDocument((document) => {
    void reporter.run(async () => {
      if (await keepServiceOfSaved(document, serviceOfFile)) chosen();
    });
  }));
  lifetime.add(forgetClosedUntitled(serviceOfFile, (work) => void reporter.run(work)));
  return { descriptions, dispose: () => lifetime.dispose() };
}
