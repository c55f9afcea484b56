// Tells this computer from others.

/** True when a URL's host name is this computer: localhost, 127.0.0.0/8 or [::1]. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])\.?$/i.test(hostname);
}
