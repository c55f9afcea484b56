// Blob storage: where a blob is, and what gives access to it.

/** Where a blob is; holds nothing secret. */
export interface BlobPlace {
  /**
   * Address of the account's blob service with a slash at its end: `https://ACCOUNT.blob.core.windows.net/`, or
   * `http://127.0.0.1:PORT/ACCOUNT/` for path-style accounts.
   */
  readonly base: string;
  readonly container: string;
  /** May hold slashes. Not percent-encoded. */
  readonly name: string;
}

/** Access to blob storage. Lives in the secret store and in memory only. */
export type StorageAccess =
  /** A whole account by its key. `connectionString` is what a service is given that insists on one. */
  | { readonly kind: 'account'; readonly base: string; readonly account: string; readonly key: string; readonly connectionString: string }
  /** One container by a token; `sas` begins with `?`. */
  | { readonly kind: 'container'; readonly base: string; readonly container: string; readonly sas: string };

/** A storage account or container that the person has added, without its secret. */
export interface Storage {
  /** Identity; made of what cannot change (base address and container). */
  readonly id: string;
  readonly name: string;
  readonly base: string;
  /** Set when only this container can be reached. */
  readonly container?: string;
  /** True for the storage that runs with the sample service. */
  readonly local: boolean;
}

/** A reference to a blob with a token of its own, as a finished job's status gives it. In memory only. */
export interface BlobReference {
  readonly name: string;
  readonly base: string;
  /** Relative to `base`: container and blob name, as it came. */
  readonly location: string;
  /** Begins with `?`; empty when none came. */
  readonly sas: string;
}

/** A blob as a submission names it. Holds a secret either way: lives in memory only. */
export type WireReference =
  | { readonly ConnectionString: string; readonly RelativeLocation: string }
  | { readonly BaseLocation: string; readonly RelativeLocation: string; readonly SasBlobToken: string };
