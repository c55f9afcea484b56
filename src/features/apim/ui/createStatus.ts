// The item of the status bar for instances that are being made, restored and deleted.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Disposable } from '../../../model/lifetime';
import { command, statusItem } from '../../../ui/ids';
import { markdown, md } from '../../../ui/markdown';
import { plain } from '../../../ui/plain';
import type { StatusItem } from '../../../ui/statusItem';
import type { StatusItems } from '../../../ui/statusItems';
import { sentenceOf, standing, statusText } from '../create/createWords';
import { isOver } from '../create/work';
import type { WorkNow } from '../create/works';

/** Shows them. */
export class CreateStatus implements Disposable {
  private readonly item: StatusItem;

  constructor(items: Pick<StatusItems, 'add'>, private readonly works: () => readonly WorkNow[], private readonly now: () => number) {
    this.item = items.add({
      id: statusItem.instances, name: plain(l10n.t('Azure ML: API Management Instances')), side: 'left', priority: 8,
    });
  }

  /** Draws it anew. */
  draw(): void {
    const all = this.works();
    const now = this.now();
    const text = statusText(all, now);
    if (text === undefined) return this.item.hide();
    const going = all.filter(({ work }) => !isOver(work));
    const goes = going.length > 0;
    this.item.show({
      icon: !goes ? 'error' : going.every(({ waits }) => waits) ? 'watch' : 'loading~spin',
      text: plain(text),
      tooltip: markdown(...all.flatMap((each) => [
        md`**${each.work.place.name}** ${standing(each, now)}`, md`${sentenceOf(each)}`,
        each.trouble === undefined ? undefined : md`${each.trouble.sentence}`,
      ])),
      command: command.apimShowWorks,
      background: goes ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground'),
      spoken: text,
    });
  }

  dispose(): void {
    this.item.dispose();
  }
}
