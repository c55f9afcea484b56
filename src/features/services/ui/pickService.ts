// Which service is meant: the one a menu was opened on, or the one the person picks.

import * as vscode from 'vscode';
import { Cancelled, InvalidInput } from '../../../model/errors';
import type { Service, Workspace } from '../../../model/service';
import { batchOf, factsOf } from '../../../protocols/registry';
import type { ServiceStore } from '../serviceStore';
import { member } from '../../../base/shape';
import { onTheWay } from './addedService';
import { sampleChoice } from '../remembered';
import { askChoice, type Choice } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import { plain, type PlainText } from '../../../ui/plain';

/** The service that a command was called for: by its address or by a node of the tree; undefined when it was called for none. */
export function serviceFrom(services: ServiceStore, argument: unknown): Service | undefined {
  const address = typeof argument === 'string' ? argument : member(member(argument, 'service'), 'address');
  return typeof address === 'string' ? services.find(address) : undefined;
}

/** The workspace that a command was called for, or undefined. */
export function workspaceFrom(services: ServiceStore, argument: unknown): Workspace | undefined {
  const address = member(argument, 'kind') === 'workspace' ? member(member(argument, 'workspace'), 'address') : undefined;
  return services.workspaces().find((workspace) => workspace.address === address);
}

/** `remembered` is how the choice is kept for a file. */
type Picked =
  | { readonly kind: 'service'; readonly service: Service; readonly remembered: string }
  | { readonly kind: 'sample'; readonly remembered: string }
  | { readonly kind: 'add' };

/** What can be picked besides the services that are there. */
export interface PickOptions {
  readonly title: PlainText;
  /** Offers the sample, starting it when it does not run. */
  readonly startSample?: () => Promise<Service>;
  /** Leaves the sample out. */
  readonly withoutSample?: boolean;
  /** The choice that is in force, as it is remembered: it stands first, so that Enter changes nothing. */
  readonly now?: string | undefined;
}

/** Asks for a service. Adding one from here is offered as well. Throws Cancelled. */
export async function pickService(services: ServiceStore, options: PickOptions): Promise<Service> {
  const workspaces = services.workspaces().filter((workspace) => !(options.withoutSample && workspace.sample));
  const choices = workspaces.flatMap((workspace) => workspace.services.map((service): Choice<Picked> => ({
    icon: 'server-process', label: plain(service.name),
    description: plain(workspace.name),
    detail: plain(service.address),
    value: { kind: 'service', service, remembered: workspace.sample ? sampleChoice : service.address },
  })));
  const { startSample, now } = options;
  const sampleRuns = workspaces.some((workspace) => workspace.sample);
  if (startSample && !sampleRuns)
    choices.push({
      icon: 'beaker',
      label: plain`Sample service`,
      description: plain`starts on this computer, needs no account`,
      value: { kind: 'sample', remembered: sampleChoice },
    });
  const inForce = choices.findIndex(({ value }) => value.kind !== 'add' && value.remembered === now);
  const [current] = inForce < 0 ? [] : choices.splice(inForce, 1);
  if (current) choices.unshift({ ...current, description: plain`${current.description ?? ''} · chosen now` });
  choices.push({ icon: 'add', label: plain`Add a service…`, value: { kind: 'add' }, alwaysShow: true });
  const picked = await askChoice(options.title, plain`Choose a service`, choices);
  switch (picked.kind) {
    case 'service':
      return picked.service;
    case 'sample':
      if (!startSample) throw new Cancelled();
      return startSample();
    case 'add': {
      const address: unknown = await vscode.commands.executeCommand(command.addService, undefined, onTheWay);
      const added = serviceFrom(services, address);
      if (!added) throw new Cancelled();
      return added;
    }
    default:
      return picked satisfies never;
  }
}

/** Throws InvalidInput for a service that cannot have batch jobs. */
export function requireJobs(service: Service): void {
  const { noJobs } = factsOf(service);
  if (noJobs !== undefined) throw new InvalidInput(noJobs);
  batchOf(service);
}
