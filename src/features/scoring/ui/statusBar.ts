// The status bar: which service the active request goes to, and that something is being sent.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Memory } from '../../../base/ports';
import { sampleChoice, ServiceOfFile } from '../../services/remembered';
import type { Services } from '../../services/serviceStore';
import { command, contextKey, panel } from '../../../ui/ids';
import type { OpenRequests } from './openRequests';
import type { AnswerPanel } from './answerPanel';
import { plain } from '../../../ui/plain';
import type { Runs } from '../runs';
import { StatusItem } from '../../../ui/statusItem';
import { placeOf } from '../../../ui/whereTold';

/** Shows and changes the active file's service; shows the requests under way. */
export class StatusBar implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly service = this.lifetime.add(new StatusItem({ id: 'azuremlWebServices.service', name: plain`Azure ML: Service of the Request`, side: 'right', priority: 90 }));
  private readonly sending = this.lifetime.add(new StatusItem({ id: 'azuremlWebServices.sending', name: plain`Azure ML: Requests under Way`, side: 'left', priority: 10 }));
  /** The document whose service is shown. */
  private request: vscode.TextDocument | undefined;
  private toldSending: boolean | undefined;

  constructor(
    private readonly services: Services,
    private readonly memory: Memory,
    private readonly runs: Runs,
    private readonly requests: Pick<OpenRequests, 'isRequest' | 'isBatch' | 'onDidChange'>,
    private readonly answer: Pick<AnswerPanel, 'showsRun' | 'onDidChangeSight'>,
  ) {}

  /** Begins to follow the active editor and the runs. */
  start(): void {
    this.lifetime.add(vscode.window.onDidChangeActiveTextEditor(() => this.update()));
    this.lifetime.add(this.requests.onDidChange(() => this.update()));
    this.lifetime.add(this.services.onDidChange(() => this.update()));
    this.lifetime.add(this.runs.onDidChange(() => this.showSending()));
    this.lifetime.add(this.answer.onDidChangeSight(() => this.showSending()));
    this.update();
  }

  /** Draws the service of the active file anew. */
  update(): void {
    // While the answer is looked at, its request is still the one that is worked on.
    const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(tab instanceof vscode.TabInputWebview && tab.viewType.includes(panel.answer))) this.request = vscode.window.activeTextEditor?.document;
    const document = this.request;
    if (!document || document.isClosed || !(this.requests.isRequest(document) || this.requests.isBatch(document))) return this.service.hide();
    const choice = new ServiceOfFile(this.memory).get(document.uri.toString());
    const name = choice === undefined ? undefined : choice === sampleChoice ? 'Sample service' : this.services.find(choice)?.name;
    this.service.show({
      icon: 'server-process',
      text: name === undefined ? plain`Choose a service` : plain(name),
      tooltip: name === undefined ? plain`No service is chosen for this file. Click to choose one.` : plain`This file goes to "${name}". Click to choose another service.`,
      spoken: name === undefined ? 'No service chosen for this file' : `Service of this file: ${name}`,
      command: { command: command.chooseService, title: 'Choose Service', arguments: [document.uri] },
    });
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private showSending(): void {
    const open = this.runs.entries.filter(({ state }) => state.kind === 'sending' || state.kind === 'waiting' || state.kind === 'pending');
    const sending = open.length > 0;
    if (sending !== this.toldSending) void vscode.commands.executeCommand('setContext', contextKey.sending, sending);
    this.toldSending = sending;
    const [first] = open;
    if (!first || placeOf('requestUnderWay', this.answer.showsRun) !== 'statusBar') return this.sending.hide();
    const waits = first.state.kind === 'waiting';
    const one = waits ? plain`Waiting to send ${first.item.source} again` : plain`Sending ${first.item.source}`;
    this.sending.show({
      icon: waits ? 'watch' : 'loading~spin',
      text: open.length === 1 ? one : plain`Sending ${open.length} requests`,
      tooltip: first.state.kind === 'waiting' ? plain(first.state.reason) : plain`Click to show the answer panel, where sending can be cancelled.`,
      command: command.showAnswer,
    });
  }
}
