// The cells of a table -> what script modules of the model have drawn and said (contract 2.3). All of it comes from elsewhere and is looked
// at before it is shown.

import { formatCount } from '../base/format';
import type { Table } from '../model/table';
import type { ScriptOutput } from '../model/view';
import { isArray, isObject, member, tryParse } from '../base/shape';
import { decodeBase64, readImage, type Image } from './image';
import { beginningOfText } from '../base/cutText';

/** A script's output is a row or two: in later rows nothing is looked for. */
const mostRows = 50;
/** So many pictures, and as many texts, are taken; what is beyond is counted. */
const mostOutputs = 20;
/** Longer texts are cut, in UTF-16 units. */
const mostText = 100_000;
/** Longer cells are not taken apart, in UTF-16 units. */
const mostCell = 30_000_000;
/** Names of columns in titles are cut, in UTF-16 units. */
const mostName = 60;

/**
 * One thing that a script has left, and where; rows counted from 0. A picture has no title yet, as they are numbered when all are known.
 */
interface Found {
  readonly column: string;
  readonly row: number;
  readonly piece:
    | { readonly image: Image | { readonly reason: string } }
    | { readonly title: string; readonly text: string }
    | { readonly title: string; readonly reason: string };
}

/**
 * What scripts have drawn and said: `R Output JSON` of Execute R Script, in the first 50 rows of any table, and data URIs, as Execute
 * Python Script writes them, in tables of up to 50 rows. Pictures are PNG, JPEG or GIF by their own bytes and of a size that can be drawn;
 * others are `refused`.
 */
export function scriptOutputs(table: Table): readonly ScriptOutput[] {
  const finder = new Finder();
  table.rows.slice(0, mostRows).forEach((cells, row) => cells.forEach((cell, index) => {
    if (typeof cell !== 'string') return;
    const column = table.columns[index]?.name ?? '';
    if (/^\s*R Output JSON\s*$/i.test(column)) finder.readR(cell, column, row);
    else if (table.totalRows <= mostRows && /^data:/i.test(cell)) finder.readUri(cell, column, row);
  }));
  return titled(finder, table.rows.length > 1);
}

/** Takes cells apart, and stops keeping what it finds when there is enough. */
class Finder {
  readonly found: Found[] = [];
  images = 0;
  texts = 0;
  /** How many things were found and not kept. */
  left = 0;

  /** Standard output and error, and the plots, of Execute R Script. */
  readR(cell: string, column: string, row: number): void {
    if (cell.length > mostCell)
      return this.takeText(column, row, { title: 'R output', reason: `It is longer than ${formatCount(mostCell)} characters.` });
    const value = tryParse(cell);
    if (!isObject(value)) return this.takeText(column, row, { title: 'R output', reason: 'It is not the JSON that R modules write.' });
    for (const [name, title] of [['Standard Output', 'Standard output'], ['Standard Error', 'Standard error']] as const) {
      const text = member(value, name);
      if (typeof text === 'string' && text.trim() !== '') this.takeText(column, row, { title, text });
    }
    const plots = member(value, 'Graphics Device') ?? [];
    for (const plot of isArray(plots) ? plots : [plots]) {
      this.takeImage(column, row, () => (typeof plot === 'string' ? readImage(plot) : { reason: 'It is broken: its data is not text.' }));
    }
  }

  /** What a data URI holds; a cell that only begins like one is passed over. */
  readUri(cell: string, column: string, row: number): void {
    const [head, type, options = ''] = /^data:([\w.+-]{1,40}\/[\w.+-]{1,60})((?:;[^,;]{0,100}){0,5}),/i.exec(cell.slice(0, 1000)) ?? [];
    if (head === undefined || type === undefined) return;
    const kind = type.toLowerCase();
    const coded = /;\s*base64\s*$/i.test(options);
    if (cell.length > mostCell)
      return this.takeText(column, row, { title: 'Output', reason: `It is longer than ${formatCount(mostCell)} characters.` });
    const data = withoutPercents(cell.slice(head.length));
    if (kind === 'text/plain') {
      const text = coded ? textOf(data) : data;
      return this.takeText(
        column,
        row,
        text === undefined
          ? { title: 'Standard output', reason: 'It is broken: its data is not base64.' }
          : { title: 'Standard output', text },
      );
    }
    if (!kind.startsWith('image/'))
      return this.takeText(column, row, { title: 'Output', reason: `It is ${kind}. Only text, PNG, JPEG and GIF are shown.` });
    if (!/^image\/(?:png|jpe?g|gif)$/.test(kind))
      return this.takeImage(column, row, () => ({ reason: `It is ${kind}. Only PNG, JPEG and GIF are shown.` }));
    this.takeImage(column, row, () => (coded ? readImage(data) : { reason: 'It is broken: its data is not base64.' }));
  }

  private takeText(column: string, row: number, piece: Found['piece']): void {
    if (++this.texts > mostOutputs) this.left++;
    else this.found.push({ column, row, piece });
  }

  /** A picture that is beyond what is kept is not looked at. */
  private takeImage(column: string, row: number, look: () => Image | { readonly reason: string }): void {
    if (++this.images > mostOutputs) this.left++;
    else this.found.push({ column, row, piece: { image: look() } });
  }
}

function titled({ found, images, left }: Finder, manyRows: boolean): ScriptOutput[] {
  const manyColumns = new Set(found.filter(({ piece }) => 'image' in piece).map(({ column }) => column)).size > 1;
  let nth = 0;
  const outputs = found.map(({ column, row, piece }): ScriptOutput => {
    const place = [...(manyColumns ? [`column "${beginningOfText(column, mostName)}"`] : []), ...(manyRows ? [`row ${row + 1}`] : [])].join(
      ', ',
    );
    const where = place === '' ? '' : ` (${place})`;
    if ('image' in piece) {
      nth++;
      const title = `Plot ${nth} of ${formatCount(images)}${where}`;
      return 'reason' in piece.image ? { kind: 'refused', title, reason: piece.image.reason } : { kind: 'image', title, ...piece.image };
    }
    if ('reason' in piece) return { kind: 'refused', title: `${piece.title}${where}`, reason: piece.reason };
    const text = beginningOfText(piece.text, mostText);
    const rest = text === piece.text ? '' : `, the first ${formatCount(text.length)} of ${formatCount(piece.text.length)} characters`;
    return { kind: 'text', title: `${piece.title}${where}${rest}`, text };
  });
  if (left > 0)
    outputs.push({
      kind: 'refused',
      title: 'More outputs',
      reason: left === 1 ? 'One more output of scripts is not shown.' : `${formatCount(left)} more outputs of scripts are not shown.`,
    });
  return outputs;
}

/** Percent signs with two digits stand for bytes of UTF-8; where they do not, they stay as they are. */
function withoutPercents(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function textOf(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && new TextDecoder().decode(bytes);
}
