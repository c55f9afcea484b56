// The addresses at which long operations on instances are asked after, in either of the service's styles. They outlive a restart.

import type { ArmReply } from '../armCall';
import { ArmProblem } from '../armProblem';
import type { SignedAddresses } from '../signedAddresses';
import { findLocation } from './locations';
import { serviceId, type ServiceOperation, type ServiceRecord } from './service';
import { serviceProblems } from './serviceProblems';
import type { Services } from './services';
import { shownService } from './showService';
import { operationStyle } from './tiers';

/** `Retry-After` is this part of what a creation takes, and at most so many seconds. */
const retryPart = 0.1;
const mostRetrySeconds = 60;

/** What somebody asks after. */
export interface ServicePoll {
  /** Of the instance, as it stands in the path. */
  readonly name: string;
  /** Last segment of the path. */
  readonly token: string;
  readonly query: URLSearchParams;
  readonly version: string;
}

/** Makes the addresses and answers those who ask there. */
export class ServiceOperations {
  /** Scheme, host and port of the stand-in. */
  endpoint = '';

  constructor(private readonly services: Services, private readonly signed: SignedAddresses) {}

  /** The headers that tell where to ask after what is under way with an instance. */
  headers(record: ServiceRecord, version: string): Readonly<Record<string, string>> {
    const { operation } = record;
    if (!operation) return {};
    const address = this.address(record, operation, version);
    if (operationStyle(record.sku.name) === 'signed')
      return { 'Azure-AsyncOperation': address('operationResults'), 'Location': address('operationResults') };
    return { 'Location': address('operationresults'), 'Retry-After': String(this.retrySeconds()) };
  }

  /** Tells how far it is. Throws ArmProblem where it ended badly, and for a signature that is none. */
  poll({ name, token, query, version }: ServicePoll): ArmReply {
    const asked = readToken(token);
    if (!asked) throw new ArmProblem(404, 'ResourceNotFound', 'Operation not found.');
    const withStatus = query.has('asyncResponse');
    if (withStatus) this.signed.check(asked.id, query);
    const found = this.services.find(name);
    const own = found?.record.operation?.id === asked.id ? found : undefined;
    if (own?.record.state === 'Failed') throw activationFailed(this.services.now());
    if (own?.record.state === 'Activating' || own?.record.state === 'Deleting') {
      const headers = this.headers(own.record, version);
      return withStatus ? { status: 200, headers, body: { status: 'InProgress' } } : { status: 202, headers };
    }
    // A deletion that is over leaves nothing; what was made may be on its way out again.
    if (asked.kind === 'Act' && !found) throw serviceProblems.notFound(name);
    if (withStatus) return { status: 200, body: { status: 'Succeeded' } };
    if (asked.kind === 'Term' || !found) return { status: 200 };
    return { status: 200, body: shownService(200, found).body };
  }

  private address(record: ServiceRecord, { kind, id }: ServiceOperation, version: string): (collection: string) => string {
    const place = findLocation(record.location)?.name ?? '';
    const token = Buffer.from(`${place}:${record.name}_${kind}_${id}`).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    const signed = operationStyle(record.sku.name) === 'signed';
    return (collection) => {
      const plain = `${this.endpoint}${serviceId(record)}/${collection}/${token}?api-version=${version}`;
      return signed ? `${plain}&asyncResponse&${this.signed.query(id)}` : plain;
    };
  }

  private retrySeconds(): number {
    return Math.min(Math.round((this.services.creationMs * retryPart) / 1000), mostRetrySeconds);
  }
}

function readToken(token: string): Pick<ServiceOperation, 'kind' | 'id'> | undefined {
  const [, kind, id] = /_(Act|Term)_([0-9a-f]{8})$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  return id !== undefined && (kind === 'Act' || kind === 'Term') ? { kind, id } : undefined;
}

function activationFailed(now: number): ArmProblem {
  const sentence = 'Unable to activate API service at this time. Please open a support case for your API management service using the '
    + `Azure portal.Please provide correlationId 00000000-0000-0000-0000-000000000000 and TimeStamp ${new Date(now).toISOString()}.`;
  return new ArmProblem(400, 'ActivationFailed', sentence, { shape: 'instance' });
}
