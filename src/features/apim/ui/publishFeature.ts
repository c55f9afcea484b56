// Publishing as a whole, loaded by its first use: journal, page, and what they share.

import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { AtomicFiles } from '../../../base/atomicFiles';
import { newJobKey } from '../../../base/fileKeys';
import { systemClock } from '../../../model/clock';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { askText } from '../../../ui/ask';
import { plain } from '../../../ui/plain';
import type { Platform } from '../../../ui/platform';
import { savedName } from '../../../ui/savedNames';
import { checkKey, cleanKey, type ServicesApi } from '../../services';
import type { ApiDefinition } from '../definition/definition';
import type { ApimInstance } from '../instance';
import { afterPublish, gatewayServiceIn, knownOutcome, type HasJobs } from '../publish/afterPublish';
import { PublishJournal } from '../publish/journal';
import type { PublishApis } from '../publish/publishApis';
import type { Publishing } from '../publish/publishing';
import { PublishSession } from '../publish/session';
import { publishApi, reviewPublishing, type PublishParts } from './publish';
import { PublishPanel } from './publishPanel';
import { PublishTexts } from './publishTexts';

/** Publishing in this window. */
export class PublishFeature implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly journal: PublishJournal;
  private readonly panel: PublishPanel;

  constructor(
    { context, reporter }: Pick<Platform, 'context' | 'reporter'>,
    private readonly services: Pick<ServicesApi, 'services' | 'keys'>,
    private readonly apis: PublishApis,
    hasJobs: HasJobs,
  ) {
    const files = new AtomicFiles(join(context.globalStorageUri.fsPath, savedName.publishings));
    this.journal = new PublishJournal(files, context.secrets);
    const session = (publishing: Publishing): PublishSession => new PublishSession({
      arms: apis.arms,
      journal: this.journal,
      askServiceKey: (service) => this.askServiceKey(service),
      describe: (error) => reporter.describe(error),
      finish: async (done, signal) => {
        const outcome = await afterPublish({ arm: await apis.arms(done.instance), ...services, hasJobs }, done, signal);
        apis.instanceChanged?.(done.instance);
        return outcome;
      },
      known: (done) => knownOutcome(services.services, hasJobs, done),
    }, publishing);
    this.panel = this.lifetime.add(new PublishPanel({
      extensionUri: context.extensionUri, reporter, journal: this.journal, texts: this.lifetime.add(new PublishTexts()), session,
      gatewayAddress: (publishing) => gatewayServiceIn(services.services, publishing)?.address,
      openPortal: apis.openPortal,
      changeChoices: apis.changeChoices,
    }));
  }

  /** Publishes the service that a command was called for, or one that the person picks. */
  publish(argument: unknown): Promise<void> {
    return publishApi(this.parts(), argument);
  }

  /** Shows what publishing a definition would make and change. */
  review(instance: ApimInstance, definition: ApiDefinition): Promise<void> {
    return reviewPublishing(this.parts(), instance, definition);
  }

  /** Takes over a panel that a reload has left. */
  adopt(restored: vscode.WebviewPanel, state: unknown): void {
    this.panel.adopt(restored, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private parts(): PublishParts {
    const { journal, panel, services: { services }, apis } = this;
    const now = (): number => systemClock.now();
    return { ...apis, services, journal, panel, now, newKey: () => newJobKey(now(), Math.random) };
  }

  /** The key that the gateway is to add: the one that is set for the service, else the person is asked. It is kept nowhere. */
  private async askServiceKey({ name, address }: ApiDefinition['service']): Promise<string> {
    const service = this.services.services.find(address);
    const known = service && (await this.services.keys.of(service)).serviceKey;
    if (known !== undefined) return known;
    return cleanKey(await askText({
      title: plain(l10n.t('API Key of {0}', name)),
      prompt: plain(l10n.t('Paste the API key of the service. It becomes a secret named value of the instance, and is kept nowhere here.')),
      secret: true,
      check: checkKey,
    }));
  }
}
