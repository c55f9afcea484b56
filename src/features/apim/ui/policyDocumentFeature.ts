// Policies as documents, loaded by the first use: the files, the commands, and what open documents hear of changes elsewhere.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { InvalidInput } from '../../../model/errors';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { command, policyScheme } from '../../../ui/ids';
import type { FileWork } from '../../../ui/lateFileSystem';
import { LensLines } from '../../../ui/lensLines';
import { notify } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import type { CommandWork } from '../../../ui/commands';
import type { Platform } from '../../../ui/platform';
import { sampleRan, type ServicesApi } from '../../services';
import type { ApimInstance, ArmOf } from '../instance';
import { parseInstanceId } from '../../../arm/apimPaths';
import { PolicyDocuments } from '../policyDocument/documents';
import { policyChanged, PolicyChanged, PolicyRefused } from '../policyDocument/errors';
import { deletePolicy, editPolicy, refreshPolicy, requirePolicy, type PolicyCommandParts } from './policyDocumentCommands';
import { PolicyConflicts } from './policyDocumentConflicts';
import { PolicyFaults } from './policyDocumentFaults';
import { documentAt, PolicyFiles } from './policyDocumentFiles';
import { policyLine } from './policyDocumentLens';

/** What it needs from outside. */
export interface PolicyFeatureParts extends Pick<Platform, 'context' | 'reporter' | 'log'> {
  readonly sample: ServicesApi['sample'];
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** One that is known by its ARM id. */
  readonly findInstance: (id: string) => Promise<ApimInstance | undefined>;
  /** Tells VS Code of files that are others now. */
  readonly filesChanged: (changes: vscode.FileChangeEvent[]) => void;
}

/** A document that is looked at again is compared with the service, but not more often than after so many milliseconds. */
const lookAgainMs = 5_000;

