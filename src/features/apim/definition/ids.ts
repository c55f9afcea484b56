// Ids of resources, made of names that people have given.

/** A resource's id has at most so many characters; API Management takes a few more. */
export const longestId = 80;

/** Longer names are cut, so that what is put behind an id that is made of one still fits. */
const longestMade = 60;

/** Small letters, digits and single hyphens of a name, neither first nor last a hyphen; `otherwise` where it has no letter and no digit. */
export function idOf(name: string, otherwise: string): string {
  const words = name.normalize('NFKD').toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let id = '';
  for (const word of words) {
    const longer = id === '' ? word : `${id}-${word}`;
    if (longer.length > longestMade) return id === '' ? longer.slice(0, longestMade) : id;
    id = longer;
  }
  return id === '' ? otherwise : id;
}

/** True for letters, digits and hyphens, with no hyphen at the ends. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(text) && !text.startsWith('-') && !text.endsWith('-') && text.length <= longestId;
}
