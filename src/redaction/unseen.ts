// Looks through what cannot be seen: characters of no width and folded lines of mails, with which a secret may be broken up.

import { isAscii } from '../base/ascii';
import type { Spot } from './exactSearch';

const anyUnseen = /[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/;

/** Characters of no width, as they are, as bytes of UTF-8 and as escapes; and line breaks that mails put into long lines. */
const unseen = new RegExp([
  anyUnseen.source,
  String.raw`\u00e2\u0080[\u008b-\u008f\u00aa-\u00ae]|\u00e2\u0081[\u00a0-\u00af]|\u00ef\u00bb\u00bf|\u00c2\u00ad`,
  String.raw`\\{1,8}u(?:00ad|200[b-f]|202[a-e]|206[\da-f]|feff)`,
  String.raw`%(?:25)?e2%(?:25)?80%(?:25)?8[b-f]|%(?:25)?e2%(?:25)?81%(?:25)?a[\da-f]|%(?:25)?ef%(?:25)?bb%(?:25)?bf|%(?:25)?c2%(?:25)?ad`,
  '&(?:shy|zwj|zwnj|lrm|rlm|zerowidthspace|#(?:173|820[3-7]|8288|65279|x0{0,2}ad|x200[b-f]|x2060|xfeff));?',
  String.raw`=\r?\n|=(?:\\{1,8}r)?\\{1,8}n`,
].join('|'), 'gi');

/** Several quick looks: most texts hold nothing of the kind, and some have tens of megabytes. */
function mayHoldUnseen(text: string): boolean {
  return (
    signs.some((sign) => text.includes(sign)) ||
    escapes.some(([sign, escape]) => text.includes(sign) && escape.test(text)) ||
    (!isAscii(text) && anyUnseen.test(text))
  );
}

const signs = ['\u00e2\u0080', '\u00e2\u0081', '\u00ef\u00bb', '=\n', '=\r\n', '=\\'];
const escapes: readonly (readonly [string, RegExp])[] = [
  ['%', /%(?:25)?(?:e2|ef|c2)/i],
  ['&', /&(?:shy|zw|[lr]lm|[lr]rm|zero|#)/i],
  ['\\u', /\\u(?:00ad|20[026]|feff)/i],
];

/** What `find` finds in the text without what cannot be seen, as places in the text itself; nothing where there is nothing of the kind. */
export function withoutUnseen(text: string, find: (text: string) => Spot[]): Spot[] {
  if (!mayHoldUnseen(text)) return [];
  const parts: string[] = [];
  /** Where something was left out, in the text without it, and how much was by then. */
  const gaps: { readonly at: number; readonly left: number }[] = [];
  let last = 0;
  let left = 0;
  for (const { index, 0: gap } of text.matchAll(unseen)) {
    parts.push(text.slice(last, index));
    last = index + gap.length;
    gaps.push({ at: index - left, left: left + gap.length });
    left += gap.length;
  }
  if (gaps.length === 0) return [];
  const spots = find(parts.join('') + text.slice(last));
  let passed = 0;
  /** The place in the text; `before` for what ends there: a gap behind it does not belong to it. */
  const place = (at: number, before: boolean): number => {
    for (let next = gaps[passed]; next !== undefined && (before ? next.at < at : next.at <= at); next = gaps[passed]) passed += 1;
    return at + (gaps[passed - 1]?.left ?? 0);
  };
  return spots.map(({ start, end }) => ({ start: place(start, false), end: place(end, true) }));
}
