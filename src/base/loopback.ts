// Tells this computer, and what only it can reach, from others.

/** True when a URL's host name is this computer: localhost, 127.0.0.0/8 or [::1]. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])\.?$/i.test(hostname);
}

/**
 * True when a URL's host name, as `new URL` writes it, means another thing on each computer: this computer by any of its names, the address
 * that is none (0.0.0.0), and what is on the same cable only (169.254.0.0/16, fe80::/10), where machines in a cloud hand out their
 * passwords. IPv6 forms of these too.
 */
export function isOnlyHere(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return isOnlyHere4(name.split('.').map(Number));
  const groups = name.startsWith('[') ? groupsOf(name.slice(1, -1)) : undefined;
  return groups !== undefined && isOnlyHere6(groups);
}

function isOnlyHere4([first = 0, second = 0]: readonly number[]): boolean {
  return first === 0 || first === 127 || (first === 169 && second === 254);
}

function isOnlyHere6(groups: readonly number[]): boolean {
  const [first = 0] = groups;
  if ((first & 0xffc0) === 0xfe80) return true;
  const [, , , , , , high = 0] = groups;
  const before = groups.slice(0, 6);
  // An IPv4 address in an IPv6 one: mapped (::ffff:a.b.c.d), translated (::ffff:0:a.b.c.d, 64:ff9b::a.b.c.d), and compatible (::a.b.c.d),
  // which :: and ::1 look like.
  const holdsIpv4 = [
    [0, 0, 0, 0, 0, 0xffff],
    [0, 0, 0, 0, 0xffff, 0],
    [0x64, 0xff9b, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ].some((prefix) => prefix.every((group, index) => group === before[index]));
  return holdsIpv4 && isOnlyHere4([high >> 8, high & 0xff]);
}

/** The eight groups of an IPv6 address without a dotted end; undefined for what is none. */
function groupsOf(text: string): number[] | undefined {
  const [left = '', right] = text.split('::');
  const numbers = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [numbers(left), numbers(right ?? '')];
  const groups =
    right === undefined ? before : [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
  return groups.length === 8 && groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined;
}
