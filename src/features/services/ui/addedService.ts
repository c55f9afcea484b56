// What is said of a service that was just added, with the offer of a first request to it.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Service } from '../../../model/service';
import { command } from '../../../ui/ids';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';

/** What a command is handed that adds a service on the way to something else: no request is offered then. */
export const onTheWay = 'onTheWay';

/** Says that it was added. Not awaited, since the message may stay. */
export function tellAdded({ name, address }: Service, purpose: unknown): void {
  const said = plain(l10n.t('{0} is added.', name));
  if (purpose === onTheWay) return tellBriefly(said);
  const make: Button = { title: plain(l10n.t('New Request…')) };
  void notify('information', said, make).then(async (chosen) => {
    if (chosen === make) await vscode.commands.executeCommand(command.newRequest, address);
  });
}
