// What can be known of a service at the moment.

import type { SecretKind } from './service';

/** `text` is a sentence for a tooltip. */
export type HealthState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'running' }
  | { readonly kind: 'answering'; readonly text: string }
  | { readonly kind: 'unreachable'; readonly text: string }
  /** Something answers there, but not as the service should. */
  | { readonly kind: 'failing'; readonly text: string }
  /** The other side wants this secret, or another one in its place. */
  | { readonly kind: 'refusing'; readonly secret: SecretKind; readonly text: string };
