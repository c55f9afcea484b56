// Signs addresses to ask at as some tiers of the service do: about 3,000 characters of query, others with each answer.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ArmProblem } from './armProblem';

/** Signs the queries of addresses. Who has the same secret takes them too. */
export class SignedAddresses {
  constructor(private readonly secret: Buffer, private readonly now: () => number) {}

  /** A query that goes behind that of the operation with this id. */
  query(id: string): string {
    const [time, certificate] = [String(this.now() * 10_000), randomBytes(2200).toString('base64url')];
    const [s, h] = [this.sign(id, time, certificate), randomBytes(24).toString('base64url')];
    return new URLSearchParams({ t: time, c: certificate, s, h }).toString();
  }

  /** Throws ArmProblem for a signature that is none. */
  check(id: string, query: URLSearchParams): void {
    const wanted = Buffer.from(this.sign(id, query.get('t') ?? '', query.get('c') ?? ''));
    const given = Buffer.from(query.get('s') ?? '');
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
    throw new ArmProblem(403, 'SignatureInvalid', 'The signature of the address is not the one that was given.');
  }

  private sign(id: string, time: string, certificate: string): string {
    return createHmac('sha256', this.secret).update(`${id}|${time}|${certificate}`).digest('base64url');
  }
}
