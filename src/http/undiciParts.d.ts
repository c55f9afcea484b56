// Types of the undici modules that the transport imports one by one: undici describes only its main entry, which may not be loaded.

declare module 'undici/lib/dispatcher/client.js' {
  import type { Client as UndiciClient } from 'undici';

  /** undici's client: one connection to one origin. */
  const Client: typeof UndiciClient;
  type Client = UndiciClient;
  export = Client;
}

declare module 'undici/lib/core/connect.js' {
  import type { Socket } from 'node:net';
  import type { buildConnector as UndiciBuildConnector } from 'undici';

  /** Makes a function that opens a TCP or TLS connection, gives the socket at once and calls back when it is connected. */
  function buildConnector(options: UndiciBuildConnector.BuildOptions): (
    options: UndiciBuildConnector.Options,
    callback: UndiciBuildConnector.Callback,
  ) => Socket;
  export = buildConnector;
}
