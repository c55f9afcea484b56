// What a call proves its right with: headers, made for one address and refused to every other.

import * as l10n from '@vscode/l10n';
import { WrongAudience } from './errors';
import type { SecretKind } from './service';
import type { Header } from './wire';

/** The right to call what lies under one address. In memory only, for one try of a call: what it is made of may change or expire. */
export interface Credential {
  /** The address it was made for: its origin and its path, and whatever lies below that path. */
  readonly audience: string;
  /** Which secrets are in it, for the explanation of a refusal. Empty where the caller has none. */
  readonly kinds: readonly SecretKind[];
  /** Values that must be shown nowhere, should the other side send them back. */
  readonly hidden: readonly string[];
  /**
   * The headers for a call to `url`, of all its secrets or of these kinds. Throws WrongAudience for an address that it was not made for.
   */
  headers(url: string, kinds?: readonly SecretKind[]): readonly Header[];
}

/**
 * A credential with the headers of another one beside its own, each for its own address. Of the two, `own` is named as the one that it was
 * made for.
 */
export function withCredential(own: Credential, other: Credential | undefined): Credential {
  if (!other) return own;
  return {
    audience: own.audience, kinds: [...own.kinds, ...other.kinds], hidden: [...own.hidden, ...other.hidden],
    headers: (url, kinds) => [...own.headers(url, kinds), ...other.headers(url, kinds)],
  };
}

/** True where `url` is the address `audience` or lies below its path. A query counts on neither side. */
export function isForAudience(audience: string, url: string): boolean {
  const [own, called] = [new URL(audience), new URL(url)];
  const path = own.pathname.endsWith('/') ? own.pathname : `${own.pathname}/`;
  return called.origin === own.origin && `${called.pathname}/`.startsWith(path);
}

/** Throws WrongAudience unless `url` is the address `audience` or lies below its path. A query counts on neither side. */
export function requireAudience(audience: string, url: string): void {
  if (isForAudience(audience, url)) return;
  const [own, called] = [new URL(audience), new URL(url)];
  throw new WrongAudience({
    sentence: l10n.t('A key that was made for {0} is not sent to another address ({1}).', own.host, called.host),
    advice: l10n.t('Nothing was sent. This is a fault of the extension: please report it.'),
    actions: ['showLog'],
  });
}
