// Names as they stand in a README: texts, whatever they hold.

/** One line of text that no reader takes for markup. */
export function markdownText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ');
  return line.replace(/[!-/:-@[-`{-~]/g, (mark) => named[mark] ?? `\\${mark}`);
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;' };
