// HTTP over undici: pooled connections, proxies, trusted certificates, one limit in time for all of it. A bundle of its own.

import { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { buildConnector as UndiciConnector } from 'undici';
import buildConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import { messageOf } from '../model/errors';
import type { NetworkFailure, NetworkSettings, OpenOutcome, Transport, WireOutcome, WireRequest } from '../model/wire';
import { loadTrust } from './certificates';
import { cancelled, openOver, sendOver, type Connection, type ConnectionEvents, type Route } from './httpExchange';
import { passOverInterim, type InterimFilter } from './interimAnswers';
import { failureCode, networkFailure, ProxyError, TransportError } from './networkFailure';
import { proxyRefusal, type Proxy } from './proxy';
import { readTarget, type Target } from './target';

/** Limits that tests make smaller. */
export interface TransportLimits {
  /** Of an answer's body, before and after decoding, in bytes. */
  readonly maxAnswerBytes: number;
}

const defaultLimits: TransportLimits = { maxAnswerBytes: 512 * 1024 * 1024 };

/** A transport that reaches the network as the settings say. Nothing is opened or read before the first call. */
export function createTransport(settings: NetworkSettings, limits: TransportLimits = defaultLimits): Transport {
  return new PooledTransport(settings, limits);
}

/** undici's own limits are off: each call has one of its own. Node gives each address of a host 250 ms, too few for slow lines and VPNs. */
const clientOptions = { headersTimeout: 0, bodyTimeout: 0 };
const connectOptions = { timeout: 0, autoSelectFamilyAttemptTimeout: 1_000 };

type Connect = (options: UndiciConnector.Options, callback: UndiciConnector.Callback) => Socket;

/** What opens connections: TLS with the trusted certificates, and remarks on those that could not be read. */
interface Opener {
  readonly connect: Connect;
  readonly hints: readonly string[];
}

class PooledTransport implements Transport {
  /** Connections that wait for the next call, by origin; the last one used is the first to be used again. */
  private readonly idle = new Map<string, UndiciConnection[]>();
  private readonly running = new Set<() => void>();
  private readonly plain: Opener = { connect: buildConnector(connectOptions), hints: [] };
  private secure: Promise<Opener> | undefined;
  private last: { readonly address: string; readonly target: Target | NetworkFailure } | undefined;
  private closed = false;

  constructor(private readonly settings: NetworkSettings, private readonly limits: TransportLimits) {}

  async send(request: WireRequest, signal: AbortSignal): Promise<WireOutcome> {
    const route = this.routeFor(request, signal);
    return 'kind' in route ? { ok: false, failure: route } : sendOver(route, request, this.limits.maxAnswerBytes, signal);
  }

  async open(request: WireRequest, signal: AbortSignal): Promise<OpenOutcome> {
    const route = this.routeFor(request, signal);
    return 'kind' in route ? { ok: false, failure: route } : openOver(route, request, signal);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const cancel of [...this.running]) cancel();
    const connections = [...this.idle.values()].flat();
    this.idle.clear();
    await Promise.all(connections.map((connection) => connection.destroy()));
  }

  /** One service is called many times in a row, so the last address is not read again. */
  private aim(address: string): Target | NetworkFailure {
    if (this.last?.address !== address) this.last = { address, target: readTarget(address, this.settings) };
    return this.last.target;
  }

  /** The route of a request, or why it is not sent. */
  private routeFor({ url }: WireRequest, signal: AbortSignal): Route | NetworkFailure {
    const target = this.aim(url);
    if ('kind' in target) return { ...target, unsent: true };
    const { route, path } = target;
    if (signal.aborted || this.closed) return cancelled(route);
    const connection = this.lease(target);
    return { connection, path, hostRoute: route, keep: () => this.keep(connection), running: this.running };
  }

  private lease({ origin, proxy }: Target): UndiciConnection {
    const connection = this.idle.get(origin)?.pop();
    return connection ?? new UndiciConnection(origin, proxy, (protocol) => this.opener(protocol), (lost) => this.forget(lost));
  }

  private keep(connection: UndiciConnection): void {
    const others = this.idle.get(connection.origin);
    if (others === undefined) this.idle.set(connection.origin, [connection]);
    else others.push(connection);
  }

  /** The other side has closed a connection, or it was idle for too long. One that is in use opens itself again or fails by itself. */
  private forget(connection: UndiciConnection): void {
    const waiting = this.idle.get(connection.origin) ?? [];
    const index = waiting.indexOf(connection);
    if (index < 0) return;
    waiting.splice(index, 1);
    if (waiting.length === 0) this.idle.delete(connection.origin);
    void connection.destroy();
  }

  private async opener(protocol: string): Promise<Opener> {
    if (protocol !== 'https:') return this.plain;
    this.secure ??= this.openSecure();
    return this.secure;
  }

  /** The trusted certificates are read once, and only when something speaks TLS. */
  private async openSecure(): Promise<Opener> {
    if (!this.settings.strictSsl) return { connect: buildConnector({ ...connectOptions, rejectUnauthorized: false }), hints: [] };
    const { authorities, hints } = await loadTrust(this.settings);
    if (authorities === undefined) return { connect: buildConnector(connectOptions), hints };
    return { connect: buildConnector({ ...connectOptions, secureContext: createSecureContext({ ca: [...authorities] }) }), hints };
  }
}

