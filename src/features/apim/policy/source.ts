// A text with its UTF-16 units as a list: what looks at each of them goes through a list several times as fast as through a string.

/** A text and its units; behind the last there are some zeros, so that looking a little ahead needs no check. */
export interface Source {
  readonly text: string;
  readonly codes: Uint16Array;
}

const spare = 4;

/** Lists the units of a text. */
export function sourceOf(text: string): Source {
  const { length } = text;
  const codes = new Uint16Array(length + spare);
  if (isLittleEndian) Buffer.from(codes.buffer).write(text, 'utf16le');
  else for (let at = 0; at < length; at += 1) codes[at] = text.charCodeAt(at);
  return { text, codes };
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
