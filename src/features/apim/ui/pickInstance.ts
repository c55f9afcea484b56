// Asks which API Management instance is meant.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Cancelled, SampleFailed } from '../../../model/errors';
import { askChoice, type Choice } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { ApimInstance } from '../instance';
import { instanceTitle } from '../nodes';

/** What is asked about. */
export interface PickParts {
  readonly instances: () => readonly ApimInstance[];
  /** Starts the sample and gives its instance; undefined while it runs. */
  readonly startSample: (() => Promise<ApimInstance | undefined>) | undefined;
  /** Nothing is asked of Azure. */
  readonly isSignedIn: () => Promise<boolean>;
}

/** Gives the one that was chosen, which may have been added just now. Throws Cancelled, also after the sign-in: the section asks Azure. */
export async function pickInstance({ instances, startSample, isSignedIn }: PickParts): Promise<ApimInstance> {
  const choices: Choice<ApimInstance | 'add' | 'sample' | 'signIn'>[] = instances().map((instance) => ({
    icon: instance.sample ? 'beaker' : 'cloud',
    label: plain(instanceTitle(instance)),
    description: plain(instance.sample ? l10n.t('runs on this computer') : instance.resourceGroup),
    value: instance,
  }));
  if (startSample) choices.push({ icon: 'play', label: plain(l10n.t('Start the Sample Service')), alwaysShow: true, value: 'sample' });
  const signedIn = await isSignedIn();
  if (!signedIn) choices.push({ icon: 'sign-in', label: plain(l10n.t('Sign In to Azure…')), alwaysShow: true, value: 'signIn' });
  choices.push({ icon: 'add', label: plain(l10n.t('Add Instance by Resource ID…')), alwaysShow: true, value: 'add' });
  const chosen = await askChoice(
    plain(l10n.t('Which API Management Instance?')),
    plain(signedIn ? l10n.t('Others are here once the sidebar has shown them') : l10n.t('Those of Azure are here after the sign-in')),
    choices,
  );
  if (chosen === 'sample') return (await startSample?.()) ?? noSampleApim();
  if (chosen === 'signIn') {
    await vscode.commands.executeCommand(command.apimSignIn);
    return giveUp();
  }
  if (chosen !== 'add') return chosen;
  const before = new Set(instances().map(({ id }) => id));
  await vscode.commands.executeCommand(command.apimAddInstance);
  return instances().find(({ id }) => !before.has(id)) ?? giveUp();
}

function noSampleApim(): never {
  throw new SampleFailed({ sentence: l10n.t('The sample service runs without API Management.'), actions: ['showLog'] });
}

/** What went wrong was told already, or the sidebar shows how it goes on. */
function giveUp(): never {
  throw new Cancelled();
}
