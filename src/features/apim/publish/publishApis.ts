// What publishing needs of the rest of the feature.

import type { Service } from '../../../model/service';
import type { ApiDefinition } from '../definition/definition';
import type { ApimInstance, ArmOf } from '../instance';
import type { Publishing } from './publishing';

/** What publishing needs of the rest of the feature. */
export interface PublishApis {
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** Asks for the choices and makes the definition of them. Throws Cancelled. */
  readonly askChoices: (service: Service, instance: ApimInstance) => Promise<ApiDefinition>;
  /** Opens an instance in its portal. */
  readonly openPortal: (instance: ApimInstance) => Promise<void>;
  /** Leads back to the form, with what was chosen for a publishing. */
  readonly changeChoices: (publishing: Pick<Publishing, 'instance' | 'definition'>) => Promise<void>;
  /** Told when an instance holds something else than before. */
  readonly instanceChanged?: (instance: ApimInstance) => void;
}
