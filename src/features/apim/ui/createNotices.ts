// What is told when an instance is made, restored or deleted, and when that went wrong: once, in the window that followed it.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { command } from '../../../ui/ids';
import { notify, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { badEndText, sentenceOf } from '../create/createWords';
import type { InstanceWork } from '../create/work';

/** What the buttons do. */
export interface NoticeParts {
  /** Leads to the line of the instance. */
  readonly show: () => Promise<void>;
  /** Publishes a service to it. */
  readonly publish: () => Promise<void>;
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

/** A button and what it does. */
interface Offered extends Button {
  readonly act: () => Promise<void>;
}

/** Tells of an end. Not awaited: messages stay for hours. */
export function tellOfEnd(work: InstanceWork, { show, publish, run }: NoticeParts): void {
  const onWork = (id: string) => async (): Promise<void> => void (await vscode.commands.executeCommand(id, work.key));
  const isThere = work.kind !== 'delete' && work.step === 'failed';
  const weight = work.step === 'done' ? 'information' : work.step === 'failed' ? 'error' : 'warning';
  const offered: readonly Offered[] = work.step === 'done'
    ? work.kind === 'delete' ? [] : [
      { title: plain(l10n.t('Show')), act: show }, { title: plain(l10n.t('Publish a Service…')), act: publish },
    ]
    : [
      ...(work.step === 'failed' ? [{ title: plain(l10n.t('Show Error')), act: onWork(command.apimShowWorkError) }] : []),
      { title: plain(l10n.t('Try Again')), act: onWork(command.apimRetryWork) },
      // What has failed may be there all the same, and be billed.
      ...(isThere ? [{ title: plain(l10n.t('Delete…')), act: onWork(command.apimDeleteInstance) }] : []),
    ];
  const text = work.step === 'done' ? sentenceOf({ work }) : badEndText(work);
  void notify(weight, plain(text), ...offered).then((chosen) => {
    if (chosen) void run(chosen.act);
  });
}
