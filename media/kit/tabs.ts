// A row of tabs and their panels: arrow keys move, and a panel is drawn when it is first looked at.

import { h } from './elements';
import { keepOneLine, refit } from './oneLine';
import { keepTabsInSight, type TabScroll } from './tabScroll';

/** What a tab shows: below the row, and beside the tabs while it is selected. */
export interface Panel {
  readonly content: Node;
  readonly tools: HTMLElement;
}

/** One tab. */
export interface TabSpec {
  /** Part of the elements' ids: letters, digits and hyphens. */
  readonly id: string;
  readonly label: string;
  /** A few muted words after the label. */
  readonly detail?: string;
  /** Draws what the panel holds, once. */
  readonly draw: () => Node | Panel;
}

/** A row of tabs with what it needs. */
export interface TabsSpec {
  /** What the row is called for a screen reader. */
  readonly label: string;
  readonly look: 'main' | 'sub';
  readonly tabs: readonly TabSpec[];
  readonly selected: number;
  /** Called with the index when a person chooses a tab. */
  readonly onSelect: (index: number) => void;
}

/** A row of tabs on the page. */
export interface Tabs {
  readonly element: HTMLElement;
  /** Shows a tab as if it had been there from the start: the focus stays, and nobody is told. */
  readonly select: (index: number) => void;
}

/** Draws the row and its panels. */
export function tabs(spec: TabsSpec): Tabs {
  const drawn = new Set<number>();
  const buttons = spec.tabs.map((tab) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'tab',
        id: `tab-${tab.id}`,
        'aria-controls': `panel-${tab.id}`,
        'data-focus': `tab-${tab.id}`,
        title: tab.label,
      },
      h('span', { class: 'tab-label' }, tab.label),
      tab.detail === undefined ? undefined : h('span', { class: 'tab-detail' }, tab.detail),
    ),
  );
  const panels = spec.tabs.map((tab) =>
    h('div', { role: 'tabpanel', class: 'panel', id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}` }),
  );

  const tools = h('div', { class: 'tab-tools' });
  const toolsOf = new Map<number, HTMLElement>();
  let scroll: TabScroll | undefined;
  const select = (index: number): void => {
    buttons.forEach((button, at) => {
      button.setAttribute('aria-selected', String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    });
    panels.forEach((panel, at) => (panel.hidden = at !== index));
    const tab = spec.tabs[index];
    if (tab && !drawn.has(index)) {
      drawn.add(index);
      const made = tab.draw();
      panels[index]?.append('tools' in made ? made.content : made);
      if ('tools' in made) {
        toolsOf.set(index, made.tools);
        tools.append(made.tools);
      }
    }
    for (const [at, element] of toolsOf) element.hidden = at !== index;
    refit(tools);
    const button = buttons[index];
    if (button) scroll?.reveal(button);
  };
  const choose = (index: number): void => {
    select(index);
    buttons[index]?.focus({ preventScroll: true });
    spec.onSelect(index);
  };

  buttons.forEach((button, index) => {
    button.addEventListener('click', () => choose(index));
    button.addEventListener('keydown', (event) => {
      const next = moved(event.key, index, buttons.length, ['ArrowLeft', 'ArrowRight']);
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
    });
  });
  const list = h('div', { role: 'tablist', class: 'tablist', 'aria-label': spec.label }, ...buttons);
  const line = h('div', { class: 'tab-line one-line' }, list, tools);
  if (spec.look === 'main') {
    const selected = (): HTMLElement | undefined => buttons.find((each) => each.tabIndex === 0);
    keepOneLine(line, selected);
    scroll = keepTabsInSight(list, selected);
  }
  select(spec.selected);
  return { element: h('div', { class: `tabs ${spec.look}` }, line, ...panels), select };
}

/** Where a key leads from `index` in a row or list of `length` that goes round, or undefined when the key leads nowhere. */
export function moved(key: string, index: number, length: number, [back, forth]: readonly [string, string]): number | undefined {
  switch (key) {
    case back:
      return (index + length - 1) % length;
    case forth:
      return (index + 1) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