/** All of it. */
export class PolicyDocumentFeature implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly documents: PolicyDocuments;
  private readonly conflicts: PolicyConflicts;
  readonly files: FileWork;
  readonly commands: ReadonlyMap<string, CommandWork>;
  private shown = new Set<string>();

  constructor(private readonly parts: PolicyFeatureParts) {
    const { context, reporter, arms, pickInstance } = parts;
    this.documents = this.lifetime.add(new PolicyDocuments({
      arms, instance: (id) => this.instance(id), memory: context.workspaceState, now: () => Date.now(), elapsed: () => performance.now(),
    }));
    const { documents } = this;
    const conflicts = new PolicyConflicts(documents);
    this.conflicts = conflicts;
    const faults = this.lifetime.add(new PolicyFaults());
    const lens = this.lifetime.add(new LensLines(policyScheme, (uri) => (isDocument(uri) ? policyLine(documents, uri) : undefined)));
    this.files = new PolicyFiles({
      documents,
      readLook: (uri, document) => conflicts.readLook(uri, document),
      readFailed: (uri, error) => reporter.show(error, { file: uri.toString() }),
      saved: (uri, outcome) => {
        faults.clear(uri);
        if (outcome === 'replaced') void reporter.run(() => this.tellReplaced(uri));
      },
      saveFailed: (uri, error) => void reporter.run(() => this.tellSaveFailed(faults, uri, error)),
    });
    const changed: PolicyCommandParts['policyChanged'] = ({ address }) => this.policyChanged({ id: address.instanceId }, address.path);
    const commandParts: PolicyCommandParts = { documents, arms, pickInstance, policyChanged: changed };
    this.commands = new Map<string, CommandWork>([
      [command.apimEditPolicy, (argument) => editPolicy(commandParts, argument)],
      [command.apimDeletePolicy, (argument) => deletePolicy(commandParts, argument)],
      [command.apimComparePolicy, (argument) => conflicts.compare(requirePolicy(argument))],
      [command.apimSavePolicyOver, (argument) => conflicts.saveOver(requirePolicy(argument))],
      [command.apimRevertPolicy, (argument) => conflicts.revert(requirePolicy(argument))],
      [command.apimRefreshPolicy, (argument) => refreshPolicy(commandParts, argument, (uri) => this.tellMoved(uri))],
    ]);
    this.lifetime.add(documents.onDidChange((key) => {
      parts.filesChanged([{ type: vscode.FileChangeType.Changed, uri: vscode.Uri.parse(key, true) }]);
    }));
    this.lifetime.add(documents.onDidChangeLook(() => lens.redraw()));
    // Raised also where a document has no changes of its own any more.
    this.lifetime.add(vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const { uri, isDirty } = document;
      if (isDirty || uri.scheme !== policyScheme || !isDocument(uri)) return;
      void reporter.run(() => documents.taken(documentAt(uri), document.getText()));
    }));
    this.lifetime.add(vscode.window.onDidChangeVisibleTextEditors(() => this.lookAtShown()));
    this.lifetime.add(vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      this.shown.clear();
      this.lookAtShown();
    }));
    this.lookAtShown();
  }

  /**
   * A policy was changed by this extension: open documents of it look for what is there. Without a path it may have been any policy of the
   * instance.
   */
  policyChanged({ id }: Pick<ApimInstance, 'id'>, path?: string): void {
    const wanted = id.toLowerCase();
    for (const document of openPolicies()) {
      const { address } = documentAt(document.uri);
      if (address.instanceId.toLowerCase() !== wanted || (path !== undefined && address.path !== path)) continue;
      void this.check(document, true);
    }
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  /** Documents that are shown again are compared with the service. */
  private lookAtShown(): void {
    const before = this.shown;
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString()));
    this.shown = visible;
    for (const document of openPolicies()) {
      const key = document.uri.toString();
      if (!visible.has(key) || before.has(key) || this.documents.lookedAgoMs(key) < lookAgainMs) continue;
      void this.check(document, false);
    }
  }

  /** What goes wrong is told when the document is saved. `isTold` lets a person know at once that their text is behind. */
  private async check(text: vscode.TextDocument, isTold: boolean): Promise<void> {
    try {
      const document = documentAt(text.uri);
      const { signal } = new AbortController();
      const isOther = await this.documents.check(document, () => text.isDirty, { signal });
      if (isOther && text.isDirty && isTold) this.tellMoved(text.uri);
    } catch (error) {
      this.parts.log.warn(`A policy could not be compared with the service: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }

  private tellMoved(uri: vscode.Uri): void {
    const { title, instanceTitle } = documentAt(uri).address;
    void this.parts.reporter.run(() => this.tellConflict(uri, policyChanged(title, instanceTitle, false)));
  }

  private tellConflict(uri: vscode.Uri, { message, advice = '' }: PolicyChanged): Promise<void> {
    return this.conflicts.tell(uri, plain([message, advice].join(' ')));
  }

  /** What was replaced is not there to be read any more: that it was is told. */
  private async tellReplaced(uri: vscode.Uri): Promise<void> {
    const { title, instanceTitle } = documentAt(uri).address;
    await notify('warning', plain([
      l10n.t('The policy of {0} was saved in {1}, and has replaced one that was made elsewhere at that moment.', title, instanceTitle),
      l10n.t('The other one is gone. Ask whoever else writes policies there whether something of it is to be put in.'),
    ].join(' ')));
  }

  private async tellSaveFailed(faults: PolicyFaults, uri: vscode.Uri, error: unknown): Promise<void> {
    if (error instanceof PolicyChanged) return this.tellConflict(uri, error);
    if (error instanceof PolicyRefused) return faults.show(uri, error);
    const retry = async (): Promise<void> => void (await (await vscode.workspace.openTextDocument(uri)).save());
    this.parts.reporter.show(error, { file: uri.toString(), retry });
  }

  /** A sample that ran before the reload is on its way, and its instance with it. Throws InvalidInput for one that is not known. */
  private async instance(id: string): Promise<ApimInstance> {
    const { context, findInstance, sample } = this.parts;
    const known = await findInstance(id);
    if (known) return known;
    if (sampleRan(context)) {
      await sample.start();
      const started = await findInstance(id);
      if (started) return started;
    }
    const read = parseInstanceId(id);
    throw new InvalidInput({
      sentence: l10n.t('The API Management instance {0} is not in the sidebar.', read.ok ? read.instance.name : id),
      advice: l10n.t('Sign in, add it by its resource id, or start the sample service if it is that one, then open the policy again.'),
      actions: ['signIn', 'startSample'],
    });
  }
}

/** Documents of policies in this window, without looks at what is there. */
function openPolicies(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === policyScheme && !isClosed && isDocument(uri));
}

function isDocument(uri: vscode.Uri): boolean {
  try {
    return documentAt(uri).address.look === undefined;
  } catch {
    return false;
  }
}

