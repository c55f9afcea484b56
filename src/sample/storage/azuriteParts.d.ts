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
      folders: readonly object[],
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

  /** Azurite's blob service. */
  class BlobServer {
    readonly httpServer: Server;
    constructor(configuration: BlobConfiguration);
    /** Listens. Rejects with Node's error when the port cannot be had. */
    start(): Promise<void>;
  }
  export { BlobServer as default };
}
