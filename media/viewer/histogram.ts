// A picture of a column's numbers: bars over a line, each of which says how many rows it stands for.

import type { Bin } from '../../src/model/view';
import { visible } from '../kit/visible';
import { moved } from '../kit/tabs';

const svg = 'http://www.w3.org/2000/svg';

/** Size of a bar's place and of the picture, in its own units; the style sheet stretches it. */
const barPlace = 10;
const barWidth = 8.6;
const height = 100;

/** A bar that stands for few rows is still seen. */
const lowest = 2;

/** Draws the bars. `words` says what one stands for, `onLook` hears which one is looked at, `onChoose` which one was chosen. */
export function drawHistogram(
  label: string,
  bins: readonly Bin[],
  words: (bin: Bin) => string,
  onLook: (bin: Bin | undefined) => void,
  onChoose: (bin: Bin) => void,
): SVGSVGElement {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const picture = make('svg', {
    class: 'histogram',
    viewBox: `0 0 ${bins.length * barPlace} ${height}`,
    preserveAspectRatio: 'none',
    role: 'group',
    'aria-label': label,
  });
  const bars = bins.map((bin, at) => {
    const tall = bin.count === 0 ? 0 : Math.max(lowest, (bin.count / most) * (height - 4));
    const bar = make(
      'g',
      { class: 'bar', role: 'button', tabindex: at === 0 ? 0 : -1, 'aria-label': `${words(bin)}. Filter by it.` },
      // All of the place can be pointed at, however low the bar is.
      make('rect', { class: 'bar-place', x: at * barPlace, y: 0, width: barPlace, height }),
      make('rect', { class: 'bar-shape', x: at * barPlace + (barPlace - barWidth) / 2, y: height - tall, width: barWidth, height: tall }),
    );
    bar.addEventListener('pointerenter', () => onLook(bin));
    bar.addEventListener('pointerleave', () => onLook(undefined));
    bar.addEventListener('focus', () => onLook(bin));
    bar.addEventListener('blur', () => onLook(undefined));
    bar.addEventListener('click', () => onChoose(bin));
    return bar;
  });
  bars.forEach((bar, at) =>
    bar.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        const bin = bins[at];
        if (bin) onChoose(bin);
        return;
      }
      const next = moved(event.key, at, bars.length, ['ArrowLeft', 'ArrowRight']);
      if (next === undefined) return;
      event.preventDefault();
      bars.forEach((each, index) => each.setAttribute('tabindex', index === next ? '0' : '-1'));
      bars[next]?.focus();
    }),
  );
  picture.append(...bars, make('path', { class: 'base-line', d: `M0 ${height}h${bins.length * barPlace}` }));
  return picture;
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
