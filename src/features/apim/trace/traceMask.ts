// Masks a trace as it came from ARM, before anything of it is read: known secrets anywhere, and what is called like one.

import { isArray, isObject } from '../../../base/shape';
import { looksSecret, maskedHeader, maskWords, redactor, withoutSecretQuery, type Redactor } from '../../../redaction';
import { withoutUnknown } from './traceAllow';

/** What is known to be secret. */
export interface TraceSecrets {
  /** Values: keys of the call, tokens, named values. */
  readonly values: readonly (string | undefined)[];
  /** Names of headers and arguments of the query that carry keys, beside the usual ones. */
  readonly names: readonly (string | undefined)[];
  /** True where secret values may be in it that are not known: then nothing is shown that a policy may have set. */
  readonly unknown: boolean;
}

/** Names of headers whose values are secrets wherever they are met, in lower case. */
const secretHeaders: ReadonlySet<string> = new Set([
  'authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'ocp-apim-subscription-key', 'subscription-key',
  'apim-debug-authorization', 'x-functions-key', 'x-api-key', 'api-key', 'x-ms-client-principal', 'x-arr-clientcert',
]);

/** Deeper members are not looked into, and not shown. */
const deepest = 40;

/** The same JSON with dots for secrets. */
export function maskTrace(json: unknown, { values, names, unknown }: TraceSecrets): unknown {
  const own = new Set(names.flatMap((name) => (name === undefined ? [] : [name.toLowerCase()])));
  return new TraceMask(redactor(values), (name) => secretHeaders.has(name.toLowerCase()) || own.has(name.toLowerCase()))
    .masked(unknown ? withoutUnknown(json) : json, { hidden: false, depth: 0 });
}

interface At {
  readonly hidden: boolean;
  readonly depth: number;
}

class TraceMask {
  constructor(private readonly guard: Redactor, private readonly isSecretName: (name: string) => boolean) {}

  masked(value: unknown, at: At): unknown {
    if (typeof value === 'string') return this.text(value, at);
    // A number has no name of its own that could tell, and a key of digits is known.
    if (typeof value === 'number') return this.text(String(value), at) === String(value) ? value : maskedHeader('');
    if (at.depth >= deepest) return isArray(value) || isObject(value) ? maskedHeader('') : value;
    if (isArray(value)) return value.map((each) => this.masked(each, { ...at, depth: at.depth + 1 }));
    return isObject(value) ? this.members(value, at) : value;
  }

  private members(value: Readonly<Record<string, unknown>>, { hidden, depth }: At): unknown {
    // Headers, variables and arguments are pairs of a name and a value.
    const called = typeof value['name'] === 'string' ? value['name'] : undefined;
    const hides = (key: string, inner: unknown): boolean => {
      if (hidden || this.isSecretName(key)) return true;
      if (called === undefined || !['value', 'values'].includes(key.toLowerCase())) return false;
      return this.isSecretName(called) || (typeof inner === 'string' && looksSecret(called, inner));
    };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) =>
      [this.guard.text(key), this.masked(inner, { hidden: hides(key, inner), depth: depth + 1 })]));
  }

  private text(value: string, { hidden }: At): string {
    if (hidden) return maskedHeader(value);
    const hides = (name: string, argument: string): boolean =>
      this.isSecretName(name) || withoutSecretQuery(`?${name}=${argument}`).values.length > 0;
    return maskWords(this.guard.text(withoutArguments(value, hides)));
  }
}

/** Addresses carry keys in their queries. */
function withoutArguments(text: string, hides: (name: string, value: string) => boolean): string {
  const start = text.indexOf('?');
  if (start < 0) return text;
  const shown = text.slice(start + 1).split('&').map((part) => {
    const at = part.indexOf('=');
    return at < 0 || !hides(part.slice(0, at), part.slice(at + 1)) ? part : `${part.slice(0, at + 1)}${maskedHeader('')}`;
  });
  return `${text.slice(0, start + 1)}${shown.join('&')}`;
}
