// What is done with the API of a service, loaded by its first use: the choices for it, its files, its publishing.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { InvalidInput } from '../../../model/errors';
import type { Service } from '../../../model/service';
import { command } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { Platform } from '../../../ui/platform';
import { inMessage } from '../../../ui/progress';
import type { DescriptionApi } from '../../description';
import { sampleRan, type ServicesApi } from '../../services';
import { draftOf } from '../choices/draft';
import type { ApimInstance, ArmOf } from '../instance';
import { instanceTitle } from '../nodes';
import type { HasJobs } from '../publish/afterPublish';
import { offeredProducts } from '../publish/offeredProducts';
import { ChoicesPanel, type ChoicesQuestion } from './choicesPanel';
import {
  askDefinition, createDefinition, definitionQuestion, publishQuestion, type CreateDefinitionParts, type DefinitionTarget,
} from './createDefinition';
import { DefinitionDiff } from './definitionDiff';
import { PublishFeature } from './publishFeature';

/** What it needs from outside. */
export interface ApiWorkParts extends Pick<Platform, 'context' | 'reporter'> {
  readonly services: Pick<ServicesApi, 'services' | 'keys' | 'sample'>;
  readonly descriptions: DescriptionApi['descriptions'];
  /** What is loaded later takes no copy of the protocols along. */
  readonly publishedAs: CreateDefinitionParts['publishedAs'];
  readonly hasJobs: HasJobs;
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** One that is known by its ARM id. */
  readonly findInstance: (id: string) => Promise<ApimInstance | undefined>;
  readonly instanceChanged: (instance: ApimInstance) => void;
}

/** The panels and commands. */
export class ApiWork implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly choices: ChoicesPanel;
  private readonly definition: CreateDefinitionParts;
  private readonly publishing: PublishFeature;
  private diff: DefinitionDiff | undefined;

  constructor(parts: ApiWorkParts) {
    const { context, reporter, services, descriptions, publishedAs, hasJobs, arms, pickInstance, findInstance, instanceChanged } = parts;
    this.choices = this.lifetime.add(new ChoicesPanel({ extensionUri: context.extensionUri, reporter }));
    this.definition = {
      services: services.services, descriptions, publishedAs, startSample: services.sample.start, choices: this.choices,
      diff: () => (this.diff ??= this.lifetime.add(new DefinitionDiff())),
    };
    // A sample that ran before the reload is on its way, and its service and instance with it.
    const serviceAt = async (address: string): Promise<Service | undefined> => {
      if (services.services.find(address) === undefined && sampleRan(context)) await services.sample.start();
      return services.services.find(address);
    };
    this.lifetime.add(this.choices.register('define', async ({ address }) => {
      const service = await serviceAt(address);
      return service && definitionQuestion(this.definition, service);
    }));
    const withProducts = async (instance: ApimInstance): Promise<DefinitionTarget> => {
      const products = await inMessage(plain(l10n.t('Reading the products of {0}', instanceTitle(instance))), async (signal) =>
        offeredProducts(await arms(instance), instance, signal));
      return { ...instance, name: instanceTitle(instance), products };
    };
    const questionFor = async (service: Service, instance: ApimInstance): Promise<ChoicesQuestion> =>
      publishQuestion(this.definition, service, await withProducts(instance), (definition) => this.publishing.review(instance, definition));
    this.lifetime.add(this.choices.register('publish', async ({ address, instance: id }) => {
      const service = await serviceAt(address);
      const instance = id === undefined ? undefined : await findInstance(id);
      return service && instance && questionFor(service, instance);
    }));
    this.publishing = this.lifetime.add(new PublishFeature({ context, reporter }, services, {
      arms, pickInstance, instanceChanged,
      changeChoices: async ({ instance, definition: { choices, service: { address, name } } }) => {
        const service = await serviceAt(address);
        if (!service) {
          throw new InvalidInput({
            sentence: l10n.t('"{0}" is no longer in the sidebar.', name),
            advice: l10n.t('Add it again to choose something else for its API.'),
          });
        }
        // An address may be another one since: the sample's changes with each start.
        this.choices.ask(await questionFor(service, (await findInstance(instance.id)) ?? instance), draftOf(choices));
      },
      askChoices: async (service, instance) => askDefinition(this.definition, service, await withProducts(instance)),
      // As from the line of the instance.
      openPortal: async (instance) =>
        void (await vscode.commands.executeCommand(command.apimOpenPortal, { kind: 'instance', instance, parent: undefined })),
    }, hasJobs));
  }

  /** Writes the definition of the API of a service into files. */
  createDefinition(argument: unknown): Promise<void> {
    return createDefinition(this.definition, argument);
  }

  /** Publishes the API of a service. */
  publish(argument: unknown): Promise<void> {
    return this.publishing.publish(argument);
  }

  /** Takes over panels that a reload has left. */
  adoptChoices(panel: vscode.WebviewPanel, state: unknown): void {
    this.choices.adopt(panel, state);
  }

  adoptPublishing(panel: vscode.WebviewPanel, state: unknown): void {
    this.publishing.adopt(panel, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}
