// What the feature of batch jobs needs from outside.

import type * as vscode from 'vscode';
import type { BlobCalls } from '../../storage';
import type { StatusItems } from '../../../ui/statusItems';
import type { TableOpener } from '../../../model/openTable';
import type { Transport } from '../../../model/wire';
import type { KeyStore, ServiceStore } from '../../services';
import type { Storages } from '../../../storage/storages';
import type { ErrorReporter } from '../../../ui/errorReporter';
import type { BodyFaults } from '../../../ui/requestFiles';
import type { TableCache } from '../../../ui/tables/cache';

/** What it needs from outside. */
export interface JobsFeatureParts {
  readonly context: vscode.ExtensionContext;
  readonly reporter: ErrorReporter;
  readonly log: vscode.LogOutputChannel;
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly faults: BodyFaults;
  readonly transport: () => Promise<Transport>;
  readonly storages: Storages;
  readonly blobs: BlobCalls;
  readonly treeView: Pick<vscode.TreeView<unknown>, 'badge'>;
  readonly statusItems: Pick<StatusItems, 'add'>;
  readonly opener: () => Promise<TableOpener>;
  /** For results that are looked at. */
  readonly cache: TableCache;
}
