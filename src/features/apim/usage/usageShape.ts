// What the editor and the page of usage both know of it, as plain data.

/** Names below an instance; absent where all are meant. An operation comes with its API. */
export interface UsageIds {
  readonly api?: string;
  readonly operation?: string;
  readonly product?: string;
  readonly subscription?: string;
}

/** What a report can be narrowed by. */
export type UsageIdKind = keyof UsageIds;

/** All of them, an operation behind its API. */
export const idKinds = ['api', 'operation', 'product', 'subscription'] as const satisfies readonly UsageIdKind[];

/** What a page keeps to be found again after a reload. `instance` is an ARM id. */
export interface UsagePlace {
  readonly instance: string;
  readonly ids: UsageIds;
}

/** The statuses with which a gateway refuses. */
export const refusals = [429, 403, 401] as const;

/** One of them. */
export type Refusal = (typeof refusals)[number];
