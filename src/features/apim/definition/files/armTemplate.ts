// Prints a definition as an ARM template.

import { isArray, isObject } from '../../../../base/shape';
import type { ArmJson } from '../../../../model/arm';
import type { ApiDefinition } from '../definition';
import { apiVersion, deployedOf, needsKey, parameterTexts, type Deployed } from './deployed';

/** The template. Whatever stands in the definition is data: nothing of it is taken for an expression. */
export function armTemplate(definition: ApiDefinition): ArmJson {
  const { apimServiceName, serviceKey } = parameterTexts;
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      apimServiceName: { type: 'string', metadata: { description: apimServiceName } },
      ...(needsKey(definition) ? { serviceKey: { type: 'securestring', metadata: { description: serviceKey } } } : {}),
    },
    resources: deployedOf(definition).map((resource) => ({
      type: resource.type,
      apiVersion,
      name: `[concat(parameters('apimServiceName'), ${quoted(`/${resource.names.join('/')}`)})]`,
      ...(resource.dependsOn.length === 0 ? {} : { dependsOn: resource.dependsOn.map(idOf) }),
      ...(resource.properties === undefined
        ? {}
        : {
            properties: {
              ...literalMembers(resource.properties),
              ...(resource.takesKey ? { value: "[parameters('serviceKey')]" } : {}),
            },
          }),
    })),
  };
}

function idOf({ type, names }: Pick<Deployed, 'type' | 'names'>): string {
  return `[resourceId('${type}', parameters('apimServiceName'), ${names.map(quoted).join(', ')})]`;
}

/** A text within an expression. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A text that looks like an expression gets a second bracket in front, as ARM takes it for a text then. */
function literalText(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

function literal(value: unknown): unknown {
  if (typeof value === 'string') return literalText(value);
  if (isArray(value)) return value.map(literal);
  return isObject(value) ? literalMembers(value) : value;
}

/** Names are texts too; one of them would begin a loop. */
function literalMembers(members: ArmJson): ArmJson {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [
    name.toLowerCase() === 'copy' ? `[string(${quoted(name)})]` : literalText(name), literal(value),
  ]));
}
