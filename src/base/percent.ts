// Percent signs of addresses.

/** The text with its percent signs undone, or as it is where they are none of an address, such as a bare one in a password. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
