// What the tree of the section "API Management" is made of.

import type * as vscode from 'vscode';
import type { Clock } from '../../../model/clock';
import type { ErrorParts } from '../../../model/errors';
import type { WorkNow } from '../create/works';
import type { ApimInstance } from '../instance';
import type { Lists, Source } from '../load/lists';
import type { ApimNode, OwnerNode } from '../nodes';

/** What the section shows, and where. */
export interface ApimTreeParts {
  readonly lists: Lists;
  /** Ends when what an earlier window has kept is there. */
  readonly ready: () => Promise<void>;
  /** Where the list below a line comes from. Throws InvalidInput. */
  readonly sourceOf: (owner: OwnerNode | undefined) => Source;
  readonly keyOf: (owner: OwnerNode | undefined) => string;
  readonly sample: () => ApimInstance | undefined;
  readonly added: () => readonly ApimInstance[];
  /** Where the instances come from that a person has made at the sample; undefined while it does not run. */
  readonly sampleSource: () => Source | undefined;
  /** What is being made, restored and deleted. */
  readonly works: () => readonly WorkNow[];
  readonly describe: (error: unknown) => ErrorParts;
  readonly clock: Clock;
  readonly treeView: Pick<vscode.TreeView<ApimNode>, 'description' | 'onDidExpandElement' | 'onDidCollapseElement'>;
  readonly treeChanged: Pick<vscode.EventEmitter<ApimNode[] | undefined>, 'fire'>;
}
