// Cuts characters off the ends of a text by counting them. A pattern that is tied to the end of a text is tried at each of its places.

/** What `\s` stands for in a pattern. */
export const blanks = '\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff'
  + '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

/** The text without those of the characters (UTF-16 units) that it ends with. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The text without those of the characters (UTF-16 units) that it begins with. */
export function withoutStart(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text.charAt(start))) start += 1;
  return text.slice(start);
}

/** The text without those of the characters (UTF-16 units) that it begins or ends with. */
export function withoutEnds(text: string, characters: string): string {
  return withoutStart(withoutEnd(text, characters), characters);
}
