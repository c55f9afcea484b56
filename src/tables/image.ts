// Base64 of a picture that nobody vouches for -> what it is and how large, by its own bytes, or why it is not shown.

/** A picture that can be drawn. `data` is base64 without blanks; sides in pixels. */
export interface Image {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/gif';
  readonly data: string;
  readonly width: number;
  readonly height: number;
}

/** Larger pictures are not drawn: base64 in characters, pixels altogether, and of one side. */
const mostCharacters = 5 * 1024 * 1024;
const mostPixels = 25_000_000;
const mostSide = 16_384;

/** Looks at a picture. Gives the reason, in a sentence, why it is not to be drawn: it is none, is broken, or is too large. */
export function readImage(base64: string): Image | { readonly reason: string } {
  if (base64.length > mostCharacters) return { reason: 'It is larger than 5 MB.' };
  const data = withoutBlanks(base64);
  if (data === '') return { reason: 'It is empty.' };
  const bytes = decodeBase64(data);
  if (!bytes) return { reason: 'It is broken: its data is not base64.' };
  const head = pngHead(bytes) ?? jpegHead(bytes) ?? gifHead(bytes);
  if (!head) return { reason: 'It is neither PNG nor JPEG nor GIF, or it is broken.' };
  const { mime, width, height } = head;
  if (width === 0 || height === 0) return { reason: 'It is broken: it says that it has no pixels.' };
  if (width > mostSide || height > mostSide || width * height > mostPixels)
    return { reason: `It is too large to be drawn: ${width} × ${height} pixels.` };
  return { mime, data, width, height };
}

/** The bytes of base64, in which blanks and line breaks may stand; undefined when it is none. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  const data = withoutBlanks(base64);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data) || data.length % 4 !== 0) return undefined;
  const characters = atob(data);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < characters.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

function withoutBlanks(base64: string): string {
  return base64.replace(/[ \t\r\n]+/g, '');
}

/** What a picture says about itself. */
type Head = Omit<Image, 'data'>;

function pngHead(bytes: Uint8Array): Head | undefined {
  // The signature, and the header, which has to be the first piece and 13 bytes long.
  const begin = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
  if (bytes.length < 33 || !startsWith(bytes, begin)) return undefined;
  const view = new DataView(bytes.buffer);
  return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks from piece to piece to the one that tells the size. */
function jpegHead(bytes: Uint8Array): Head | undefined {
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return undefined;
  const view = new DataView(bytes.buffer);
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    // Markers may be filled up with FF in front; some stand alone.
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
    } else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { mime: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  return undefined;
}

/** The size of the screen, or of the first frame where that goes beyond it, as browsers then draw all of the frame. */
function gifHead(bytes: Uint8Array): Head | undefined {
  if (
    bytes.length < 13 ||
    !(startsWith(bytes, [0x47, 0x49, 0x46, 0x38, 0x37, 0x61]) || startsWith(bytes, [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]))
  )
    return undefined;
  const view = new DataView(bytes.buffer);
  const flags = bytes[10] ?? 0;
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  while (bytes[at] === 0x21) {
    at += 2;
    // An extension is blocks with their lengths in front; one of length 0 ends it.
    for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += length + 1;
    at += 1;
  }
  if (bytes[at] !== 0x2c || at + 10 > bytes.length) return undefined;
  return {
    mime: 'image/gif',
    width: Math.max(view.getUint16(6, true), view.getUint16(at + 1, true) + view.getUint16(at + 5, true)),
    height: Math.max(view.getUint16(8, true), view.getUint16(at + 3, true) + view.getUint16(at + 7, true)),
  };
}

function startsWith(bytes: Uint8Array, begin: readonly number[]): boolean {
  return begin.every((byte, index) => bytes[index] === byte);
}
