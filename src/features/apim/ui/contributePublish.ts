// Publishing to API Management: its command and its page, which load the rest when they are first used.

import type { Service } from '../../../model/service';
import { factsOf } from '../../../protocols/registry';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command, panel as panelId } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import type { ServicesApi } from '../../services';
import type { PublishApis } from '../publish/publishApis';
import type { PublishFeature } from './publishFeature';

/** What is loaded later takes no copy of the protocols along. */
const hasJobs = (service: Service): boolean => factsOf(service).noJobs === undefined;

/** Adds it. */
export function contributePublish(
  platform: Pick<Platform, 'context' | 'reporter' | 'commands' | 'panels'>,
  services: Pick<ServicesApi, 'services' | 'keys'>,
  apis: PublishApis,
): Disposable {
  const lifetime = new DisposableStore();
  let loading: Promise<PublishFeature> | undefined;
  const feature = (): Promise<PublishFeature> =>
    (loading ??= import('./publishFeature').then((loaded) => lifetime.add(new loaded.PublishFeature(platform, services, apis, hasJobs))));
  lifetime.add(platform.commands.register(command.publishApi, async (argument) => (await feature()).publish(argument)));
  lifetime.add(platform.panels.register(panelId.publish, async (restored, state) => (await feature()).adopt(restored, state)));
  return lifetime;
}
