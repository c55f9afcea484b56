// The menus of a column and of what is marked.

import type { CellView, Marked, Sort, TextFormat } from '../../src/model/view';
import { plural } from '../kit/format';
import type { IconName } from '../kit/icons';
import type { Layout } from './grid/gridSpec';
import type { MenuItem } from '../kit/menu';

/** The formats that marked cells are copied in, with their names. */
export const formats: readonly { readonly format: TextFormat; readonly name: string }[] = [
  { format: 'tsv', name: 'TSV' },
  { format: 'csv', name: 'CSV' },
  { format: 'markdown', name: 'Markdown' },
  { format: 'json', name: 'JSON' },
];

/** What a column's menu does. */
export interface ColumnMenuSpec {
  readonly column: number;
  readonly sort: Sort | undefined;
  readonly layout: Layout;
  /** Whether it is the last one that is shown. */
  readonly last: boolean;
  readonly onSort: (sort: Sort | undefined) => void;
  readonly onFilter: () => void;
  readonly onLayout: (layout: Layout) => void;
  readonly onFit: () => void;
  readonly onSummary: () => void;
  readonly onCopyName: () => void;
}

/** The lines of a column's menu. */
export function columnMenu({
  column,
  sort,
  layout,
  last,
  onSort,
  onFilter,
  onLayout,
  onFit,
  onSummary,
  onCopyName,
}: ColumnMenuSpec): readonly MenuItem[] {
  const pinned = layout.pinned.includes(column);
  const sorts = sort?.column === column;
  const { items, item, line, radio } = lines();
  radio('Sort Ascending', sorts && !sort.descending, () => onSort({ column, descending: false }));
  radio('Sort Descending', sorts && sort.descending, () => onSort({ column, descending: true }));
  radio('No Sorting', sort === undefined, () => onSort(undefined));
  line();
  item('Filter…', 'filter', onFilter);
  line();
  item(pinned ? 'Unpin' : 'Pin at the Left', 'pin', () =>
    onLayout({ ...layout, pinned: pinned ? layout.pinned.filter((each) => each !== column) : [...layout.pinned, column] }),
  );
  if (!last) item('Hide', undefined, () => onLayout({ ...layout, hidden: [...layout.hidden, column] }));
  item('Fit Width', undefined, onFit);
  line();
  item('Summary', 'chart', onSummary);
  item('Copy Column Name', 'copy', onCopyName);
  return items;
}

/** How much is marked, in words. */
export function markedText({ fromRow, toRow, columns }: Marked): string {
  return `${plural(Math.max(0, toRow - fromRow + 1), 'row')} × ${plural(columns.length, 'column')}`;
}

/** What the menu of marked cells does. */
export interface MarkedMenuSpec {
  readonly marked: Marked;
  /** The cell that the keyboard is on, where it has come. */
  readonly value: CellView | undefined;
  readonly onCopy: (marked: Marked, format: TextFormat) => void;
  readonly onExport: (marked: Marked) => void;
  readonly onShow: () => void;
  readonly onOnly: (text: string) => void;
  readonly onOnlyEmpty: () => void;
}

/** The lines of the menu of marked cells. */
export function markedMenu({ marked, value, onCopy, onExport, onShow, onOnly, onOnlyEmpty }: MarkedMenuSpec): readonly MenuItem[] {
  const { items, item, line } = lines({ kind: 'words', text: markedText(marked) });
  copyItems(marked, item, onCopy);
  item('Export…', 'save', () => onExport(marked));
  line();
  item('Show Cell', 'search', onShow);
  if (typeof value === 'string' && value !== '') item('Only Rows with This Value', 'filter', () => onOnly(value));
  if (value === null || value === '') item('Only Rows Where This Is Empty', 'filter', onOnlyEmpty);
  return items;
}

/** The menu of the Copy tool: what is marked, or all when nothing is. */
export function copyMenu(
  marked: Marked | undefined,
  all: Marked,
  onCopy: (marked: Marked, format: TextFormat) => void,
): readonly MenuItem[] {
  const what = marked ?? all;
  const { items, item } = lines({
    kind: 'words',
    text: marked ? `Marked: ${markedText(what)}` : `All, with column names: ${markedText(what)}`,
  });
  copyItems(what, item, onCopy);
  return items;
}

/** A table in Markdown has a head, and the objects of JSON have names, whatever is marked. */
function copyItems(marked: Marked, item: ReturnType<typeof lines>['item'], onCopy: (marked: Marked, format: TextFormat) => void): void {
  for (const { format, name } of formats) {
    item(`Copy as ${name}`, format === 'tsv' ? 'copy' : undefined, () =>
      onCopy(format === 'markdown' ? { ...marked, head: true } : marked, format),
    );
    if (!marked.head && (format === 'tsv' || format === 'csv'))
      item(`Copy as ${name} with Column Names`, undefined, () => onCopy({ ...marked, head: true }, format));
  }
}

function lines(...first: readonly MenuItem[]): {
  readonly items: readonly MenuItem[];
  readonly item: (label: string, icon: IconName | undefined, run: () => void) => void;
  readonly radio: (label: string, chosen: boolean, run: () => void) => void;
  readonly line: () => void;
} {
  const items = [...first];
  return {
    items,
    item: (label, icon, run) => items.push({ kind: 'item', label, ...(icon ? { icon } : {}), run }),
    radio: (label, chosen, run) => items.push({ kind: 'item', label, chosen, run }),
    line: () => items.push({ kind: 'line' }),
  };
}
