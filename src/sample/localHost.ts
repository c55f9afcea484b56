// Tells whether a caller means this machine by the name it called.

/** True for the value of a Host header that names this machine. A page of a foreign name that was made to point here sends that name. */
export function isLocalHost(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
}
