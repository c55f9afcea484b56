// The page's own line drawings, 16 by 16, in the colour of the text around them.

const ring = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5z';

const drawings = {
  ok: [ring, 'M5.1 8.2l2 2l3.8-4.2'],
  failed: [ring, 'M5.75 5.75l4.5 4.5', 'M10.25 5.75l-4.5 4.5'],
  warning: ['M8 2l6.4 11.5H1.6z', 'M8 6.5v3.2', 'M8 11.4v.6'],
  info: [ring, 'M8 7.2v4', 'M8 4.6v.6'],
  cancelled: [ring, 'M3.7 12.3l8.6-8.6'],
  pending: ['M8 1.75a6.25 6.25 0 0 1 6.25 6.25', 'M8 14.25a6.25 6.25 0 0 1-6.25-6.25', 'M8 4.8v3.4l2.2 1.6'],
  sending: ['M8 1.75a6.25 6.25 0 1 1-6.25 6.25'],
  copy: ['M5.5 5.5h8v8h-8z', 'M10.5 5.5v-3h-8v8h3'],
  done: ['M2.5 8.6l3.6 3.6l7.4-8.2'],
  save: ['M8 2v8', 'M4.7 6.9l3.3 3.3l3.3-3.3', 'M2.5 11v2.5h11v-2.5'],
  export: ['M8 10v-8', 'M4.7 5.1l3.3-3.3l3.3 3.3', 'M2.5 9v4.5h11v-4.5'],
  open: ['M6.5 3.5h-4v10h10v-4', 'M9 2.5h4.5v4.5', 'M13.3 2.7l-5.8 5.8'],
  file: ['M3.5 1.75h5.5l3.5 3.5v9h-9z', 'M8.9 1.9v3.5h3.5'],
  newFile: ['M9 14.25h-5.5v-12.5h5.5l3.5 3.5v3', 'M8.9 1.9v3.5h3.5', 'M12.5 10.5v4.5', 'M10.2 12.75h4.6'],
  send: ['M2 2.6l12.2 5.4l-12.2 5.4l1.6-5.4z', 'M3.6 8h5.4'],
  more: ['M3.5 6l4.5 4.5l4.5-4.5'],
  start: ['M4.5 2.5l8.5 5.5l-8.5 5.5z'],
  carryOn: ['M3.5 3v10', 'M6.5 3l7 5l-7 5z'],
  runAll: ['M2.5 3l6.5 5l-6.5 5z', 'M8.5 3.6l5.5 4.4l-5.5 4.4'],
  submit: ['M4.6 11.5a2.8 2.8 0 0 1 .2-5.6a3.6 3.6 0 0 1 6.9 .9a2.4 2.4 0 0 1-.2 4.7', 'M8 14v-5.8', 'M5.9 10.2l2.1-2.1l2.1 2.1'],
  stop: ['M3.5 3.5h9v9h-9z'],
  again: ['M13.2 6.2a5.6 5.6 0 1 0 .3 3.4', 'M13.6 2.6v3.8h-3.8'],
  repeat: ['M13.2 6.2a5.6 5.6 0 1 0 .3 3.4', 'M13.6 2.6v3.8h-3.8', 'M6.6 5.8l3.8 2.4l-3.8 2.4z'],
  undo: ['M5.5 2.5l-3 3l3 3', 'M2.8 5.5h6.7a4 4 0 0 1 0 8h-3.5'],
  remove: ['M2.5 4h11', 'M6 4v-1.8h4v1.8', 'M4 4l.6 9.8h6.8l.6-9.8', 'M6.7 6.8v4.4', 'M9.3 6.8v4.4'],
  search: ['M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z', 'M10.3 10.3l3.7 3.7'],
  columns: ['M2 3h12v10h-12z', 'M6 3v10', 'M10 3v10'],
  goTo: ['M2.5 8h8', 'M7.3 4.8l3.2 3.2l-3.2 3.2', 'M13.5 3v10'],
  chart: ['M2 14h12', 'M3.5 13.5v-4h2v4z', 'M7 13.5v-10h2v10z', 'M10.5 13.5v-7h2v7z'],
  usage: ['M2 2v12h12', 'M4.5 10.5l3-4l2.5 2l3.5-5'],
  join: ['M2 3h5v10h-5z', 'M9 3h5v10h-5z', 'M5 8h6'],
  list: ['M2.5 4h2', 'M2.5 8h2', 'M2.5 12h2', 'M6.5 4h7', 'M6.5 8h7', 'M6.5 12h7'],
  table: ['M2 3h12v10h-12z', 'M2 6.3h12', 'M2 9.7h12', 'M6.5 3v10'],
  filter: ['M2 3h12l-4.7 5.5v5l-2.6-1.6v-3.4z'],
  compare: ['M2.5 3h5v10h-5z', 'M8.5 3h5v10h-5z', 'M4 8h2', 'M10 8h2', 'M11 7v2'],
  pin: ['M5.5 2h5', 'M6 2v4.5l-2 2.5h8l-2-2.5v-4.5', 'M8 9v5'],
  code: ['M5.5 4.5l-3.5 3.5l3.5 3.5', 'M10.5 4.5l3.5 3.5l-3.5 3.5'],
  others: ['M3.5 8h.01', 'M8 8h.01', 'M12.5 8h.01'],
  up: ['M8 13v-10', 'M4 6.8l4-4l4 4'],
  down: ['M8 3v10', 'M4 9.2l4 4l4-4'],
  swap: ['M2.5 5.5h10.5', 'M10.3 2.8l2.7 2.7l-2.7 2.7', 'M13.5 10.5h-10.5', 'M5.7 7.8l-2.7 2.7l2.7 2.7'],
  changes: ['M8 2.5v6.5', 'M4.75 5.75h6.5', 'M4.75 12.75h6.5'],
  target: [ring, 'M8 4.9a3.1 3.1 0 1 0 0 6.2a3.1 3.1 0 1 0 0-6.2z', 'M8 8h.01'],
  add: ['M8 3v10', 'M3 8h10'],
  edit: ['M3 13l.7-3.2l7.1-7.1l2.5 2.5l-7.1 7.1z', 'M9.4 4.1l2.5 2.5'],
  wrap: ['M2 4h12', 'M2 8h9.5a2.2 2.2 0 0 1 0 4.4h-3', 'M10.3 10.6l-1.9 1.8l1.9 1.8', 'M2 12.4h3.5'],
  close: ['M3.5 3.5l9 9', 'M12.5 3.5l-9 9'],
} satisfies Record<string, readonly string[]>;

/** The drawings there are. */
export type IconName = keyof typeof drawings;

const svg = 'http://www.w3.org/2000/svg';

/** Draws an icon. It says nothing to a screen reader: there are words beside it. */
export function icon(name: IconName): SVGSVGElement {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', `icon icon-${name}`);
  element.setAttribute('viewBox', '0 0 16 16');
  element.setAttribute('aria-hidden', 'true');
  for (const drawing of drawings[name]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', drawing);
    element.append(path);
  }
  return element;
}
