// Pictures of numbers side by side: bars, of one part or of several on top of each other, and lines. The keyboard goes from place to place.

import { moved } from '../tabs';
import { drawParts, gapsOf, height, linePaths, make, placeWidth, type Tone } from './shapes';

/** What stands at one place. */
export interface Place {
  /** One number for each series, none of them below 0; undefined where nothing is known, which is something else than 0. */
  readonly values: readonly number[] | undefined;
  /** Says what is there, numbers with their units. */
  readonly words: string;
  /** Names it across redraws, where its place among the others may be another then. */
  readonly key?: string;
}

/** A picture and what it does. */
export interface PlacesSpec {
  readonly label: string;
  readonly places: readonly Place[];
  /** `bars` stand on top of each other, `lines` go from place to place. */
  readonly form: 'bars' | 'lines';
  /** What the series mean, where their colours tell it. */
  readonly tones?: readonly (Tone | undefined)[];
  /** How wide the picture is, in pixels, as far as that is known: hatching keeps its slant. */
  readonly widthPx?: number;
  /** Names the place that has the focus across redraws. */
  readonly focusKey?: string;
  /** Hears which place is looked at. */
  readonly onLook: (at: number | undefined) => void;
  /** Hears which was chosen; a picture of which nothing can be chosen has none. */
  readonly onChoose?: { readonly run: (at: number) => void; readonly words: (place: Place) => string };
}

/** The largest that a picture has to show: a bar with all its parts, or a point of a line. */
export function largest(places: readonly Place[], form: PlacesSpec['form']): number {
  let most = 1;
  for (const { values } of places) {
    if (values) most = Math.max(most, form === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values));
  }
  return most;
}

/** Draws the picture. */
export function drawPlaces({
  label, places, form, onLook, onChoose, tones = [], widthPx = 600, focusKey,
}: PlacesSpec): SVGSVGElement {
  const most = largest(places, form);
  const width = places.length * placeWidth;
  const picture = make('svg', {
    class: `histogram ${form}`, viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'group', 'aria-label': label,
  });
  const drawn = places.map((place, at) => make(
    'g',
    {
      class: ['bar', ...(onChoose ? [] : ['still'])].join(' '), role: onChoose ? 'button' : 'img',
      tabindex: at === 0 ? 0 : -1, 'data-at': at,
      'aria-label': onChoose ? onChoose.words(place) : place.words,
      ...(focusKey === undefined ? {} : { 'data-focus': `${focusKey}-${place.key ?? at}` }),
    },
    // All of the place can be pointed at, however low the bar is.
    make('rect', { class: 'bar-place', x: at * placeWidth, y: 0, width: placeWidth, height }),
    ...(form === 'bars' && place.values ? drawParts(place.values, at, most, tones) : []),
  ));
  listen(picture, drawn, onLook, onChoose?.run);
  picture.append(
    ...gapsOf(places.map(({ values }) => values), widthPx),
    ...(form === 'lines' ? linePaths(places.map(({ values }) => values), most, tones) : []),
    ...drawn, make('path', { class: 'base-line', d: `M0 ${height}h${width}` }),
  );
  return picture;
}

/** One listener for all places: there may be hundreds of them. */
function listen(
  picture: SVGSVGElement, drawn: readonly SVGGElement[], onLook: PlacesSpec['onLook'], choose: ((at: number) => void) | undefined,
): void {
  const atOf = ({ target }: Event): number | undefined => {
    const place = target instanceof Element ? target.closest('[data-at]') : null;
    return place === null ? undefined : Number(place.getAttribute('data-at'));
  };
  picture.addEventListener('pointerover', (event) => onLook(atOf(event)));
  picture.addEventListener('pointerleave', () => onLook(undefined));
  picture.addEventListener('focusin', (event) => {
    const at = atOf(event);
    // Tab comes back to where somebody was.
    drawn.forEach((each, index) => each.setAttribute('tabindex', index === at ? '0' : '-1'));
    onLook(at);
  });
  picture.addEventListener('focusout', () => onLook(undefined));
  picture.addEventListener('click', (event) => {
    const at = atOf(event);
    if (at !== undefined) choose?.(at);
  });
  picture.addEventListener('keydown', (event) => {
    const at = atOf(event);
    if (at === undefined) return;
    if (choose && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      choose(at);
      return;
    }
    const next = moved(event.key, at, drawn.length, ['ArrowLeft', 'ArrowRight']);
    if (next === undefined) return;
    event.preventDefault();
    drawn[next]?.focus();
  });
}
