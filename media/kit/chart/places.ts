// Pictures of numbers side by side: bars, of one part or of several on top of each other, and lines. The keyboard goes from place to place.

import { moved } from '../tabs';
import { visible } from '../visible';

const svg = 'http://www.w3.org/2000/svg';

/** Size of a place and of the picture, in the picture's own units; the style sheet stretches it. */
const placeWidth = 10;
const barWidth = 8.6;
const height = 100;

/** Kept free at the top; a part that stands for little is still seen. */
const spare = 4;
const lowest = 2;

/** What stands at one place. */
export interface Place {
  /** One number for each series, none of them below 0. */
  readonly values: readonly number[];
  /** Says what is there, numbers with their units. */
  readonly words: string;
}

/** A picture and what it does. */
export interface PlacesSpec {
  readonly label: string;
  readonly places: readonly Place[];
  /** `bars` stand on top of each other, `lines` go from place to place. */
  readonly form: 'bars' | 'lines';
  /** Hears which place is looked at. */
  readonly onLook: (at: number | undefined) => void;
  /** Hears which was chosen; a picture of which nothing can be chosen has none. */
  readonly onChoose?: { readonly run: (at: number) => void; readonly words: (place: Place) => string };
}

/** The largest that a picture has to show: a bar with all its parts, or a point of a line. */
export function largest(places: readonly Place[], form: PlacesSpec['form']): number {
  const sizes = places.map(({ values }) => (form === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values)));
  return Math.max(1, ...sizes);
}

/** Draws the picture. */
export function drawPlaces({ label, places, form, onLook, onChoose }: PlacesSpec): SVGSVGElement {
  const most = largest(places, form);
  const sizeOf = (value: number): number => (value === 0 ? 0 : Math.max(lowest, (value / most) * (height - spare)));
  const picture = make('svg', {
    class: `histogram ${form}`,
    viewBox: `0 0 ${places.length * placeWidth} ${height}`,
    preserveAspectRatio: 'none',
    role: 'group',
    'aria-label': label,
  });
  const drawn = places.map((place, at) => {
    const element = make(
      'g',
      {
        class: 'bar', role: onChoose ? 'button' : 'img', tabindex: at === 0 ? 0 : -1,
        'aria-label': onChoose ? onChoose.words(place) : place.words,
      },
      // All of the place can be pointed at, however low the bar is.
      make('rect', { class: 'bar-place', x: at * placeWidth, y: 0, width: placeWidth, height }),
      ...(form === 'bars' ? parts(place, at, sizeOf) : []),
    );
    element.classList.toggle('still', !onChoose);
    element.addEventListener('pointerenter', () => onLook(at));
    element.addEventListener('pointerleave', () => onLook(undefined));
    element.addEventListener('focus', () => onLook(at));
    element.addEventListener('blur', () => onLook(undefined));
    if (onChoose) element.addEventListener('click', () => onChoose.run(at));
    return element;
  });
  drawn.forEach((element, at) => element.addEventListener('keydown', (event) => {
    if (onChoose && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      onChoose.run(at);
      return;
    }
    const next = moved(event.key, at, drawn.length, ['ArrowLeft', 'ArrowRight']);
    if (next === undefined) return;
    event.preventDefault();
    drawn.forEach((each, index) => each.setAttribute('tabindex', index === next ? '0' : '-1'));
    drawn[next]?.focus();
  }));
  const lines = form === 'lines' ? drawLines(places, sizeOf) : [];
  picture.append(...lines, ...drawn, make('path', { class: 'base-line', d: `M0 ${height}h${places.length * placeWidth}` }));
  return picture;
}

function parts({ values }: Place, at: number, sizeOf: (value: number) => number): SVGElement[] {
  let top = height;
  return values.map((value, series) => {
    const tall = sizeOf(value);
    top -= tall;
    const x = at * placeWidth + (placeWidth - barWidth) / 2;
    return make('rect', { class: `bar-shape series-${series}`, x, y: top, width: barWidth, height: tall });
  });
}

function drawLines(places: readonly Place[], sizeOf: (value: number) => number): SVGElement[] {
  return (places[0]?.values ?? []).map((_, series) => {
    const points = places.map(({ values }, at) => [(at + 0.5) * placeWidth, height - sizeOf(values[series] ?? 0)].join(' '));
    return make('path', { class: `line-shape series-${series}`, d: ['M', points.join('L')].join('') });
  });
}

function make<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly SVGElement[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, visible(String(value)));
  element.append(...children);
  return element;
}
