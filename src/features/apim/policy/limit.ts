// What a limit is, as plain data: pages know it without what reads policies.

/** Elements that limit how much callers may call. */
export type LimitElement = 'rate-limit' | 'rate-limit-by-key' | 'quota' | 'quota-by-key';

/** A value in a policy: a number, or the text of what it is reckoned from: an expression or a named value. */
export type LimitValue = number | string;

/** A limit that a policy sets. */
export interface PolicyLimit {
  readonly element: LimitElement;
  readonly calls?: LimitValue;
  readonly kilobytes?: LimitValue;
  /** The period; 0 is for ever. */
  readonly seconds?: LimitValue;
  /** By what callers are told apart, where the element says it. */
  readonly counterKey?: string;
  /** True where it stands below a condition. */
  readonly conditional: boolean;
  /** The API or operation that a limit within a limit is for, by its name or id. */
  readonly only?: string;
}
