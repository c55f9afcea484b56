// Feeds the section "API Management": asks for a list when it is first shown, keeps the filter, tells VS Code what has changed.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatWait } from '../../../base/format';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import { contextKey } from '../../../ui/ids';
import { instanceOf, instancesOfSample, withWorks, workOf } from '../create/workLines';
import type { ApimInstance } from '../instance';
import type { ListState } from '../load/lists';
import {
  fixedBelow, isOwner, itemNodes, matches, nodeId, stateNodes, type ApimNode, type InstanceNode, type ListNode, type OwnerNode,
} from '../nodes';
import { apimItem } from './apimItems';
import type { ApimTreeParts } from './apimTreeParts';
import { KnownTitles, namedFrom } from './knownTitles';

/** A list that takes longer is shown as it is, with a line that stops it, in milliseconds. */
const patienceMs = 300;

/** However much of a list comes at once, its line is drawn anew no more often than this, in milliseconds. */
const redrawMs = 100;

/** The tree of API Management. */
export class ApimTree implements Disposable {
  private readonly lifetime = new DisposableStore();
  private filter = '';
  /**
   * Lines as VS Code knows them, by their ids, and below which of them each list is shown, undefined for the top: an API is in its list
   * and in products.
   */
  private readonly nodes = new Map<string, ApimNode>();
  private readonly shownBelow = new Map<string, Set<string | undefined>>();
  private readonly toDraw = new Set<string | undefined>();
  /** Lines that a person has opened, by their ids: a filter draws others in their place, which VS Code does not know again. */
  private readonly opened = new Set<string>();
  private readonly titles = new KnownTitles((list) => this.state(list)?.items);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: ApimTreeParts) {}

  /** Begins to follow the lists. */
  start(): void {
    const { treeView } = this.parts;
    this.lifetime.add(treeView.onDidExpandElement(({ element }) => {
      if (this.filter === '') this.opened.add(nodeId(element));
    }));
    this.lifetime.add(treeView.onDidCollapseElement(({ element }) => {
      if (this.filter === '') this.opened.delete(nodeId(element));
    }));
    this.lifetime.add(this.parts.lists.onDidChange((key) => {
      for (const id of this.shownBelow.get(key) ?? []) this.draw(id);
      this.namesChanged(key);
    }));
  }

  getTreeItem(node: ApimNode): vscode.TreeItem {
    // Where a filter has found something below: a line that is open asks for what is below it.
    const open = this.filter !== '' && !matches(node, this.filter) && this.known(node).length > 0;
    const age = isOwner(node) ? this.ageOf(this.state(node)) : '';
    const shownOpen = open ? 'filtered' : this.opened.has(nodeId(node)) ? 'opened' : undefined;
    return apimItem(this.asNow(node), this.parts.clock.now(), age, shownOpen, {
      titleOf: (instance, kind, name) => this.titles.of(instance, kind, name),
      countOf: (list) => this.countOf(list),
    });
  }

  async getChildren(node?: ApimNode): Promise<ApimNode[]> {
    await this.parts.ready();
    const lines = node === undefined ? await this.roots() : await this.linesBelow(node);
    // A list that names a thing twice would leave VS Code with none of its lines.
    const shown = new Map(lines.filter((line) => this.isShown(line)).map((line) => [nodeId(line), line]));
    for (const [id, line] of shown) this.nodes.set(id, line);
    return [...shown.values()];
  }

  /** What the filter is now; empty when there is none. */
  get filterText(): string {
    return this.filter;
  }

  /** Shows only lines that hold this text, among what is known: nothing is asked for. An empty text shows all. */
  setFilter(text: string): void {
    this.filter = text.trim();
    void vscode.commands.executeCommand('setContext', contextKey.apimFiltered, this.filter !== '');
    this.describeView();
    this.draw(undefined);
  }

  /** Lets what is shown below a line be asked for anew, or all. */
  refresh(node?: ApimNode): void {
    this.parts.lists.markStale(node === undefined ? this.allKeys() : this.keysBelow(node));
    this.draw(node && this.nodes.has(nodeId(node)) && !this.isFlattened(node) ? nodeId(node) : undefined);
  }

  /** Asks for the next items of a list. */
  async more(owner: OwnerNode | undefined): Promise<void> {
    await this.parts.lists.more(this.parts.sourceOf(owner));
  }

  /** Stops asking for a list. */
  stop(owner: OwnerNode | undefined): void {
    this.parts.lists.stop(this.parts.keyOf(owner));
  }

  /** An instance as it was told of last. */
  latest(instance: ApimInstance): ApimInstance {
    const now = this.asNow({ kind: 'instance', instance, from: 'azure', parent: undefined });
    return now.kind === 'instance' ? now.instance : instance;
  }

  /** Draws the lines of what is being made anew, as time goes by. */
  redrawWorks(): void {
    for (const [id, node] of this.nodes) if (node.kind === 'instance' && node.work !== undefined) this.draw(id);
  }

  /** Draws a line anew with all below it, or the whole section. */
  redraw(): void {
    this.draw(undefined);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.lifetime.dispose();
  }

  private async roots(): Promise<readonly ApimNode[]> {
    await this.askSample();
    const own = this.ownInstances();
    let state: ListState;
    try {
      state = await this.shownState(undefined, undefined);
    } catch (error) {
      const problem = { items: [], restored: false, complete: true, stale: false, loading: false, problem: this.parts.describe(error) };
      return [...own, ...stateNodes(undefined, problem).above];
    }
    const { above, below } = stateNodes(undefined, state);
    const directories = itemNodes(undefined, state);
    const [only] = directories;
    // One directory alone is not worth a line.
    const azure = directories.length === 1 && only !== undefined && isOwner(only) ? await this.below(only, true) : directories;
    this.describeView();
    const signedOut = directories.length === 0 && state.complete && state.problem === undefined && own.length > 0;
    return [...own, ...above, ...azure, ...below, ...(signedOut ? [{ kind: 'signIn' as const, parent: undefined }] : [])];
  }

  private ownInstances(): readonly InstanceNode[] {
    return [
      ...this.sampleInstances().map((instance) => this.instanceNode(instance, 'sample', undefined)),
      ...this.parts.added().map((instance) => this.instanceNode(instance, 'added', undefined)),
    ];
  }

  private instancesOf(node: Extract<ApimNode, { kind: 'group' }>): readonly ApimNode[] {
    return node.instances.map((instance) => this.instanceNode(instance, 'azure', node));
  }

  private instanceNode(instance: ApimInstance, from: InstanceNode['from'], parent: ApimNode | undefined): InstanceNode {
    return { kind: 'instance', instance, from, parent, work: workOf(instance, this.parts.works()) };
  }

  private sampleInstances(): readonly ApimInstance[] {
    const sample = this.parts.sample();
    const source = this.parts.sampleSource();
    const items = (source && this.parts.lists.state(source.key)?.items) ?? [];
    if (sample !== undefined) return instancesOfSample(sample, items, this.parts.works());
    // What waits for it is not to be lost from sight.
    return this.parts.works().filter(({ waits }) => waits).map((now) => instanceOf(now));
  }

  /** Asks the sample which instances it has, as little as any other list. */
  private async askSample(): Promise<void> {
    const source = this.parts.sampleSource();
    if (!source) return;
    this.shownBelow.set(source.key, (this.shownBelow.get(source.key) ?? new Set()).add(undefined));
    const there = new AbortController();
    await Promise.race([this.parts.lists.ensure(source), this.parts.clock.sleep(patienceMs, there.signal).catch(() => undefined)]);
    there.abort();
  }

  private async linesBelow(node: ApimNode): Promise<readonly ApimNode[]> {
    if (node.kind === 'group') return this.instancesOf(node);
    return fixedBelow(node) ?? (isOwner(node) ? this.below(node) : []);
  }

  private async below(owner: OwnerNode, atTop = false): Promise<readonly ApimNode[]> {
    const state = await this.shownState(owner, atTop ? undefined : nodeId(owner));
    const { above, below } = stateNodes(owner, state);
    return [...above, ...itemNodes(owner, this.withWorks(owner, state)), ...below];
  }

  private withWorks(owner: OwnerNode, state: ListState): ListState {
    if (owner.kind !== 'azureSubscription') return state;
    return { ...state, items: withWorks(state.items, owner.subscription.id, this.parts.works()) };
  }

  /** Asks for a list where it is not there, and waits for it a little. */
  private async shownState(owner: OwnerNode | undefined, drawnAs: string | undefined): Promise<ListState> {
    const { lists, clock, sourceOf } = this.parts;
    const source = sourceOf(owner);
    this.shownBelow.get(source.key)?.delete(drawnAs);
    const before = lists.state(source.key);
    const wasOld = before?.restored === true;
    const there = new AbortController();
    await Promise.race([lists.ensure(source), clock.sleep(patienceMs, there.signal).catch(() => undefined)]);
    // Nobody is left waiting, nor listening.
    there.abort();
    this.shownBelow.set(source.key, (this.shownBelow.get(source.key) ?? new Set()).add(drawnAs));
    const state = lists.state(source.key);
    // The line above was drawn with the age of what was there until now, or with how many there were.
    const counted = owner?.kind === 'list' && owner.product !== undefined && before?.items.length !== state?.items.length;
    if ((wasOld && state?.restored === false) || counted) this.draw(drawnAs);
    return state ?? { items: [], restored: false, complete: false, stale: true, loading: false };
  }

  private state(owner: OwnerNode): ListState | undefined {
    return this.parts.lists.state(this.parts.keyOf(owner));
  }

  /** An instance or an API as it was told of last. */
  private asNow(node: ApimNode): ApimNode {
    if (node.kind !== 'instance' && node.kind !== 'entry') return node;
    const [item] = (isOwner(node) ? this.state(node)?.items : undefined) ?? [];
    if (node.kind === 'entry') return item?.kind === 'api' ? { ...node, entry: item } : node;
    return { ...node, ...(item?.kind === 'instance' ? { instance: item.instance } : {}), work: workOf(node.instance, this.parts.works()) };
  }

  private countOf(list: ListNode): number | undefined {
    const state = this.state(list);
    return state?.complete === true && state.problem === undefined ? state.items.length : undefined;
  }

  /** Subscriptions tell by names what they open and whose they are: their lines are drawn anew where more names are known. */
  private namesChanged(key: string): void {
    if (this.parts.lists.state(key)?.loading === true) return;
    for (const id of this.shownBelow.get(namedFrom(key) ?? '') ?? []) this.draw(id);
  }

  private ageOf(state: ListState | undefined): string {
    if (state?.at === undefined || !state.restored) return '';
    return l10n.t('as of {0} ago', formatWait(Math.max(1000, this.parts.clock.now() - state.at)));
  }

  /** The filter, or how old what stands at the top is. */
  private describeView(): void {
    const known = this.parts.lists.state(this.rootKey() ?? '');
    this.parts.treeView.description = this.filter === '' ? this.ageOf(known) : l10n.t('filter: {0}', this.filter);
  }

  private rootKey(): string | undefined {
    try {
      return this.parts.keyOf(undefined);
    } catch {
      // Settings that make no sense are told of by a line.
      return undefined;
    }
  }

  private isShown(line: ApimNode): boolean {
    if (this.filter === '' || matches(line, this.filter)) return true;
    if (line.kind === 'problem' || line.kind === 'loading' || line.kind === 'more') return true;
    return this.known(line).some((each) => this.isShown(each));
  }

  /** What is known to stand below a line, without asking. */
  private known(line: ApimNode): readonly ApimNode[] {
    const state = isOwner(line) ? this.state(line) : undefined;
    return fixedBelow(line) ?? (state && isOwner(line) ? itemNodes(line, this.withWorks(line, state)) : []);
  }

  private allKeys(): readonly string[] {
    const root = this.rootKey();
    const state = root === undefined ? undefined : this.parts.lists.state(root);
    const roots = [...this.ownInstances(), ...(state ? itemNodes(undefined, state) : [])];
    return [...(root === undefined ? [] : [root]), ...roots.flatMap((each) => this.keysBelow(each))];
  }

  private keysBelow(node: ApimNode): readonly string[] {
    const own = isOwner(node) ? [this.parts.keyOf(node)] : [];
    return [...own, ...this.known(node).flatMap((each) => this.keysBelow(each))];
  }

  private isFlattened(node: ApimNode): boolean {
    return isOwner(node) && this.shownBelow.get(this.parts.keyOf(node))?.has(undefined) === true;
  }

  private draw(id: string | undefined): void {
    this.toDraw.add(id);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const ids = [...this.toDraw];
      this.toDraw.clear();
      const nodes = ids.flatMap((each) => (each === undefined ? [] : this.nodes.get(each) ?? []));
      this.parts.treeChanged.fire(ids.includes(undefined) ? undefined : nodes);
    }, redrawMs);
  }
}
