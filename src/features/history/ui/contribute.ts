// The history: what was sent and came back, kept, shown, compared and sent again.

import type * as vscode from 'vscode';
import { comparePast, historyCommands, sendPast } from './commands';
import type { HistoryNode } from '../nodes';
import { HistoryFeature } from './historyFeature';
import { panel as panelId } from '../../../ui/ids';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Platform } from '../../../ui/platform';
import type { ScoringApi } from '../../scoring';
import type { ServicesApi } from '../../services';

/** What other features need of the history. */
export interface HistoryApi {
  /** The last request that went to a service, by its address, and holds no mask, as JSON; undefined when there is none. */
  readonly lastRequest: (address: string) => Promise<string | undefined>;
  readonly tree: Pick<vscode.TreeDataProvider<HistoryNode>, 'getTreeItem' | 'getChildren'>;
}

/** The view in the sidebar, which VS Code knows before any of this is loaded. */
export interface HistoryView {
  readonly treeView: vscode.TreeView<HistoryNode>;
  /** Fired when the view has to be drawn anew. */
  readonly treeChanged: vscode.EventEmitter<HistoryNode[] | undefined>;
}

/** Adds the history. */
export function contributeHistory(
  {
    context,
    log,
    reporter,
    commands,
    panels,
    opener,
    newDay,
  }: Pick<Platform, 'context' | 'log' | 'reporter' | 'commands' | 'panels' | 'opener' | 'newDay'>,
  view: HistoryView,
  { services, sample }: Pick<ServicesApi, 'services' | 'sample'>,
  { scorer, runs, panel, past, readRequest }: Pick<ScoringApi, 'scorer' | 'runs' | 'panel' | 'past' | 'readRequest'>,
): HistoryApi & Disposable {
  const lifetime = new DisposableStore();
  const history = lifetime.add(
    new HistoryFeature({ context, reporter, log, opener, newDay, ...view, withTables: (exchange) => scorer.withTables(exchange) }),
  );
  const parts = { services, runs, panel, reporter, startSample: sample.start, readRequest };
  lifetime.add(scorer.waitBefore((signal) => history.keepsUp(signal)));
  lifetime.add(
    scorer.onDidScore(({ exchange, call: { file }, sample: isSample, hidden }) =>
      history.keep(exchange, { file, sample: isSample, hidden }),
    ),
  );
  lifetime.add(
    past.register({
      keyOf: (exchange) => history.idOf(exchange),
      shareKey: (exchange, light) => history.shareId(exchange, light),
      past: (key) => history.past(key),
      sendAgain: (key) => sendPast(parts, history, key),
      entries: () => history.entries(),
      pinned: async (key) => (await history.history.find(key))?.pinned,
      pin: (key, on) => history.history.pin([key], on),
      compare: (key) => comparePast(history, key),
      onDidChange: history.history.onDidChange,
    }),
  );
  lifetime.add(commands.registerAll(historyCommands(parts, history)));
  lifetime.add(panels.register(panelId.compare, (restored, state) => history.comparison.adopt(restored, state)));
  history.start();
  return { lastRequest: (address) => history.lastRequest(address), tree: history.tree, dispose: () => lifetime.dispose() };
}
