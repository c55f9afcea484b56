// Which of the parts of a page that fold are open: the same after the page is drawn anew, and after it was hidden.

/** Parts that a person has opened (true) or shut (false), by name. */
export type OpenParts = Readonly<Record<string, boolean>>;

/** A part that folds: a `details`, by what is needed of it. */
export interface FoldingPart {
  open: boolean;
  addEventListener(type: 'toggle', listener: () => void): void;
}

/** Has a part stand as a person left the one of that name, and gives it back. */
export type KeepOpen = <Part extends FoldingPart>(name: string, part: Part) => Part;

/** Reads what was saved; what cannot be read is as if nothing had been opened or shut. */
export function readOpenParts(saved: unknown): OpenParts | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  return Object.fromEntries(Object.entries(saved).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
}

/** Begins with what was saved; `onChange` hears what is to be saved now. */
export function keepOpenParts(saved: OpenParts | undefined, onChange: (open: OpenParts) => void): KeepOpen {
  const open = new Map(Object.entries(saved ?? {}));
  return (name, part) => {
    part.open = open.get(name) ?? part.open;
    let stands = part.open;
    part.addEventListener('toggle', () => {
      // A part that is drawn open tells so, too.
      if (part.open === stands) return;
      stands = part.open;
      open.set(name, stands);
      onChange(Object.fromEntries(open));
    });
    return part;
  };
}
