// An instance of API Management as the stand-in has it: what is known of it, and how far its creation or deletion is.

import type { JsonObject } from '../../../base/shape';
import { samplePlace } from '../place';
import type { Sku } from './tiers';

/** How an instance stands, as `provisioningState` says it. */
export const serviceStates = ['Activating', 'Succeeded', 'Failed', 'Deleting'] as const;

/** One of them. */
export type ServiceState = (typeof serviceStates)[number];

/** What is done with an instance in a long operation: it is activated, or terminated. */
export interface ServiceOperation {
  readonly kind: 'Act' | 'Term';
  /** In its address. */
  readonly id: string;
  /** When it is over, in milliseconds since 1970. */
  readonly dueAt: number;
  /** It ends badly, since that was asked for. */
  readonly fails: boolean;
}

/** An instance. Plain data, as it is saved. */
export interface ServiceRecord {
  readonly name: string;
  readonly group: string;
  /** As it is shown, such as `West Europe`. */
  readonly location: string;
  readonly sku: Sku;
  readonly publisherEmail: string;
  readonly publisherName: string;
  readonly notificationSenderEmail: string;
  readonly tags: JsonObject;
  /** The kind of identity, where it has one. */
  readonly identity: string | undefined;
  /** ISO text. */
  readonly createdAt: string;
  readonly state: ServiceState;
  /** The last long operation, also when it is over; undefined for the one that was there from the beginning. */
  readonly operation: ServiceOperation | undefined;
  /** Grows with each change: the ETag is made of it. */
  readonly version: number;
  /** Where its gateway was last. */
  readonly gatewayPort: number | undefined;
}

/** An instance that was deleted and can be had back. */
export interface DeletedRecord {
  readonly record: ServiceRecord;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
  readonly purgeAt: number;
}

/** The ARM id of an instance. */
export function serviceId({ group, name }: Pick<ServiceRecord, 'group' | 'name'>): string {
  return `${groupId(group)}/providers/Microsoft.ApiManagement/service/${name}`;
}

/** The ARM id of a resource group. */
export function groupId(group: string): string {
  return `/subscriptions/${samplePlace.subscriptionId}/resourceGroups/${group}`;
}

/** The ETag of an instance without quotes, as its document has it. */
export function serviceEtag({ version }: Pick<ServiceRecord, 'version'>): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(version));
  return bytes.toString('base64');
}
