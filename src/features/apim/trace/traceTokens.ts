// For which APIs calls are traced: their tokens, in memory alone, each for one API and for an hour at most.

import { percentDecoded } from '../../../base/percent';
import { requireAudience, type Credential } from '../../../model/credential';
import type { Clock } from '../../../model/clock';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { ApimInstance } from '../instance';
import { tokenLifetimeMs } from './fetchTrace';

/** An API whose calls are traced. */
export interface TracedApi {
  readonly instance: Pick<ApimInstance, 'endpointUrl' | 'id'>;
  /** The last part of its id. */
  readonly name: string;
}

/** How it stands. `untilMs` is in milliseconds since 1970, `leftMs` in milliseconds. `runOut` is told until it is switched on or off. */
export type TraceState =
  | { readonly kind: 'off' | 'runOut' }
  | { readonly kind: 'on'; readonly untilMs: number; readonly leftMs: number };

/** What it reads the time with. `monotonic` goes on whatever somebody sets the time of day to, in milliseconds. */
export interface TraceClock extends Clock {
  readonly monotonic: () => number;
}

interface Held {
  readonly token: string;
  readonly untilMs: number;
  readonly endsAt: number;
  readonly ending: AbortController;
}

/** The header that asks the gateway for a trace. */
const header = 'Apim-Debug-Authorization';

/** Ends a little before the service ends it, so that no call is refused for it, in milliseconds. */
const endsEarlierMs = 15_000;

/** The tokens. */
export class TraceTokens implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly held = new Map<string, Held>();
  private readonly runOut = new Set<string>();

  constructor(private readonly clock: TraceClock) {}

  /** Calls of this API are traced from now on, with a token that was given at `askedAt` by the clock that goes on. */
  hold(api: TracedApi, token: string, askedAt: number): void {
    this.drop(api);
    const endsAt = askedAt + tokenLifetimeMs - endsEarlierMs;
    const leftMs = endsAt - this.clock.monotonic();
    const held: Held = { token, endsAt, untilMs: this.clock.now() + leftMs, ending: new AbortController() };
    this.held.set(keyOf(api), held);
    this.countDown(api, held).catch(() => undefined);
    this.changed.fire();
  }

  /** No call of this API is traced any more. */
  drop(api: TracedApi): void {
    const key = keyOf(api);
    this.held.get(key)?.ending.abort();
    const had = this.held.delete(key);
    if (this.runOut.delete(key) || had) this.changed.fire();
  }

  /** The token is over, be it that the service has said so. */
  end(api: TracedApi): void {
    this.drop(api);
    this.runOut.add(keyOf(api));
    this.changed.fire();
  }

  state(api: TracedApi): TraceState {
    const held = this.alive(api);
    if (held) return { kind: 'on', untilMs: held.untilMs, leftMs: held.endsAt - this.clock.monotonic() };
    return { kind: this.runOut.has(keyOf(api)) || this.held.has(keyOf(api)) ? 'runOut' : 'off' };
  }

  /** What has a call to an address of this API traced, and no other; undefined where it is switched off. */
  credential(api: TracedApi, audience: string): Credential | undefined {
    const held = this.alive(api);
    if (!held) return undefined;
    return {
      audience,
      kinds: [],
      hidden: secretParts(held.token),
      headers: (url) => {
        requireAudience(audience, url);
        return [{ name: header, value: held.token }];
      },
    };
  }

  dispose(): void {
    for (const { ending } of this.held.values()) ending.abort();
    this.held.clear();
    this.changed.dispose();
  }

  /** Tells each minute how long it still is, and the end. */
  private async countDown(api: TracedApi, { endsAt, ending: { signal } }: Held): Promise<void> {
    for (;;) {
      const leftMs = endsAt - this.clock.monotonic();
      if (leftMs <= 0) break;
      await this.clock.sleep(Math.min(leftMs, 60_000), signal);
      this.changed.fire();
    }
    this.end(api);
  }

  private alive(api: TracedApi): Held | undefined {
    const held = this.held.get(keyOf(api));
    return held && held.endsAt > this.clock.monotonic() ? held : undefined;
  }
}

/**
 * What of a token is secret: it also holds the name of the API, its purpose and its end, as in `aid=demo&p=tracing&ex=...&s=...`. These
 * are no secrets, and to hide them would hide the API's name wherever it stands. All of it where it has another form.
 */
export function secretParts(token: string): readonly string[] {
  const values = token.split('&').filter((part) => !/^(?:aid|p|ex)=/i.test(part)).map((part) => part.slice(part.indexOf('=') + 1));
  const secret = values.filter((value) => value.length >= shortestSecret);
  if (secret.length === 0 || !token.includes('&')) return [token];
  return [...new Set(secret.flatMap((value) => [value, percentDecoded(value)]))];
}

/** Shorter parts are no secret by themselves, in UTF-16 units. */
const shortestSecret = 12;

function keyOf({ instance, name }: TracedApi): string {
  return `${instance.endpointUrl}${instance.id}/apis/${name.replace(/;rev=\d+$/, '')}`.toLowerCase();
}
