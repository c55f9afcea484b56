// API Management: definitions of APIs.

import type { Disposable } from '../../../model/lifetime';
import type { Platform } from '../../../ui/platform';
import type { DescriptionApi } from '../../description';
import type { ServicesApi } from '../../services';
import { contributeDefinition } from './contributeDefinition';

/** Adds it. */
export function contributeApim(
  platform: Pick<Platform, 'context' | 'reporter' | 'commands' | 'panels'>,
  services: Pick<ServicesApi, 'services' | 'sample'>,
  description: DescriptionApi,
): Disposable {
  return contributeDefinition(platform, services, description);
}
