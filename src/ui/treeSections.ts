// What features add to the tree of services: lines at its end, lines below a service, and what a service's own line says of them.

import type { TreeItem } from 'vscode';
import type { BadFileLine } from './badFiles';
import { Emitter, type Disposable, type Event } from '../model/lifetime';
import type { Service } from '../model/service';

/** A line of the tree as plain data; whoever has made it draws it. */
export interface TreeNode {
  readonly kind: string;
}

/** What is below a service: whether anything is, and what the service's line says of it; empty for nothing. */
export interface BelowService {
  readonly any: boolean;
  readonly text: string;
}

/** What of the tree is to be drawn anew: these lines, and the lines of services with all below them, by address; undefined for all. */
export type TreeChange = { readonly nodes: readonly TreeNode[]; readonly services: readonly string[] } | undefined;

/** The lines of one feature. */
export interface TreeSection<Node extends TreeNode = TreeNode> {
  /** Sections of a lower number stand higher. */
  readonly order: number;
  /** True for the nodes of this section. */
  owns(node: TreeNode): node is Node;
  item(node: Node): TreeItem;
  childrenOf(node: Node): readonly TreeNode[];
  /** Called when the whole tree is drawn anew: VS Code forgets the nodes that it had. */
  redrawn?(): void;
  /** Its lines at the top, below all services; `known` are the services that there are. Not asked while the tree is filtered. */
  roots(known: readonly Service[]): Promise<readonly Node[]> | readonly Node[];
  /** Files of the feature that cannot be used. Called after `roots`. */
  problems?(): readonly BadFileLine[];
  belowService?(service: Service): Promise<BelowService>;
  childrenOfService?(service: Service): Promise<readonly Node[]>;
  /** Takes away what these lines stand for, after asking; absent where no key does that. */
  remove?(nodes: readonly Node[]): Promise<void>;
  /** Raised with as little as has changed: VS Code can lose lines, and clicks, where the whole tree is drawn anew. */
  readonly onDidChange?: Event<TreeChange>;
}

/** A section whose kind of node only it knows. */
interface Registered {
  readonly order: number;
  readonly redrawn: () => void;
  readonly roots: (known: readonly Service[]) => Promise<readonly TreeNode[]>;
  readonly problems: () => readonly BadFileLine[];
  readonly belowService: (service: Service) => Promise<BelowService>;
  readonly childrenOfService: (service: Service) => Promise<readonly TreeNode[]>;
  readonly itemOf: (node: TreeNode) => TreeItem | undefined;
  readonly childrenOf: (node: TreeNode) => readonly TreeNode[] | undefined;
  /** Undefined where not all nodes are of this section. */
  readonly remove: (nodes: readonly TreeNode[]) => Promise<void> | undefined;
}

/** All sections, in their order. */
export class TreeSections implements Disposable {
  private sections: readonly Registered[] = [];
  private readonly changed = new Emitter<TreeChange>();

  /** Raised when lines of a section are to be drawn anew. */
  readonly onDidChange = this.changed.event;

  /** Adds a section. */
  register<Node extends TreeNode>(section: TreeSection<Node>): Disposable {
    const added: Registered = {
      order: section.order,
      redrawn: () => section.redrawn?.(),
      roots: async (known) => section.roots(known),
      problems: () => section.problems?.() ?? [],
      belowService: async (service) => (await section.belowService?.(service)) ?? { any: false, text: '' },
      childrenOfService: async (service) => (await section.childrenOfService?.(service)) ?? [],
      itemOf: (node) => (section.owns(node) ? section.item(node) : undefined),
      childrenOf: (node) => (section.owns(node) ? section.childrenOf(node) : undefined),
      remove: (nodes) => {
        const own = nodes.filter((node) => section.owns(node));
        return own.length === nodes.length ? section.remove?.(own) : undefined;
      },
    };
    this.sections = [...this.sections, added].sort((one, other) => one.order - other.order);
    const following = section.onDidChange?.((change) => this.changed.fire(change));
    return {
      dispose: () => {
        following?.dispose();
        this.sections = this.sections.filter((each) => each !== added);
      },
    };
  }

  /** How a node looks; undefined for one of no section. */
  item(node: TreeNode): TreeItem | undefined {
    return this.first(({ itemOf }) => itemOf(node));
  }

  /** What is below a node; nothing below one of no section. */
  childrenOf(node: TreeNode): readonly TreeNode[] {
    return this.first(({ childrenOf }) => childrenOf(node)) ?? [];
  }

  /** Takes away what these lines stand for; undefined where they are not all of one section that does that. */
  remove(nodes: readonly TreeNode[]): Promise<void> | undefined {
    return this.first(({ remove }) => remove(nodes));
  }

  /** Tells the sections that the whole tree is drawn anew. */
  redrawn(): void {
    for (const section of this.sections) section.redrawn();
  }

  /** The lines at the top of the tree, and those about files that cannot be used. */
  async roots(known: readonly Service[]): Promise<{ readonly problems: readonly BadFileLine[]; readonly nodes: readonly TreeNode[] }> {
    const nodes = await Promise.all(this.sections.map((section) => section.roots(known)));
    return { problems: this.sections.flatMap((section) => section.problems()), nodes: nodes.flat() };
  }

  /** What the line of a service says of all that is below it. */
  async belowService(service: Service): Promise<BelowService> {
    const all = await Promise.all(this.sections.map((section) => section.belowService(service)));
    return {
      any: all.some(({ any }) => any),
      text: all.map(({ text }) => text).filter((text) => text !== '').join(' · '),
    };
  }

  /** The lines below a service. */
  async childrenOfService(service: Service): Promise<readonly TreeNode[]> {
    return (await Promise.all(this.sections.map((section) => section.childrenOfService(service)))).flat();
  }

  dispose(): void {
    this.changed.dispose();
    this.sections = [];
  }

  private first<T>(of: (section: Registered) => T | undefined): T | undefined {
    for (const section of this.sections) {
      const found = of(section);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
