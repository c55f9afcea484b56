// Types of the two Azurite modules that the storage program imports: Azurite describes none of its modules.

declare module 'azurite/dist/src/blob/BlobConfiguration.js' {
  /** How a blob service is to run, by position. */
  class BlobConfiguration {
    constructor(
      host: string,
      port: number,
      keepAliveTimeoutSeconds: number,
      metadataFile: string,
      extentFile: string,
      folders: readonly { readonly locationId: string; readonly locationPath: string; readonly maxConcurrency: number }[],
      accessLog: boolean,
      accessLogStream: undefined,
      debugLog: boolean,
      debugLogFile: undefined,
      loose: boolean,
      skipApiVersionCheck: boolean,
      certificate: string,
      certificateKey: string,
      certificatePassword: string,
      oauth: undefined,
      pathStyleOnly: boolean,
      inMemory: boolean,
    );
  }
  export { BlobConfiguration as default };
}

declare module 'azurite/dist/src/blob/BlobServer.js' {
  import type { Server } from 'node:http';
  import type BlobConfiguration from 'azurite/dist/src/blob/BlobConfiguration.js';

  /** A place in which a database in memory is kept, as LokiJS asks for it. */
  interface Adapter {
    /** Null: there is none yet. An error is what `init` rejects with. */
    loadDatabase(name: string, done: (text: string | Error | null) => void): void;
    saveDatabase(name: string, text: string, done: (error?: Error) => void): void;
  }

  /** A table of such a database. */
  interface Collection {
    findAndRemove(query: object): void;
    /** Removes all that is in it. */
    clear(): void;
  }

  /** Such a database. */
  interface Database {
    persistenceAdapter: Adapter;
    getCollection(name: string): Collection;
    /** Writes what is in memory now; several calls in a row are one. */
    saveDatabase(done: (error?: Error | null) => void): void;
  }

  /** A piece of blobs: the whole of an upload's body, or a part of a large extent. */
  interface Extent {
    readonly id: string;
    readonly locationId: string;
    readonly path: string;
    readonly size: number;
    readonly lastModifiedInMS: number;
  }

  /** The file that pieces are being appended to. */
  interface OpenExtent {
    offset: number;
    /** 0 when nothing is being written to it. */
    readonly appendStatus: number;
  }

  /** Azurite's blob service. */
  class BlobServer {
    readonly httpServer: Server;
    /** What blobs there are. */
    readonly metadataStore: { readonly db: Database; readonly BLOBS_COLLECTION: string; readonly BLOCKS_COLLECTION: string; init(): Promise<void> };
    /** What extents there are. */
    readonly extentMetadataStore: {
      readonly db: Database;
      init(): Promise<void>;
      updateExtent(extent: Extent): Promise<void>;
      /** Names of extents, some at a time, that have not been written to lately: what the collector of rubbish looks through. */
      iteratorExtents(): AsyncIterator<readonly string[], readonly string[]>;
    };
    readonly extentStore: { readonly activeWriteExtents: readonly OpenExtent[]; appendExtent(data: unknown, contextId?: string): Promise<object> };
    constructor(configuration: BlobConfiguration);
    /** Listens. Rejects with Node's error when the port cannot be had. */
    start(): Promise<void>;
  }
  export { BlobServer as default };
}
