// Where blobs are: names that storage accepts, addresses of blobs, and references as the contract writes them.

import type { BlobPlace, BlobReference, WireReference } from '../model/storage';
import { withoutEnd } from '../base/ends';
import { isLoopback } from '../base/loopback';

/** The reason why storage would not take this as a container's name, or undefined when it would. */
export function checkContainerName(name: string): string | undefined {
  if (name === '$root' || name === '$web') return undefined;
  if (name.length < 3 || name.length > 63) return 'The name of a container has 3 to 63 characters.';
  if (!/^[a-z\d-]+$/.test(name)) return 'The name of a container is made of lower-case letters, digits and dashes.';
  if (/^-|-$/.test(name)) return 'The name of a container begins and ends with a letter or a digit.';
  return name.includes('--') ? 'The name of a container has no two dashes in a row.' : undefined;
}

/** The reason why this is no good name for a blob, or undefined when it is one. */
export function checkBlobName(name: string): string | undefined {
  if (name === '') return 'Give the blob a name.';
  if (name.length > 1024) return 'The name of a blob has at most 1,024 characters.';
  if (/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(name))
    return 'The name of the blob holds a character that storage does not take (a control character or half of a pair).';
  if (name.includes('\\')) return 'The name of the blob holds a backslash. Folders are parted by a slash (/).';
  const segments = name.split('/');
  if (segments.includes('')) return 'The name of the blob begins or ends with a slash, or has two in a row.';
  if (segments.length > 254) return 'The name of the blob has more than 254 parts.';
  return segments.some((segment) => segment.endsWith('.'))
    ? 'A part of the blob’s name ends with a dot, which storage cannot address safely.'
    : undefined;
}

/** The address of a blob. The place is to have passed the two checks. */
export function placeUrl(place: BlobPlace): string {
  return `${place.base}${[place.container, ...place.name.split('/')].map((part) => encodeURIComponent(part).replaceAll('%24', '$')).join('/')}`;
}

/** A reference by a token for the blob or its container. Names go as they are: the contract encodes nothing. */
export function referenceTo(place: BlobPlace, token: string): WireReference {
  return { BaseLocation: place.base, RelativeLocation: `${place.container}/${place.name}`, SasBlobToken: withQuestionMark(token) };
}

/** A reference by the connection string of the whole account, for services that insist on one. */
export function referenceByAccount(place: BlobPlace, connectionString: string): WireReference {
  return { ConnectionString: connectionString, RelativeLocation: `${place.container}/${place.name}` };
}

/** How a location is read: as the contract has it, in which a name stands as it is, or as an address, in which `%20` is a space. */
export type LocationReading = 'name' | 'address';

/**
 * The address that a result is fetched from, with its token; undefined when the parts make none that may be called (https, or http on this
 * computer).
 */
export function resultUrl(reference: BlobReference, reading: LocationReading = 'name'): string | undefined {
  const base = reference.base.trim();
  if (!URL.canParse(base) || !/^https?:\/\//i.test(base)) return undefined;
  const url = new URL(base);
  if (
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== '' ||
    (url.protocol === 'http:' && !isLoopback(url.hostname))
  )
    return undefined;
  const location = encodedLocation(reference.location.replace(/^[/\\]+/, ''), reading);
  if (location === undefined || location === '' || /[\s\p{Cc}#]/u.test(reference.sas.trim())) return undefined;
  const whole = `${url.origin}${withoutEnd(url.pathname, '/')}/${location}${withQuestionMark(reference.sas.trim())}`;
  return URL.canParse(whole) ? whole : undefined;
}

/**
 * Percent-encodes what cannot stand in a path; in an address, what is encoded already stays. Undefined for text that is no Unicode, and for
 * steps out of the container.
 */
function encodedLocation(location: string, reading: LocationReading): string | undefined {
  const encoded = (text: string): string => encodeURIComponent(text).replaceAll('%24', '$');
  try {
    const parts = location.split('/');
    // Some servers decode twice. In an address an encoded slash may be one, too.
    const steps = reading === 'name' ? parts : parts.flatMap((part) => part.split(/%2f|%5c/i));
    if (steps.some((step) => /^(?:\.|%2e){1,2}$/i.test(step))) return undefined;
    return parts
      .map((part) =>
        reading === 'name'
          ? encoded(part)
          : part
              .split(/(%[\da-f]{2})/i)
              .map((piece, index) => (index % 2 === 1 ? piece : encoded(piece)))
              .join(''),
      )
      .join('/');
  } catch {
    return undefined;
  }
}

function withQuestionMark(token: string): string {
  return token === '' || token === '?' ? '' : `?${token.replace(/^[?&]+/, '')}`;
}
