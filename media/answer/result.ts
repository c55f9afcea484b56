// The result tab: one output, or a row of tabs with one for each.

import type { CellView, ExchangeView } from '../../src/messages';
import type { PageContext } from './context';
import { h } from './dom';
import { plural } from './format';
import { drawOutput, type Output } from './table';
import { tabs } from './tabs';

/** The result tab on the page. */
export interface Result {
  readonly element: HTMLElement;
  /** Hands rows that the editor sent to their output. */
  append(table: number, from: number, rows: readonly (readonly CellView[])[]): void;
}

/** Draws the outputs. `selected` is the output that is shown first; `onSelect` hears which one a person chooses. */
export function drawResult(page: PageContext, view: ExchangeView, selected: number, onSelect: (output: number) => void): Result {
  const outputs = new Map<number, Output>();
  const draw = (index: number): HTMLElement => {
    const table = view.tables[index];
    if (!table) return h('p', { class: 'empty' }, 'The answer is not a table of results. The Body tab shows it as it came.');
    const output = drawOutput(page, table, index);
    outputs.set(index, output);
    return output.element;
  };
  const element = view.tables.length < 2 ? draw(0) : tabs({
    label: 'Outputs',
    look: 'sub',
    tabs: view.tables.map((table, index) => ({ id: `output-${index}`, label: table.name, detail: plural(table.totalRows, 'row'), draw: () => draw(index) })),
    selected: Math.min(selected, view.tables.length - 1),
    onSelect,
  });
  return { element, append: (table, from, rows) => outputs.get(table)?.append(from, rows) };
}
