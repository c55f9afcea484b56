// New Request: from the service's description, else from the last request that was sent, else the shape of one; and asking for it anew.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatCount } from '../../../base/format';
import type { Memory } from '../../../base/ports';
import { DescriptionFailed, InvalidInput } from '../../../model/errors';
import type { Service } from '../../../model/service';
import type { Describing } from '../../../protocols/description';
import { askChoice } from '../../../ui/ask';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { memoryKey } from '../../../ui/savedNames';
import { pickService, sampleChoice, serviceFrom, type ServiceOfFile, type ServiceStore } from '../../services';
import type { Descriptions, DescriptionState } from '../descriptions';
import { describedRemarks, isUsable, lastRemarks, shapeRemarks } from '../requestRemarks';

/** What these commands need from outside. */
export interface NewRequestParts {
  readonly services: ServiceStore;
  readonly serviceOfFile: ServiceOfFile;
  readonly descriptions: Descriptions;
  /** How services of this kind describe themselves; undefined where they do not. */
  readonly describingOf: (service: Service) => Describing | undefined;
  /** The last request that went to a service, by its address, and holds no mask. */
  readonly lastRequest: (address: string) => Promise<string | undefined>;
  /** Told when a service was chosen for a document. */
  readonly chosen: () => void;
  readonly reporter: ErrorReporter;
  readonly startSample: () => Promise<Service>;
  /** Where the form that was chosen last is remembered. */
  readonly memory: Memory;
}

/** Opens a new request to the service that the command was called for, or to one that the person picks. Throws Cancelled. */
export async function newRequest(parts: NewRequestParts, argument: unknown): Promise<void> {
  const { services, descriptions, describingOf, startSample } = parts;
  const service = serviceFrom(services, argument) ??
    (await pickService(services, { title: plain(l10n.t('New Request')), startSample }));
  const describing = describingOf(service);
  if (!describing)
    throw new InvalidInput({ sentence: l10n.t('What a request to "{0}" holds is not known for services of its kind.', service.name) });
  const state = (await descriptions.known(service)) ?? (await reading(service, (signal) => descriptions.get(service, signal)));
  await open(parts, service, await textOf(parts, { service, describing, state }));
}

/** Asks a service for its description anew. Throws Cancelled, and DescriptionFailed, which is shown with buttons for this service. */
export async function refreshDescription(parts: NewRequestParts, argument: unknown): Promise<void> {
  const { services, descriptions, reporter } = parts;
  const service = serviceFrom(services, argument) ?? (await pickService(services, { title: plain(l10n.t('Refresh Description')) }));
  const refresh = async (): Promise<void> => {
    const state = await reading(service, (signal) => descriptions.refresh(service, signal));
    if (state?.problem) throw new DescriptionFailed(state.problem);
    if (state?.kind !== 'known')
      throw new InvalidInput({ sentence: l10n.t('"{0}" does not describe itself: services of its kind do not.', service.name) });
    const { notUnderstood, moreNotUnderstood } = state.description;
    const places = notUnderstood.length + moreNotUnderstood;
    tellBriefly(
      places === 0
        ? plain(l10n.t('The description of {0} is up to date.', service.name))
        : plain(l10n.t('The description of {0} is up to date. Places that were not understood: {1}.', service.name, formatCount(places))),
    );
  };
  await reporter.run(refresh, { service, retry: refresh });
}

/** What a request is made from. */
interface Source {
  readonly service: Service;
  readonly describing: Describing;
  readonly state: DescriptionState | undefined;
}

async function textOf(parts: NewRequestParts, { service, describing, state }: Source): Promise<string> {
  const { name, address } = service;
  if (isUsable(state)) {
    const form = await askForm(parts, describing, name);
    return describing.newRequest(form, state.description, describedRemarks(name, state));
  }
  const last = await parts.lastRequest(address);
  const made = last === undefined ? undefined : await describing.fromLast(last, lastRemarks(name, state));
  return made ?? describing.newRequest(await askForm(parts, describing, name), undefined, shapeRemarks(name, state));
}

/** The form that was chosen last stands first, so that Enter takes it again. */
async function askForm({ memory }: NewRequestParts, describing: Describing, name: string): Promise<string> {
  const before = memory.get(memoryKey.requestForm);
  const forms = [...describing.forms()].sort((one, other) => Number(other.id === before) - Number(one.id === before));
  const form = await askChoice(
    plain(l10n.t('New Request to {0}', name)),
    plain(l10n.t('Choose the form of the request')),
    forms.map(({ id, name: label, detail }) => ({
      icon: 'json',
      label: plain(label),
      ...(id === before ? { description: plain(l10n.t('chosen last time')) } : {}),
      detail: plain(detail),
      value: id,
    })),
  );
  await memory.update(memoryKey.requestForm, form);
  return form;
}

async function open({ services, serviceOfFile, chosen }: NewRequestParts, service: Service, content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'jsonc', content });
  await serviceOfFile.set([document.uri.toString()], services.isSample(service) ? sampleChoice : service.address);
  await vscode.window.showTextDocument(document, { preview: false });
  chosen();
}

function reading<T>(service: Service, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return inMessage(plain(l10n.t('Reading the description of {0}…', service.name)), work);
}
