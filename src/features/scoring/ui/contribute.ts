// Send to RRS: the calls, the page with their answers, the status bar, and the service of each file.

import * as vscode from 'vscode';
import { chooseService, readAgain, sendToRrs, sendToService, serviceGone } from './send';
import { command, panel as panelId } from '../../../ui/ids';
import { OpenRequests } from './openRequests';
import { AnswerPanel } from './answerPanel';
import { Bodies } from './bodies';
import { plain } from '../../../ui/plain';
import { sentFrom } from './requestChoices';
import { RunNotices } from './runNotices';
import { Runs } from '../runs';
import { callSettings } from '../../../ui/settings';
import { StatusBar } from './statusBar';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import { systemClock } from '../../../model/clock';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { ScoreRequest } from '../../../protocols/protocol';
import { readRequest } from '../../../protocols/registry';
import type { Platform } from '../../../ui/platform';
import type { ServicesApi } from '../../services';
import { PastExchanges } from '../pastExchanges';
import { Scorer } from '../scorer';

/** What other features need of scoring. */
export interface ScoringApi {
  readonly scorer: Scorer;
  readonly runs: Runs;
  readonly panel: AnswerPanel;
  /** Where exchanges are kept; the feature that keeps them says so here. */
  readonly past: PastExchanges;
  /** Reads a request's text for a service, or for any where none is chosen yet. Throws InvalidBody with the place that is wrong. */
  readonly readRequest: (text: string, service?: Service) => ScoreRequest;
  /** Draws anew what depends on the services of files: one was chosen. */
  readonly chosen: () => void;
}

/** Adds scoring. */
export function contributeScoring(
  platform: Pick<
    Platform,
    'context' | 'log' | 'reporter' | 'commands' | 'panels' | 'errorActions' | 'statusItems' | 'transport' | 'opener' | 'faults'
  >,
  { services, keys, health, serviceOfFile, uses, sample }: ServicesApi,
): ScoringApi & Disposable {
  const {
    context: { extensionUri, workspaceState: memory },
    log,
    reporter,
    commands,
    panels,
    errorActions,
    statusItems,
    opener,
    faults,
  } = platform;
  const lifetime = new DisposableStore();
  const past = new PastExchanges();
  const scorer = lifetime.add(
    new Scorer({
      current: (service) => {
        const now = services.find(service.address);
        if (!now) throw serviceGone(service);
        return now;
      },
      isSample: (service) => services.isSample(service),
      keysOf: (service) => keys.of(service),
      patience: callSettings,
      transport: platform.transport,
      clock: systemClock,
      random: Math.random,
      log: (line) => log.info(line),
    }),
  );
  const runs = new Runs(
    (item, signal, onProgress) => (item.own ? scorer.make(item.own, signal, onProgress) : scorer.score(item, signal, onProgress)),
    health,
    () => Date.now(),
    (error) => reporter.describe(error),
    { onLetGo: (exchange, light) => past.shareKey(exchange, light) },
  );
  const bodies = lifetime.add(new Bodies());
  const requests = lifetime.add(new OpenRequests(memory));
  const chosen = (): void => {
    requests.tell();
    statusBar.update();
  };
  const requestParts = {
    readRequest,
    services,
    serviceOfFile,
    runs,
    faults,
    startSample: sample.start,
    chosen,
    requests,
    sentLately: async () => sentFrom(runs, await past.entries()),
  };
  const panel: AnswerPanel = lifetime.add(
    new AnswerPanel({
      extensionUri,
      runs,
      reporter,
      bodies,
      opener,
      dialogs: editorDialogs,
      again: (item) => readAgain(requestParts, item),
      findService: (address) => services.find(address),
      keyOf: (exchange) => past.keyOf(exchange),
      past: (key) => past.past(key),
      sendPast: (key) => past.sendAgain(key),
      kept: past,
      log: (line) => log.warn(line),
    }),
  );
  const sendParts = { ...requestParts, panel };
  const statusBar = lifetime.add(new StatusBar({ items: statusItems, services, memory, runs, requests, answer: panel }));
  const runNotices = lifetime.add(new RunNotices({ runs, page: panel, reporter }));

  lifetime.add(panels.register(panelId.answer, (restored, state) => panel.adopt(restored, state)));
  lifetime.add(uses.register({ busy: (address) => runs.isSendingTo(address), stop: (address) => runs.cancelFor(address) }));
  // Whoever waits for a command finds its answer on the page.
  lifetime.add(commands.settleWith(() => panel.told));
  lifetime.add(
    commands.registerAll([
      [command.sendToRrs, (clicked, selected) => sendToRrs(sendParts, clicked, selected)],
      [command.sendToService, (node, file) => sendToService(sendParts, node, file)],
      [command.sendAgain, () => panel.sendAgain()],
      [command.cancelRequest, () => runs.cancel()],
      [command.chooseService, (clicked) => chooseService(sendParts, clicked)],
      [command.showAnswer, () => panel.reveal(true)],
    ]),
  );
  lifetime.add(
    errorActions.register('changeService', {
      label: plain`Choose Another Service…`,
      run: async ({ file }) =>
        vscode.commands.executeCommand(command.chooseService, file === undefined ? undefined : vscode.Uri.parse(file)),
    }),
  );
  lifetime.add(
    errorActions.register('showAnswer', {
      label: plain`Show Answer`,
      messagesOnly: true,
      run: async () => vscode.commands.executeCommand(command.showAnswer),
    }),
  );

  bodies.start();
  panel.start();
  requests.start();
  statusBar.start();
  runNotices.start();
  return { scorer, runs, panel, past, readRequest, chosen, dispose: () => lifetime.dispose() };
}
