// Escapes in attribute values: read for showing and comparing; what is written stays as it was written.

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

const escape = /&(?:(quot|apos|lt|gt|amp)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/g;

const mostCodePoint = 0x10ffff;

/** The characters that the escapes of a value stand for; what is no escape of XML stays as it is. */
export function decoded(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(escape, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= mostCodePoint ? String.fromCodePoint(code) : whole;
  });
}
