// Secret parameters in a text: dots stand in their place wherever the text is shown, and the values come back where it is sent.

import { parsePlaces } from '../../../base/jsonText';
import { InvalidBody } from '../../../model/errors';
import { mask } from '../../../redaction';

/** The text with the kept values, JSON each by its name, in the place of the dots under these names. */
export function withKept(text: string, kept: ReadonlyMap<string, string>): string {
  if (!text.includes(mask)) return text;
  const places = maskedPlaces(text);
  let filled = text;
  // From the end, so that places in front stay where they are.
  for (const { name, offset, length } of places.reverse()) {
    const json = kept.get(name);
    if (json !== undefined) filled = `${filled.slice(0, offset)}${json}${filled.slice(offset + length)}`;
  }
  return filled;
}

/** A member whose value is dots. */
interface Masked {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

function maskedPlaces(text: string): Masked[] {
  const places: Masked[] = [];
  const root = rootOf(text);
  const open = root ? [root] : [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const [key, value] = node.type === 'property' ? (node.children ?? []) : [];
    if (key && value?.type === 'string' && value.value === mask)
      places.push({ name: String(key.value), offset: value.offset, length: value.length });
    open.push(...(node.children ?? []));
  }
  return places.sort((one, other) => one.offset - other.offset);
}

function rootOf(text: string): ReturnType<typeof parsePlaces> {
  try {
    return parsePlaces(text, [], 'request');
  } catch (error) {
    // Nested too deeply: what checks the text says so.
    if (error instanceof InvalidBody) return undefined;
    throw error;
  }
}
