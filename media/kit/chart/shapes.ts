// The shapes of a picture of numbers: parts of bars, lines from place to place, hatching where nothing is known.

import { visible } from '../visible';

const svg = 'http://www.w3.org/2000/svg';

/** Size of a place and of the picture, in the picture's own units; the style sheet stretches it. */
export const placeWidth = 10;
export const height = 100;
const barWidth = 8.6;

/** Kept free at the top; a part that stands for little is still seen. */
const spare = 4;
const lowest = 2;

/** Height of the picture on the page and distance of the strokes of a hatching, in pixels. */
const heightPx = 132;
const strokePx = 7;

/**
 * What a series means, for its colour: what went well, what failed, what was refused, what is beside the matter; or, of what is neither
 * good nor bad, the middle and what it lies between.
 */
export type Tone = 'good' | 'bad' | 'warn' | 'other' | 'middle' | 'upper' | 'lower';

/** The classes of a series' shapes. */
export function seriesClass(series: number, tone: Tone | undefined): string {
  return [`series-${series}`, ...(tone === undefined ? [] : [`tone-${tone}`])].join(' ');
}

type Values = readonly number[] | undefined;

function sizeOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.max(lowest, (value / most) * (height - spare));
}

/** The parts of a bar, the first at the bottom. */
export function drawParts(values: readonly number[], at: number, most: number, tones: readonly (Tone | undefined)[]): SVGElement[] {
  let top = height;
  const x = at * placeWidth + (placeWidth - barWidth) / 2;
  return values.flatMap((value, series) => {
    const tall = sizeOf(value, most);
    if (tall === 0) return [];
    top -= tall;
    const shape = make('rect', { class: `bar-shape ${seriesClass(series, tones[series])}`, x, y: top, width: barWidth, height: tall });
    // Parts are told apart by more than their colours.
    return top + tall < height ? [shape, make('path', { class: 'part-edge', d: `M${x} ${top + tall}h${barWidth}` })] : [shape];
  });
}

/** A line for each series. It is broken where nothing is known; a point between two such places is a short line. */
export function linePaths(values: readonly Values[], most: number, tones: readonly (Tone | undefined)[]): SVGElement[] {
  const [first] = values.filter((each) => each !== undefined);
  return (first ?? []).map((_, series) => {
    const parts: string[] = [];
    values.forEach((each, at) => {
      if (!each) return;
      const y = height - sizeOf(each[series] ?? 0, most);
      const goesOn = values[at - 1] !== undefined;
      parts.push(`${goesOn ? 'L' : 'M'}${(at + 0.5) * placeWidth} ${y}`);
      if (!goesOn && values[at + 1] === undefined) parts.push(`h${placeWidth / 2}`);
    });
    return make('path', { class: `line-shape ${seriesClass(series, tones[series])}`, d: parts.join('') });
  });
}

let patterns = 0;

/** Hatched places, those beside each other as one. */
export function gapsOf(values: readonly Values[], widthPx: number): SVGElement[] {
  const runs: { from: number; count: number }[] = [];
  values.forEach((each, at) => {
    if (each) return;
    const last = runs.at(-1);
    if (last && last.from + last.count === at) last.count += 1;
    else runs.push({ from: at, count: 1 });
  });
  if (runs.length === 0) return [];
  const id = `hatch-${(patterns += 1)}`;
  // Pixels in the picture's units: it is stretched more one way than the other.
  const scale = `scale(${(values.length * placeWidth) / Math.max(1, widthPx)} ${height / heightPx})`;
  const pattern = make(
    'pattern', { id, width: strokePx, height: strokePx, patternUnits: 'userSpaceOnUse', patternTransform: [scale, 'rotate(45)'].join(' ') },
    make('path', { class: 'hatch-stroke', d: `M0 0v${strokePx}` }),
  );
  return [
    make('defs', {}, pattern),
    ...runs.map(({ from, count }) =>
      make('rect', { class: 'bar-gap', x: from * placeWidth, y: 0, width: count * placeWidth, height, fill: `url(#${id})` })),
  ];
}

/** Makes an element of a picture. */
export function make<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Readonly<Record<string, string | number>>, ...children: readonly SVGElement[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, typeof value === 'number' ? String(value) : visible(value));
  }
  element.append(...children);
  return element;
}
