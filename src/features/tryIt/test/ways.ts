// The ways to a service: itself, and through gateways that it is published at. Another feature knows them.

import type { Service } from '../../../model/service';

/** Finds the ways to the same service, itself among them; empty where there is no other one. */
export type WaysOf = (service: Service) => Promise<readonly Service[]>;
