// The status bar: which service the active request goes to, and that something is being sent.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Memory } from '../../../base/ports';
import { sampleChoice, ServiceOfFile } from '../../services';
import type { ServiceStore } from '../../services';
import type { StatusItems } from '../../../ui/statusItems';
import { contextFlag } from '../../../ui/contextFlag';
import { command, contextKey, panel, statusItem } from '../../../ui/ids';
import type { OpenRequests } from './openRequests';
import type { AnswerPanel } from './answerPanel';
import { plain } from '../../../ui/plain';
import type { Runs } from '../runs';
import type { StatusItem } from '../../../ui/statusItem';
import { placeOf } from '../../../ui/whereTold';

/** What is shown, and where. */
export interface StatusBarParts {
  readonly items: Pick<StatusItems, 'add'>;
  readonly services: ServiceStore;
  readonly memory: Memory;
  readonly runs: Runs;
  readonly requests: Pick<OpenRequests, 'isRequest' | 'isBatch' | 'onDidChange'>;
  readonly answer: Pick<AnswerPanel, 'showsRun' | 'onDidChangeSight'>;
}

/** Shows and changes the active file's service; shows the requests under way. */
export class StatusBar implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly service: StatusItem;
  private readonly sending: StatusItem;
  /** The document whose service is shown. */
  private request: vscode.TextDocument | undefined;
  private readonly tellSending = contextFlag(contextKey.sending);

  constructor(private readonly parts: StatusBarParts) {
    this.service = this.lifetime.add(
      parts.items.add({ id: statusItem.service, name: plain`Azure ML: Service of the Request`, side: 'right', priority: 90 }),
    );
    this.sending = this.lifetime.add(
      parts.items.add({ id: statusItem.sending, name: plain`Azure ML: Requests under Way`, side: 'left', priority: 10 }),
    );
  }

  /** Begins to follow the active editor and the runs. */
  start(): void {
    this.lifetime.add(vscode.window.onDidChangeActiveTextEditor(() => this.update()));
    this.lifetime.add(this.parts.requests.onDidChange(() => this.update()));
    this.lifetime.add(this.parts.services.onDidChange(() => this.update()));
    this.lifetime.add(this.parts.runs.onDidChange(() => this.showSending()));
    this.lifetime.add(this.parts.answer.onDidChangeSight(() => this.showSending()));
    this.update();
  }

  /** Draws the service of the active file anew. */
  update(): void {
    // While the answer is looked at, its request is still the one that is worked on.
    const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(tab instanceof vscode.TabInputWebview && tab.viewType.includes(panel.answer)))
      this.request = vscode.window.activeTextEditor?.document;
    const document = this.request;
    if (!document || document.isClosed || !(this.parts.requests.isRequest(document) || this.parts.requests.isBatch(document)))
      return this.service.hide();
    const choice = new ServiceOfFile(this.parts.memory).get(document.uri.toString());
    const name = choice === undefined ? undefined : choice === sampleChoice ? 'Sample service' : this.parts.services.find(choice)?.name;
    this.service.show({
      icon: 'server-process',
      text: name === undefined ? plain`Choose a service` : plain(name),
      tooltip:
        name === undefined
          ? plain`No service is chosen for this file. Click to choose one.`
          : plain`This file goes to "${name}". Click to choose another service.`,
      spoken: name === undefined ? 'No service chosen for this file' : `Service of this file: ${name}`,
      command: { command: command.chooseService, title: 'Choose Service', arguments: [document.uri] },
    });
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private showSending(): void {
    const open = this.parts.runs.entries.filter(
      ({ state }) => state.kind === 'sending' || state.kind === 'waiting' || state.kind === 'pending',
    );
    const sending = open.length > 0;
    this.tellSending(sending);
    const [first] = open;
    if (!first || placeOf('requestUnderWay', this.parts.answer.showsRun) !== 'statusBar') return this.sending.hide();
    const waits = first.state.kind === 'waiting';
    const one = waits ? plain`Waiting to send ${first.item.source} again` : plain`Sending ${first.item.source}`;
    this.sending.show({
      icon: waits ? 'watch' : 'loading~spin',
      text: open.length === 1 ? one : plain`Sending ${open.length} requests`,
      tooltip:
        first.state.kind === 'waiting' ? plain(first.state.reason) : plain`Click to show the answer panel, where sending can be cancelled.`,
      command: command.showAnswer,
    });
  }
}
