// Tells whose key is whose in a plain text that names several services, and only where that is beyond doubt.

import type { Mention } from './pasteMentions';

/** The values that may be keys: of a service itself, and of a gateway's subscription. */
export interface KeyValues {
  readonly service: ReadonlySet<string>;
  readonly subscription: ReadonlySet<string>;
}

/** A stretch of the text that is one key, or several readings of it. */
interface Place {
  readonly from: number;
  readonly end: number;
}

/** A service, and the text from its last mention to the next service. */
interface Block {
  readonly service: string;
  readonly from: number;
  readonly end: number;
}

const mostValues = 100;
const nothing: KeyValues = { service: new Set(), subscription: new Set() };
// Any other word between an address and a key, such as another service's name, leaves it open whose key it is.
const plainWord =
  /^(?:and|with|the|its|is|azure|ml|web|service|api|primary|access|subscription|ocp|apim|authorization|bearer|key|token)+$/i;

/**
 * The keys of the `chosen` service. There are some only when the text goes "address, key, address, key" through all its services:
 * each key right behind its address, with no words between but those that say that it is a key. `mentions` are in the text's order.
 */
export function ownKeys(text: string, mentions: readonly Mention[], chosen: string | undefined, all: KeyValues): KeyValues {
  const blocks = blocksOf(text, mentions);
  const own = blocks.find((block) => block.service === chosen);
  if (own === undefined || blocks.length < 2 || new Set(blocks.map((block) => block.service)).size < blocks.length) return nothing;
  if (all.service.size + all.subscription.size > mostValues) return nothing;
  const service = placesOf(text, all.service);
  const subscription = placesOf(text, all.subscription);
  if (service === undefined || subscription === undefined) return nothing;
  const places = [...service, ...subscription].toSorted((one, two) => one.from - two.from);
  if (!isOrderly(text, blocks, places)) return nothing;
  const take = (values: ReadonlySet<string>, found: readonly Place[]): ReadonlySet<string> => {
    if (found.length !== blocks.length || !blocks.every((block) => inside(found, block).length === 1)) return new Set();
    const [place] = inside(found, own);
    return new Set(place === undefined ? [] : [...values].filter((value) => text.slice(place.from, place.end).includes(value)));
  };
  return { service: take(all.service, service), subscription: take(all.subscription, subscription) };
}

function blocksOf(text: string, mentions: readonly Mention[]): Block[] {
  const lasts = mentions.filter((one, index) => mentions[index + 1]?.service !== one.service);
  return lasts.map((one) => ({
    service: one.service,
    from: one.end,
    end: mentions.find((other) => other.from >= one.end)?.from ?? text.length,
  }));
}

/** Where the values stand; undefined when they stand in too many places. Values that overlap are one place. */
function placesOf(text: string, values: ReadonlySet<string>): Place[] | undefined {
  const found: Place[] = [];
  for (const value of values) {
    for (let from = text.indexOf(value); from >= 0 && found.length <= mostValues; from = text.indexOf(value, from + value.length))
      found.push({ from, end: from + value.length });
  }
  if (found.length > mostValues) return undefined;
  const places: Place[] = [];
  for (const one of found.toSorted((first, then) => first.from - then.from)) {
    const last = places.at(-1);
    if (last !== undefined && one.from < last.end) places[places.length - 1] = { from: last.from, end: Math.max(last.end, one.end) };
    else places.push(one);
  }
  return places;
}

/** True when every block begins with its keys, and nothing else in the text speaks of keys. */
function isOrderly(text: string, blocks: readonly Block[], places: readonly Place[]): boolean {
  let rest = '';
  let at = 0;
  for (const block of blocks) {
    const own = inside(places, block);
    let end = block.from;
    let between = '';
    for (const place of own) {
      between += ` ${text.slice(end, place.from)}`;
      end = place.end;
      if (!/^["'`)}\]>*_]{0,4}[ \t]*(?:[,;.|}\]\n\t]|$)/.test(text.slice(end, end + 40))) return false;
    }
    if (own.length === 0 || /\n\s*\n/.test(between) || !wordsOf(between).every((word) => plainWord.test(word))) return false;
    rest += ` ${text.slice(at, block.from)} `;
    at = end;
  }
  rest += ` ${text.slice(at)}`;
  return (
    blocks.reduce((sum, block) => sum + inside(places, block).length, 0) === places.length &&
    !/keys?(?![a-z])|token|bearer|authorization/i.test(rest)
  );
}

function inside(places: readonly Place[], block: Block): Place[] {
  return places.filter((place) => place.from >= block.from && place.end <= block.end);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
