// Files of rows and columns, opened as tables.

import { openTable } from './openTable';
import { command, panel as panelId } from '../../../ui/ids';
import { FilePanels } from './filePanel';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Platform } from '../../../ui/platform';

/** Adds them. */
export function contributeTableFiles({
  context: { extensionUri },
  reporter,
  commands,
  panels,
  opener,
  cache,
}: Pick<Platform, 'context' | 'reporter' | 'commands' | 'panels' | 'opener' | 'cache'>): Disposable {
  const lifetime = new DisposableStore();
  const files = lifetime.add(new FilePanels({ extensionUri, reporter, opener, dialogs: editorDialogs, cache }));
  lifetime.add(panels.register(panelId.file, (restored, state) => files.adopt(restored, state)));
  lifetime.add(commands.register(command.openTable, (clicked, selected) => openTable(files, clicked, selected)));
  return lifetime;
}
