// Where a pasted text names a service.

/** One place where a text names a service: `from` and `end` are offsets, `service` its identity. */
export interface Mention {
  readonly service: string;
  readonly from: number;
  readonly end: number;
}
