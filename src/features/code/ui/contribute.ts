// How a service is called: its page, and calls as code.

import { lastExchange } from '../lastExchange';
import { copyCode } from './copyCode';
import { command, panel as panelId } from '../../../ui/ids';
import { ServicePanel, showServicePage } from './servicePanel';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Platform } from '../../../ui/platform';
import type { DescriptionApi } from '../../description';
import type { HistoryApi } from '../../history';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';

/** Adds it. */
export function contributeCode(
  {
    context: { extensionUri, globalState },
    reporter,
    commands,
    panels,
  }: Pick<Platform, 'context' | 'reporter' | 'commands' | 'panels'>,
  { services, serviceOfFile }: Pick<ServicesApi, 'services' | 'serviceOfFile'>,
  { runs }: Pick<ScoringApi, 'runs'>,
  { lastRequest }: Pick<HistoryApi, 'lastRequest'>,
  { descriptions }: DescriptionApi,
): Disposable {
  const lifetime = new DisposableStore();
  const known = (address: string): ReturnType<typeof lastExchange> => lastExchange(runs, lastRequest, address);
  const page = lifetime.add(new ServicePanel({ extensionUri, reporter, services, descriptions, lastExchange: known }));
  const parts = {
    services,
    serviceOfFile,
    reporter,
    memory: globalState,
    lastRequest: async (address: string) => (await known(address)).request,
  };
  lifetime.add(panels.register(panelId.service, (restored, state) => page.adopt(restored, state)));
  lifetime.add(
    commands.registerAll([
      [command.copyCode, (argument) => copyCode(parts, argument)],
      [command.showServicePage, (argument) => showServicePage(page, services, argument)],
    ]),
  );
  page.start();
  return lifetime;
}
