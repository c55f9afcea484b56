// The line that every page begins with: how it went, what it is about, where, how long, how much, and what can be done.

import { h, type Child } from './elements';
import { drawActions, type ActionsSpec } from './actions';
import { icon, type IconName } from './icons';
import { givesWay, keepOneLine } from './oneLine';

/** What a state chip tells by its colour and sign. */
export interface ChipSpec {
  readonly tone: 'ok' | 'failed' | 'warning' | 'quiet' | 'going';
  readonly icon: IconName;
  readonly text: string;
}

/** Draws a state chip. */
export function drawChip({ tone, icon: drawing, text }: ChipSpec): HTMLElement {
  return h('span', { class: `badge ${tone}`, title: text }, icon(drawing), h('span', { class: 'badge-text' }, text));
}

/** Something that is to be known at a glance. */
export interface Fact {
  /** Said before it to those who do not see where it stands, such as `Duration`; absent where its own words say it. */
  readonly name?: string;
  readonly value: Child;
  readonly title?: string;
  readonly className?: string;
  /** True while it does not hold; its element is found by its class. */
  readonly hidden?: boolean;
  /** The smaller, the sooner it goes where there is little room. One that is cut instead has none. */
  readonly rank?: number;
}

/** A page's first line. */
export interface HeaderSpec {
  readonly chip?: ChipSpec;
  readonly title: string;
  /** True where the facts say what the page is about, and the title is for those who do not see them. */
  readonly titleUnseen?: boolean;
  /** What the list of facts is called. */
  readonly factsLabel: string;
  readonly facts: readonly Fact[];
  readonly actions?: ActionsSpec;
  /** Tools of what is below, for a page without tabs. */
  readonly tools?: HTMLElement;
}

/** Draws the line. It never wraps. */
export function drawHeader({ chip, title, titleUnseen, factsLabel, facts, actions, tools }: HeaderSpec): HTMLElement {
  const element = h(
    'header',
    { class: 'header one-line' },
    chip && drawChip(chip),
    h('h1', titleUnseen ? { class: 'unseen' } : { class: 'service', title }, title),
    facts.length === 0 ? undefined : h('ul', { class: 'facts', 'aria-label': factsLabel }, ...facts.map(drawFact)),
    h('span', { class: 'header-space' }),
    tools,
    actions && drawActions(actions),
  );
  keepOneLine(element, () => element.querySelector<HTMLElement>('.header-actions > :is(.icon-button, .button):not(.no-room)') ?? undefined);
  return element;
}

function drawFact({ name, value, title, className, hidden, rank }: Fact): HTMLElement {
  const before = name === undefined ? undefined : h('span', { class: 'unseen' }, `${name}: `);
  return h('li', { title, class: className, hidden, [givesWay]: rank }, before, value);
}
