// What a policy holds for, as plain data.

/** What a policy holds for, by the last parts of ids as they are. Pages keep it. */
export type PolicyScope =
  | { readonly kind: 'allApis' }
  | { readonly kind: 'api'; readonly api: string }
  | { readonly kind: 'operation'; readonly api: string; readonly operation: string }
  | { readonly kind: 'product'; readonly product: string };
