// How one text differs from another, line by line, with a few lines around each change: for a page that shows little of a long document.

/** A line; `gap` stands for lines that are the same and not shown. */
export type DiffLine =
  /** `line` is its number in the new text, from 1; of what goes out, in the old one. */
  | { readonly kind: 'same' | 'in' | 'out'; readonly text: string; readonly line: number }
  | { readonly kind: 'gap'; readonly lines: number };

type ShownLine = Exclude<DiffLine, { kind: 'gap' }>;

/** So many lines around a change are shown. */
const around = 2;

/** Two parts whose lines multiplied are more than this are shown as one replaced by the other. */
const mostCompared = 1_000_000;

/** Compares; line ends do not count. Empty where nothing differs. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let [oldEnd, end] = [old.length, now.length];
  while (oldEnd > start && end > start && old[oldEnd - 1] === now[end - 1]) [oldEnd, end] = [oldEnd - 1, end - 1];
  if (oldEnd === start && end === start) return [];
  const same = (from: number, to: number): readonly ShownLine[] =>
    now.slice(from, to).map((text, index) => ({ kind: 'same', text, line: from + index + 1 }));
  const middle = changed(old.slice(start, oldEnd), now.slice(start, end), start);
  return shortened([...same(0, start), ...middle, ...same(end, now.length)]);
}

/** A text of one line has one, an empty one has none. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r?\n/);
}

/** The lines of two parts that begin at the same place, by their longest common lines. */
function changed(old: readonly string[], now: readonly string[], start: number): readonly ShownLine[] {
  const out = (index: number): ShownLine => ({ kind: 'out', text: old[index] ?? '', line: start + index + 1 });
  const come = (index: number, kind: 'in' | 'same' = 'in'): ShownLine => ({ kind, text: now[index] ?? '', line: start + index + 1 });
  if (old.length * now.length > mostCompared) return [...old.map((_, index) => out(index)), ...now.map((_, index) => come(index))];
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: ShownLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(come(j, 'same'));
      [i, j] = [i + 1, j + 1];
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(out(i));
      i += 1;
    } else {
      lines.push(come(j));
      j += 1;
    }
  }
  return lines;
}

/** Puts gaps in the place of what is far from any change. */
function shortened(lines: readonly ShownLine[]): readonly DiffLine[] {
  const near = new Set(lines.flatMap(({ kind }, index) =>
    (kind === 'same' ? [] : Array.from({ length: 2 * around + 1 }, (_, step) => index - around + step))));
  const shown: DiffLine[] = [];
  let hidden = 0;
  const flush = (): void => {
    if (hidden > 0) shown.push({ kind: 'gap', lines: hidden });
    hidden = 0;
  };
  lines.forEach((line, index) => {
    if (!near.has(index)) {
      hidden += 1;
      return;
    }
    flush();
    shown.push(line);
  });
  flush();
  return shown;
}
