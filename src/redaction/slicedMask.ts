// Cleans a long text slice by slice, so that others run in between; what stands across two slices is found as if there were none.

/** In UTF-16 units. Slices overlap by more than the usual spellings of a secret. */
const slice = 128 * 1024;
const overlap = 8 * 1024;
/** Where a slice may end: nothing that is cleaned may stand across. */
const seams = [0, 1021, 2042, 3063, 4084];

/**
 * What `clean`, which takes pieces out of a text that do not depend on what stands far away, makes of `text`. `pause` is awaited before
 * each slice.
 */
export async function cleanedInSlices(text: string, clean: (text: string) => string, pause: () => Promise<void>): Promise<string> {
  const parts: string[] = [];
  for (let from = 0, length = slice; from < text.length; ) {
    await pause();
    const part = text.slice(from, from + length + overlap);
    const cleaned = clean(part);
    if (from + part.length === text.length) {
      parts.push(cleaned);
      break;
    }
    const seam = seams.map((back) => length - back).find((at) => cleaned.endsWith(clean(part.slice(at))));
    if (seam === undefined) {
      // What is cleaned here is longer than the overlap: it has to be seen from its beginning to its end.
      length *= 2;
      continue;
    }
    parts.push(cleaned.slice(0, cleaned.length - clean(part.slice(seam)).length));
    from += seam;
    length = slice;
  }
  return parts.join('');
}
