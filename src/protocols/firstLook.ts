// What wakes the extension: a glance at the beginning of a JSON text, for all protocols. It imports nothing, as activation reads it.

/** A pattern for each protocol with a `textKind`: what it takes for a request or a body has this in its beginning. */
const patterns: readonly RegExp[] = [
  // studio
  /"(Inputs?|Outputs|GlobalParameters)"\s*:/,
  // In other letters, which is a fault that is told of.
  /"(?:ColumnNames|GlobalParameters)"\s*:/i,
];

/** True for the beginning of a text that may be a request or the body of a batch job: what is loaded then looks more closely. */
export function mayBeSent(beginning: string): boolean {
  return patterns.some((pattern) => pattern.test(beginning));
}