/** One connection to one origin, perhaps through a proxy, used by one call at a time. */
class UndiciConnection implements Connection {
  private readonly client: Client;
  /** Remarks on certificates; known once TLS is tried. */
  readonly hints: string[] = [];
  /** What is half open, so that giving up closes it at once. */
  private readonly opening = new Set<{ destroy(): unknown }>();
  private destroyed = false;
  private interim: InterimFilter | undefined;

  constructor(
    readonly origin: string,
    private readonly proxy: Proxy | undefined,
    private readonly opener: (protocol: string) => Promise<Opener>,
    onLost: (connection: UndiciConnection) => void,
  ) {
    this.client = new Client(origin, {
      ...clientOptions,
      connect: (options, callback) => {
        this.dial(options).then((socket) => {
          this.interim = passOverInterim(socket);
          callback(null, socket);
        }, (error: unknown) => callback(asError(error), null));
      },
    });
    this.client.on('disconnect', () => onLost(this));
  }

  dispatch({ method, headers, body }: WireRequest, path: string, events: ConnectionEvents): void {
    const lines = headers.flatMap(({ name, value }) => [name, value]);
    const bytes = body === undefined ? null : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.client.dispatch({ method, path, headers: lines, body: bytes }, {
      onRequestStart: () => {
        this.interim?.expect();
        events.begun();
      },
      onResponseStart: (controller, status, _headers, statusText = '') => {
        if (status < 200) return;
        const { rawHeaders } = controller;
        events.head(status, statusText, Array.isArray(rawHeaders) ? rawHeaders : [], controller);
      },
      onResponseData: (_controller, chunk) => events.data(chunk),
      onResponseEnd: () => events.end(),
      onResponseError: (_controller, error) => events.failed(error),
    });
  }

  /** Closes the connection, also while it is being opened. Whatever it was doing fails. */
  async destroy(): Promise<void> {
    this.destroyed = true;
    const ended = this.client.destroy();
    for (const part of this.opening) part.destroy();
    await ended;
  }

  private async dial(options: UndiciConnector.Options): Promise<Socket> {
    if (this.proxy === undefined) return this.open(options);
    const tunnel = await this.openTunnel(this.proxy, `${options.host ?? options.hostname}${options.port ? '' : ':443'}`);
    try {
      return await this.open(options, tunnel);
    } catch (error) {
      tunnel.destroy();
      throw error;
    }
  }

  private async open({ hostname, host = hostname, protocol, port }: UndiciConnector.Options, tunnel?: Socket): Promise<Socket> {
    const { connect, hints } = await this.opener(protocol);
    this.hints.splice(0, this.hints.length, ...hints);
    if (this.destroyed) throw new TransportError('ABORT_ERR', 'The call was cancelled.');
    return new Promise((resolve, reject) => {
      // The name that the certificate is checked against is the address's, whatever a Host header says: undici's `servername` is left out.
      const where = { hostname, host, protocol, port, ...(tunnel === undefined ? {} : { httpSocket: tunnel }) };
      const socket = connect(where, (error, connected) => {
        this.opening.delete(socket);
        if (error === null) resolve(connected);
        else reject(error);
      });
      this.opening.add(socket);
      // A socket that is given up while it connects says nothing more than that it is closed.
      socket.once('close', () => reject(new TransportError('ECONNRESET', 'The connection was closed while it was being opened.')));
    });
  }

  /** Asks the proxy for a way to `authority` (host and port). Throws ProxyError. */
  private async openTunnel(proxy: Proxy, authority: string): Promise<Socket> {
    const client = new Client(proxy.origin, {
      ...clientOptions,
      connect: (options, callback) => {
        this.open(options).then((socket) => callback(null, socket), (error: unknown) => callback(asError(error), null));
      },
    });
    this.opening.add(client);
    const authorization = proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization };
    try {
      return await new Promise<Socket>((resolve, reject) => {
        client.dispatch({ method: 'CONNECT', path: authority, headers: { host: authority, ...authorization } }, {
          onRequestStart: () => undefined,
          onRequestUpgrade: (_controller, status, headers, socket) => {
            // From here on nobody else listens; TLS reports the loss of the socket below it in its own way.
            socket.on('error', () => undefined);
            if (status >= 200 && status < 300 && socket instanceof Socket) {
              resolve(socket);
              return;
            }
            socket.destroy();
            reject(proxyRefusal(status, headers['proxy-authenticate']));
          },
          onResponseError: (_controller, error) => reject(error),
        });
      });
    } catch (error) {
      throw asProxyError(error, this.hints);
    } finally {
      this.opening.delete(client);
      // The tunnel has left the client, which is of no more use.
      void client.destroy();
    }
  }
}

function asProxyError(error: unknown, hints: readonly string[]): ProxyError {
  if (error instanceof ProxyError) return error;
  const { code = failureCode.proxyRefused, message } = networkFailure(error, { host: '' }, hints);
  // With undici's own code for a lost connection the client would connect again, and again.
  return new ProxyError(code === 'UND_ERR_SOCKET' ? 'ECONNRESET' : code, message);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new TransportError('UNKNOWN', messageOf(error));
}
