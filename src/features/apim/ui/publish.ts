// "Publish to API Management": service, instance, choices, then the review of what is made and changed.

import * as l10n from '@vscode/l10n';
import { formatWhen } from '../../../base/format';
import type { Service } from '../../../model/service';
import { askChoice, type Choice } from '../../../ui/ask';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { pickService, serviceFrom, type ServiceStore } from '../../services';
import type { ApiDefinition } from '../definition/definition';
import type { ApimInstance, ArmOf } from '../instance';
import { instanceTitle } from '../nodes';
import type { PublishJournal } from '../publish/journal';
import { makePlan } from '../publish/plan';
import { newPublishing, phaseOf, type Publishing } from '../publish/publishing';
import { instanceMeant } from './meant';
import type { PublishPanel } from './publishPanel';

/** So many finished publishings are kept, of all services: the oldest are forgotten. */
const mostFinished = 50;

/** What the command needs from outside. */
export interface PublishParts {
  readonly services: ServiceStore;
  readonly arms: ArmOf;
  readonly journal: PublishJournal;
  readonly panel: PublishPanel;
  readonly newKey: () => string;
  readonly now: () => number;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** Asks for the choices and makes the definition of them. Throws Cancelled. */
  readonly askChoices: (service: Service, instance: ApimInstance) => Promise<ApiDefinition>;
}

/** Leads up to the review; nothing is written at the instance before a person applies it. */
export async function publishApi(parts: PublishParts, argument: unknown): Promise<void> {
  const { services, panel, pickInstance, askChoices } = parts;
  const title = plain(l10n.t('Publish to API Management'));
  const service = serviceFrom(services, argument) ?? (await pickService(services, { title }));
  const begun = await askEarlier(parts, service);
  if (begun) return void panel.show(begun);
  const instance = instanceMeant(argument) ?? (await pickInstance());
  await reviewPublishing(parts, instance, await askChoices(service, instance));
}

/** Plans the publishing of a definition and shows it. */
export async function reviewPublishing(
  { arms, journal, panel, newKey, now }: Pick<PublishParts, 'arms' | 'journal' | 'panel' | 'newKey' | 'now'>,
  instance: ApimInstance,
  definition: ApiDefinition,
): Promise<void> {
  const plan = await inMessage(plain(l10n.t('Looking at what is in {0}', instanceTitle(instance))), async (signal) =>
    makePlan(await arms(instance), instance, definition, signal));
  const publishing = newPublishing(newKey(), now(), instance, definition, plan);
  panel.show(await journal.write(publishing));
}

/**
 * An earlier publishing of this service that the person wants to see again: to go on with it, to undo it, to look for drift. Throws
 * Cancelled.
 */
async function askEarlier({ journal, now }: Pick<PublishParts, 'journal' | 'now'>, service: Service): Promise<Publishing | undefined> {
  const unfinished: Publishing[] = [];
  const finished: Publishing[] = [];
  let kept = 0;
  for (const key of await journal.keys()) {
    const entry = await journal.read(key);
    if (entry.kind !== 'publishing') continue;
    const { publishing } = entry;
    const isOwn = publishing.definition.service.address === service.address;
    const phase = phaseOf(publishing);
    if (phase === 'done') {
      kept += 1;
      if (kept > mostFinished) await journal.remove(publishing);
      else if (isOwn) finished.push(publishing);
    } else if (isOwn && (phase === 'stopped' || phase === 'undoing')) unfinished.push(publishing);
    // One that nothing was written for is of no use to anybody once its page is gone.
    else if (isOwn) await journal.remove(publishing);
  }
  if (unfinished.length + finished.length === 0) return undefined;
  const choices: Choice<Publishing | undefined>[] = [
    ...unfinished.map((each): Choice<Publishing | undefined> => ({
      icon: 'debug-continue',
      label: plain(l10n.t('Carry On with {0}', each.definition.choices.displayName)),
      description: plain(l10n.t('not finished, in {0}', instanceTitle(each.instance))),
      value: each,
    })),
    { icon: 'new-file', label: plain(l10n.t('Publish Anew…')), value: undefined },
    ...finished.map((each): Choice<Publishing | undefined> => ({
      icon: 'check',
      label: plain(l10n.t('Published: {0}', each.definition.choices.displayName)),
      description: plain(l10n.t('in {0}, {1}', instanceTitle(each.instance), formatWhen(each.createdAt, now()))),
      detail: plain(l10n.t('Opens it again, to check for drift or to undo it')),
      value: each,
    })),
  ];
  const title = plain(l10n.t('Publish {0} to API Management', service.name));
  return askChoice(title, plain(l10n.t('It was published or begun before')), choices);
}
