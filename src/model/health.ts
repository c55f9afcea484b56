// What can be known of a service at the moment.

/** `text` is a sentence for a tooltip. */
export type HealthState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'running' }
  | { readonly kind: 'answering'; readonly text: string }
  | { readonly kind: 'unreachable'; readonly text: string }
  | { readonly kind: 'refusing'; readonly text: string };
