// Definitions of APIs as files, and the panel that asks for the choices; publishing asks by it too.

import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command, panel as panelId } from '../../../ui/ids';
import type { Platform } from '../../../ui/platform';
import type { DescriptionApi } from '../../description';
import type { Service } from '../../../model/service';
import type { ServicesApi } from '../../services';
import type { ApiDefinition } from '../definition/definition';
import { ChoicesPanel, type AskChoices } from './choicesPanel';
import type { CreateDefinitionParts, DefinitionTarget } from './createDefinition';
import { DefinitionDiff } from './definitionDiff';

/** What publishing needs of it. */
export interface DefinitionApi {
  /** Shows the form. */
  readonly askChoices: AskChoices;
  /** Shows the form for an instance, and gives the definition that comes of it. Throws Cancelled where the person leaves it. */
  readonly askDefinition: (service: Service, instance: DefinitionTarget) => Promise<ApiDefinition>;
  /** Says how panels that a reload has left go on. */
  readonly choices: Pick<ChoicesPanel, 'register'>;
}

/** Adds them. */
export function contributeDefinition(
  { context: { extensionUri }, reporter, commands, panels }: Pick<Platform, 'context' | 'reporter' | 'commands' | 'panels'>,
  { services, sample }: Pick<ServicesApi, 'services' | 'sample'>,
  { descriptions }: DescriptionApi,
): DefinitionApi & Disposable {
  const lifetime = new DisposableStore();
  const choices = lifetime.add(new ChoicesPanel({ extensionUri, reporter }));
  let diff: DefinitionDiff | undefined;
  const parts: CreateDefinitionParts = {
    services, descriptions, startSample: sample.start, choices, diff: () => (diff ??= lifetime.add(new DefinitionDiff())),
  };
  lifetime.add(choices.register('define', async ({ address }) => {
    const service = services.find(address);
    return service && (await import('./createDefinition')).definitionQuestion(parts, service);
  }));
  lifetime.add(panels.register(panelId.choices, (restored, state) => choices.adopt(restored, state)));
  lifetime.add(commands.registerLoaded(command.createApiDefinition, {
    load: () => import('./createDefinition'),
    run: ({ createDefinition }, argument) => createDefinition(parts, argument),
  }));
  return {
    askChoices: choices.ask,
    askDefinition: async (service, instance) => (await import('./createDefinition')).askDefinition(parts, service, instance),
    choices,
    dispose: () => lifetime.dispose(),
  };
}
