// Makes characters visible that would otherwise hide, reorder or disguise the text around them.

/** Control characters, direction marks and overrides, invisible format characters, halves of surrogate pairs and tag characters. */
const hidden =
  /[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e007f}]/gu;
const hiddenInLines =
  /\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e007f}]/gu;

/** Text on one line: a line feed becomes ↵, other control characters their picture (␛), what is invisible its code (⟦U+202E⟧). */
export function visible(text: string): string {
  return text.replace(hidden, picture);
}

/** Text of several lines: like `visible`, with line ends and tabs left as they are. */
export function visibleLines(text: string): string {
  return text.replace(hiddenInLines, picture);
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a) return '↵';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`;
}
