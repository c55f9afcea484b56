// Transports and calls with everything a test does not care about filled in.

import { onTestFinished } from 'vitest';
import type { Header, NetworkFailure, NetworkSettings, Transport, WireAnswer, WireOutcome, WireRequest } from '../../../src/model/wire';
import { createTransport, type TransportLimits } from '../../../src/http/transport';
import { certificateFile } from './servers';

/** Settings with no proxy and an environment that trusts the tests' authority. */
export function settings(changes: Partial<NetworkSettings> = {}): NetworkSettings {
  return {
    proxy: '', proxySupport: 'override', noProxy: [], strictSsl: true, systemCertificates: false,
    environment: { NODE_EXTRA_CA_CERTS: certificateFile('ca.pem') },
    ...changes,
  };
}

/** A transport that is closed when the test is over. */
export function transport(changes: Partial<NetworkSettings> = {}, limits?: TransportLimits): Transport {
  const made = createTransport(settings(changes), limits);
  onTestFinished(() => made.close());
  return made;
}

/** Sends a GET with no limit in time, unless told otherwise. */
export function send(over: Transport, url: string, changes: Partial<WireRequest> = {}, signal = new AbortController().signal): Promise<WireOutcome> {
  return over.send({ method: 'GET', url, headers: [], timeoutMs: 0, ...changes }, signal);
}

/** The answer of a call that has to succeed. */
export async function answerOf(outcome: Promise<WireOutcome>): Promise<WireAnswer> {
  const ended = await outcome;
  if (!ended.ok) throw new Error(`No answer: ${JSON.stringify(ended.failure)}`);
  return ended.answer;
}

/** The failure of a call that has to fail. */
export async function failureOf(outcome: Promise<WireOutcome>): Promise<NetworkFailure> {
  const ended = await outcome;
  if (ended.ok) throw new Error(`It answered ${ended.answer.status}.`);
  return ended.failure;
}

/** The body as text. */
export function textOf(answer: WireAnswer): string {
  return Buffer.from(answer.body).toString('utf8');
}

/** Header lines from pairs. */
export function headers(...pairs: readonly [string, string][]): Header[] {
  return pairs.map(([name, value]) => ({ name, value }));
}
