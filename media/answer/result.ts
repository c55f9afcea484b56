// The result tab: one output, or a row of tabs with one for each.

import type { CellView, ExchangeView } from '../../src/messages';
import type { PageContext } from './context';
import { button, h } from './dom';
import { plural } from './format';
import { drawOutput, type Output, type OutputRest } from './table';
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
    const output = drawOutput(page, table, index, restInBody(page, index));
    outputs.set(index, output);
    return output.element;
  };
  const element = view.tables.length < 2 ? draw(0) : tabs({
    label: 'Outputs',
    look: 'sub',
    tabs: view.tables.map((table, index) => ({ id: `output-${index}`, label: table.name, detail: plural(table.totalRows, 'row'), draw: () => draw(index) })),
    selected: Math.min(selected, view.tables.length - 1),
    onSelect,
  }).element;
  return { element, append: (table, from, rows) => outputs.get(table)?.append(from, rows) };
}

/** The rows that the editor does not hold are in the body. */
function restInBody(page: PageContext, index: number): OutputRest {
  const save = button({ label: 'Save Body…', icon: 'save', focusKey: `save-${index}`, run: () => page.send({ type: 'saveBody' }) });
  return {
    whole: 'body',
    empty: 'The service answered with no rows for this output.',
    buttons: [],
    footer: (left) => (left === 0 ? [] : [h('span', {}, `The other ${plural(left, 'row')} are in the body: save it as a file to have them all.`), save]),
  };
}
