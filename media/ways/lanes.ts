// The spread of the calls: each is a dot on the lane of its way, with marks for half of them and nearly all.

import * as l10n from '@vscode/l10n';
import { formatFineDuration } from '../../src/base/format';
import type { ShownLane, ShownResult } from '../../src/features/apim/ways/messages';
import { h } from '../kit/elements';

const svg = 'http://www.w3.org/2000/svg';
const [width, height, edge] = [1000, 34, 8];

/** Draws both lanes over one scale. The dots can be walked along with the arrow keys, and say what they are beneath. */
export function drawLanes({ lanes, scale, about, high }: ShownResult): HTMLElement {
  const said = h('p', { class: 'ways-said', role: 'status' });
  const dots: SVGElement[] = [];
  const pictures = lanes.map((lane) => drawLane(lane, scale.ms, said, dots));
  const [first] = dots;
  first?.setAttribute('tabindex', '0');
  const element = h('figure', { class: 'ways-lanes', 'aria-label': l10n.t('Time of each call') },
    h('figcaption', {}, h('span', { class: 'ways-title' }, l10n.t('Time of each call')),
      h('ul', { class: 'ways-legend' },
        h('li', {}, h('span', { class: 'ways-key dot', 'aria-hidden': 'true' }), l10n.t('a call')),
        h('li', {}, h('span', { class: 'ways-key hollow', 'aria-hidden': 'true' }), l10n.t('first or refused')),
        h('li', { title: about }, h('span', { class: 'ways-key half', 'aria-hidden': 'true' }), l10n.t('p50')),
        h('li', { title: about }, h('span', { class: 'ways-key most', 'aria-hidden': 'true' }), high))),
    ...pictures,
    h('div', { class: 'ways-axis' }, h('span', {}, formatFineDuration(0)), h('span', {}, scale.words)),
    said);
  element.addEventListener('keydown', (event) => walk(event, dots));
  return element;
}

function walk(event: KeyboardEvent, dots: readonly SVGElement[]): void {
  const at = dots.findIndex((dot) => dot === event.target);
  const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: dots.length - 1 };
  const to = dots[steps[event.key] ?? -1];
  if (at < 0 || !to) return;
  event.preventDefault();
  dots[at]?.setAttribute('tabindex', '-1');
  to.setAttribute('tabindex', '0');
  to.focus();
}

function drawLane({ name, dots, p50, high }: ShownLane, most: number, said: HTMLElement, all: SVGElement[]): HTMLElement {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('class', 'ways-lane');
  picture.setAttribute('role', 'group');
  picture.setAttribute('aria-label', name);
  const x = (ms: number): number => edge + (ms / most) * (width - 2 * edge);
  picture.append(line(['ways-base'], edge, height / 2, width - edge, height / 2));
  for (const [kind, ms] of [['half', p50], ['most', high]] as const) {
    if (ms !== undefined) picture.append(line(['ways-mark', kind], x(ms), 3, x(ms), height - 3));
  }
  for (const { ms, words, counts } of dots) {
    // A line of no length with a round end stays round whatever the picture's width.
    const dot = line(counts ? ['ways-dot'] : ['ways-dot', 'hollow'], x(ms), height / 2, x(ms), height / 2);
    dot.setAttribute('tabindex', '-1');
    dot.setAttribute('role', 'img');
    dot.setAttribute('aria-label', words);
    for (const event of ['focus', 'pointerenter']) dot.addEventListener(event, () => (said.textContent = words));
    picture.append(dot);
    all.push(dot);
  }
  return h('div', { class: 'ways-lane-line' }, h('span', { class: 'ways-lane-name' }, name), picture);
}

function line(kinds: readonly string[], x1: number, y1: number, x2: number, y2: number): SVGLineElement {
  const element = document.createElementNS(svg, 'line');
  element.classList.add(...kinds);
  for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) element.setAttribute(name, String(value));
  return element;
}
