// Which tools a table has, by how it is looked at.

import type { TableView } from '../../src/model/view';
import type { Tool } from './toolbar';

/** How a table is looked at: not at all when it has no columns. */
export type Way = 'nothing' | 'list' | 'pictures' | 'grid';

/** What the tools do; those that open something get the element that it belongs to. */
export interface ToolsSpec {
  readonly way: Way;
  readonly view: TableView;
  readonly canBeList: boolean;
  readonly onColumns: (anchor: HTMLElement) => void;
  readonly onGoTo: (anchor: HTMLElement) => void;
  readonly onCopy: (anchor: HTMLElement) => void;
  readonly onExport: () => void;
  readonly onPictures: (on: boolean) => void;
  readonly onJoin: (on: boolean) => void;
  readonly onList: (on: boolean) => void;
}

/** The tools in their order. */
export function toolsOf({
  way,
  view: { joined },
  canBeList,
  onColumns,
  onGoTo,
  onCopy,
  onExport,
  onPictures,
  onJoin,
  onList,
}: ToolsSpec): readonly Tool[] {
  const tools: Tool[] = [];
  if (way === 'nothing') return tools;
  if (way === 'grid') {
    tools.push(
      { id: 'columns', label: 'Columns', title: 'Show, hide and pin columns', icon: 'columns', opens: 'dialog', run: onColumns },
      { id: 'go-to', label: 'Go To', title: 'Go to a row or a column', icon: 'goTo', opens: 'dialog', run: onGoTo },
    );
  }
  if (way !== 'pictures') {
    tools.push(
      { id: 'copy', label: 'Copy', title: 'Copy what is marked, or all when nothing is', icon: 'copy', opens: 'menu', run: onCopy },
      { id: 'export', label: 'Export…', title: 'Write the rows, as they stand now, to a file', icon: 'save', run: onExport },
    );
  }
  tools.push({
    id: 'summary',
    label: 'Summary',
    title: 'Pictures of what the columns hold',
    icon: 'chart',
    pressed: way === 'pictures',
    run: () => onPictures(way !== 'pictures'),
  });
  if (joined !== undefined)
    tools.push({
      id: 'join',
      label: 'With Input',
      title: 'Show what was sent beside what came back',
      icon: 'join',
      pressed: joined,
      run: () => onJoin(!joined),
    });
  if (canBeList && way === 'list')
    tools.push({ id: 'list', label: 'As Table', title: 'Show this row as a table', icon: 'table', run: () => onList(false) });
  if (canBeList && way === 'grid')
    tools.push({ id: 'list', label: 'As List', title: 'Show this row as a list', icon: 'list', run: () => onList(true) });
  return tools;
}
