// Looks up headers of an answer.

import type { Header } from '../model/wire';

/** The value of the first header of that name (case ignored), or undefined. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}
