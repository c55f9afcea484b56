// What template and Bicep file are both printed from: the resources of a definition as something that is deployed.

import { isObject, member } from '../../../../base/shape';
import type { ArmJson } from '../../../../model/arm';
import type { ApiDefinition, DefinitionResource } from '../definition';

/** The version of ARM's interface that resources are written in. */
export const apiVersion = '2024-05-01';

/** Parameters of both files, with what they are for. */
export const parameterTexts = {
  apimServiceName: 'The name of the API Management instance.',
  serviceKey: 'The API key of the scoring service. It becomes a secret named value.',
} as const;

/** A resource that is deployed. */
export interface Deployed {
  /** `Microsoft.ApiManagement/service/apis/operations` */
  readonly type: string;
  /** Ids behind the instance's name, one for each word of the type behind `service`. */
  readonly names: readonly string[];
  readonly properties: ArmJson | undefined;
  /** True where `properties.value` is the parameter `serviceKey`. */
  readonly takesKey: boolean;
  /** Of those that are deployed too. */
  readonly dependsOn: readonly Pick<Deployed, 'type' | 'names'>[];
}

/** All that can be deployed: what others share, and is changed in parts only, cannot. */
export function deployedOf({ resources }: ApiDefinition): readonly Deployed[] {
  return resources.filter(({ limits }) => limits === undefined).map((resource): Deployed => {
    const properties = member(resource.body, 'properties');
    return {
      ...placeOf(resource.path),
      properties: isObject(properties) ? properties : undefined,
      takesKey: resource.secret === 'serviceKey',
      dependsOn: resource.dependsOn.map(placeOf),
    };
  });
}

/** True where the service's key has to be given. */
export function needsKey({ resources }: ApiDefinition): boolean {
  return resources.some(({ secret }) => secret === 'serviceKey');
}

/** What only a person, or publishing, can do. */
export function notDeployed({ resources }: ApiDefinition): readonly DefinitionResource[] {
  return resources.filter(({ limits }) => limits !== undefined);
}

function placeOf(path: string): Pick<Deployed, 'type' | 'names'> {
  const parts = path.split('/').slice(1);
  const words = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1).map(decodeURIComponent);
  return { type: ['Microsoft.ApiManagement/service', ...words].join('/'), names };
}
