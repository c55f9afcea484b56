// Which tools a table has, by how it is looked at.

import type { TableView } from '../../src/model/view';
import type { Tool } from '../kit/toolbar';

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
  readonly onFilter: (anchor: HTMLElement) => void;
  readonly onList: (on: boolean) => void;
}

/** The tools in their order: the last ones go into a menu first. */
export function toolsOf({ way, view: { joined, query }, canBeList, onFilter, ...spec }: ToolsSpec): readonly Tool[] {
  if (way === 'nothing') return [];
  const isGrid = way === 'grid';
  const filtered = query.filters.length > 0;
  const tools: readonly (Tool | undefined)[] = [
    isGrid
      ? {
          id: 'filter', label: 'Filter', title: 'Filter by the column that the keyboard is on, or by the first one',
          icon: 'filter', pressed: filtered, opens: 'dialog', run: onFilter,
        }
      : undefined,
    isGrid
      ? { id: 'columns', label: 'Columns', title: 'Show, hide and pin columns', icon: 'columns', opens: 'dialog', run: spec.onColumns }
      : undefined,
    {
      id: 'summary', label: 'Summary', title: 'Pictures of what the columns hold', icon: 'chart', pressed: way === 'pictures',
      run: () => spec.onPictures(way !== 'pictures'),
    },
    joined === undefined
      ? undefined
      : {
          id: 'join', label: 'With Input', title: 'Show what was sent beside what came back', icon: 'join', pressed: joined,
          run: () => spec.onJoin(!joined),
        },
    canBeList && way === 'list'
      ? { id: 'list', label: 'As Table', title: 'Show this row as a table', icon: 'table', run: () => spec.onList(false) }
      : undefined,
    canBeList && isGrid
      ? { id: 'list', label: 'As List', title: 'Show this row as a list', icon: 'list', run: () => spec.onList(true) }
      : undefined,
    way === 'pictures'
      ? undefined
      : { id: 'copy', label: 'Copy', title: 'Copy what is marked, or all when nothing is', icon: 'copy', opens: 'menu', run: spec.onCopy },
    way === 'pictures'
      ? undefined
      : {
          id: 'export', label: 'Export…', title: 'Write what is marked, or all when nothing is, to a file', icon: 'export',
          run: spec.onExport,
        },
    isGrid
      ? { id: 'go-to', label: 'Go To', title: 'Go to a row or a column', icon: 'goTo', opens: 'dialog', run: spec.onGoTo }
      : undefined,
  ];
  return tools.filter((tool) => tool !== undefined);
}
