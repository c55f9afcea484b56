// Takes secrets out of what a person, a log or a page gets to see, in every spelling in which a service may echo them.

const mask = '••••••••';

/** Shorter texts are not looked for: they would be found everywhere, and no key is that short. */
const shortestSecret = 6;

/** Replaces secrets in texts and bytes. */
export interface Redactor {
  /** The text with each secret replaced by dots. */
  text(value: string): string;
  /** The same for UTF-8 bytes; gives back the very same array when it holds no secret. */
  bytes(value: Uint8Array): Uint8Array;
}

/** Makes a redactor for these secrets; undefined ones are passed over. */
export function redactor(secrets: readonly (string | undefined)[]): Redactor {
  const spellings = [...new Set(secrets.flatMap((secret) => (secret !== undefined && secret.length >= shortestSecret ? spellingsOf(secret) : [])))]
    // The longest first: one spelling may hold another.
    .sort((a, b) => b.length - a.length);
  const text = (value: string): string => spellings.reduce((rest, spelling) => rest.replaceAll(spelling, mask), value);
  return {
    text,
    bytes(value) {
      const view = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      if (!spellings.some((spelling) => view.includes(spelling))) return value;
      // latin1 maps each byte to one character and back, so that bytes that are no UTF-8 stay as they are.
      const maskBytes = Buffer.from(mask, 'utf8').toString('latin1');
      const latin1 = spellings.reduce((rest, spelling) => rest.replaceAll(Buffer.from(spelling, 'utf8').toString('latin1'), maskBytes), view.toString('latin1'));
      return Buffer.from(latin1, 'latin1');
    },
  };
}

/** A secret as it is, as JSON may escape it, in percent-encoding, and in base64. */
function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const escapeAll = (characters: RegExp, upper: boolean): string =>
    secret.replace(characters, (character) => {
      const code = character.charCodeAt(0).toString(16).padStart(4, '0');
      return `\\u${upper ? code.toUpperCase() : code}`;
    });
  return [
    secret,
    json,
    json.replaceAll('/', '\\/'),
    // .NET and Python escape + and = in JSON this way.
    escapeAll(/[+]/g, true),
    escapeAll(/[+]/g, false),
    escapeAll(/[+=/]/g, true),
    escapeAll(/[+=/]/g, false),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    Buffer.from(secret, 'utf8').toString('base64'),
  ];
}

/** What a secret header looks like to a person: that it is there, and nothing of its value. */
export function maskedHeader(value: string): string {
  return /^bearer\s/i.test(value) ? `Bearer ${mask}` : mask;
}
