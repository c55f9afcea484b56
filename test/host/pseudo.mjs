// A language that nobody speaks: every text of the extension, lengthened, in letters with marks. What is not in it on the screen has
// never been translated.

import { placeholders } from '../../lint/texts.mjs';

/** The tag that VS Code knows such a language by. */
export const pseudoTag = 'qps-ploc';

const marked = new Map([...'aeiouyncsAEIOUYNCS'].map((letter, index) => [letter, [...'áéíóúýñçšÁÉÍÓÚÝÑÇŠ'][index] ?? letter]));

/** What is no word in a text and has to stay: places for values, commands behind links, code, names of icons. */
const fixed = /\{[^}]*\}|\]\([^)]*\)|`[^`]*`|\$\([^)]*\)|https?:\S*/;

/**
 * A text in the language.
 * @param {string} text
 */
export function pseudo(text) {
  const pieces = text.split(new RegExp(`(${fixed.source})`));
  const withMarks = (/** @type {string} */ piece) => [...piece].map((letter) => marked.get(letter) ?? letter).join('');
  return `⟦${pieces.map((piece, index) => (index % 2 === 1 ? piece : withMarks(piece))).join('')}⟧`;
}

/**
 * All texts of an export or of package.nls.json in the language, by their keys. The one that is the tag of its language is that of this
 * one.
 * @param {Record<string, string | { message: string }>} texts
 * @returns {Record<string, string>}
 */
export function pseudoTexts(texts) {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => {
    const message = typeof value === 'string' ? value : value.message;
    return [key, message === 'en' ? pseudoTag : pseudo(message)];
  }));
}

/**
 * What is wrong with a translation: texts that it lacks, texts that there are no more, and places for values that are not those of the
 * English.
 * @param {Record<string, string | { message: string }>} english
 * @param {Record<string, string>} translated
 * @param {string} tag The tag of the language, as it stands in the name of the translation's file.
 */
export function faultsOf(english, translated, tag) {
  return [
    ...Object.keys(english).filter((key) => !(key in translated)).map((key) => `It lacks: ${key}`),
    ...Object.keys(translated).filter((key) => !(key in english)).map((key) => `There is no such text any more: ${key}`),
    ...Object.entries(english).flatMap(([key, value]) => {
      const message = typeof value === 'string' ? value : value.message;
      const other = translated[key];
      if (other === undefined) return [];
      if (message === 'en') return other === tag ? [] : [`The tag of the language has to be ${tag}, and is: ${other}`];
      if (placeholders(message).join() === placeholders(other).join()) return [];
      return [`It has other places for values than "${message}": ${other}`];
    }),
  ];
}
