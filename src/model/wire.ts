// One HTTP exchange as the transport sees it: plain data on both sides, so that the transport can live in a bundle of its own.

/** A header line; names keep the case they had. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** What is to be sent. `headers` hold real secrets: a request is never logged or kept. */
export interface WireRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body?: Uint8Array;
  /** The whole exchange, from looking up the host to the last byte of the answer, in milliseconds; 0 means no limit. */
  readonly timeoutMs: number;
  /** The most that the answer's body may be, before and after content decoding, in bytes; the transport has a limit of its own. */
  readonly mostAnswerBytes?: number;
}

/** Why no answer came. `cancelled` means the caller's signal was raised. */
export type NetworkFailureKind =
  | 'dns' | 'refused' | 'unreachable' | 'reset' | 'tls' | 'proxy' | 'timeout' | 'cancelled' | 'tooLarge' | 'protocol' | 'other';

/** By how much an answer is too large, in bytes. */
export interface AnswerExcess {
  /** How much had come, for an answer that is too large only when it is unpacked. */
  readonly receivedBytes?: number;
  readonly limitBytes: number;
}

/** A failure below HTTP. `message` is the cause in the network library's words, with no secret in it. */
export interface NetworkFailure {
  readonly kind: NetworkFailureKind;
  /** Node's or TLS's code, such as `ENOTFOUND` or `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly code?: string;
  /** Host and port that were asked for. */
  readonly host: string;
  /** Host and port of the proxy in use, without credentials. */
  readonly proxy?: string;
  /** True when not a byte of the request had gone out: the other side cannot have acted upon it. */
  readonly unsent?: true;
  /** For `tooLarge`. */
  readonly excess?: AnswerExcess;
  readonly message: string;
}

/** An answer, whole. `body` is the bytes after content decoding (gzip and the like). */
export interface WireAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export type WireOutcome =
  | { readonly ok: true; readonly answer: WireAnswer }
  | { readonly ok: false; readonly failure: NetworkFailure };

/** An answer whose body is handed on piece by piece (after content decoding), as it comes. */
export interface OpenAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** To be read to its end or left early, which closes the connection. Throws a `BodyCut` with the failure when the rest does not come. */
  readonly body: AsyncIterable<Uint8Array>;
}

export type OpenOutcome =
  | { readonly ok: true; readonly answer: OpenAnswer }
  | { readonly ok: false; readonly failure: NetworkFailure };

/** Sends requests. Never throws for what the network does: that comes back as a failure. Redirects are not followed. */
export interface Transport {
  send(request: WireRequest, signal: AbortSignal): Promise<WireOutcome>;
  /** The same for bodies of any size: no byte is kept. `timeoutMs` limits the time without a byte, not the whole. */
  open(request: WireRequest, signal: AbortSignal): Promise<OpenOutcome>;
  /** Drops idle connections; calls that are under way end as `cancelled`. */
  close(): Promise<void>;
}

/** How to reach the network: VS Code's proxy settings and the environment's variables, read anew whenever they change. */
export interface NetworkSettings {
  /** VS Code's `http.proxy`: address of the proxy, empty when not set. May hold credentials. */
  readonly proxy: string;
  /** VS Code's `http.proxySupport`: `off` means that no proxy is used at all. */
  readonly proxySupport: 'off' | 'on' | 'fallback' | 'override';
  /** VS Code's `http.proxyAuthorization`: value of the Proxy-Authorization header. */
  readonly proxyAuthorization?: string;
  /** VS Code's `http.noProxy`: hosts that are reached directly. */
  readonly noProxy: readonly string[];
  /** VS Code's `http.proxyStrictSSL`: false accepts certificates that cannot be verified. */
  readonly strictSsl: boolean;
  /** VS Code's `http.systemCertificates`: also trust what the operating system trusts. */
  readonly systemCertificates: boolean;
  /**
   * The variables `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` and their lower-case twins, `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`,
   * `SSL_CERT_DIR`.
   */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
