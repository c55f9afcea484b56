// Reads query arguments, whose names are compared without case.

/** The first argument of this name. */
export function argument(query: URLSearchParams, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of query) if (key.toLowerCase() === wanted) return value;
  return undefined;
}
