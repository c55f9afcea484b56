// The instance that is there from the beginning.

import type { MemoryStore } from '../memoryStore';
import { samplePlace } from '../place';
import { text } from '../read';
import type { ServiceRecord } from './service';

/** The version that its first ETag is made of. */
export const firstVersion = 0x900;

/** What is known of it: it is as old as its administrator. */
export function builtInRecord(store: MemoryStore, now: () => number): ServiceRecord {
  const mail = 'sample@sample.invalid';
  return {
    name: samplePlace.service,
    group: samplePlace.resourceGroup,
    location: samplePlace.location,
    sku: { name: 'Developer', capacity: 1 },
    publisherEmail: mail,
    publisherName: 'Sample API Management',
    notificationSenderEmail: mail,
    tags: { about: 'Sample API Management: runs on this computer, holds nothing real' },
    identity: undefined,
    createdAt: text(store.get('/users/1')?.properties ?? {}, 'registrationDate') ?? new Date(now()).toISOString(),
    state: 'Succeeded',
    operation: undefined,
    version: firstVersion,
    gatewayPort: undefined,
  };
}
