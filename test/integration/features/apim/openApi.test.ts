// A validator of others on the OpenAPI documents of definitions, with whatever a service may tell of itself.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiDefinition } from '../../../../src/features/apim/definition/definition';
import { definitionFiles } from '../../../../src/features/apim/definition/definitionFiles';
import { anyChoices, anyDescription, column, defined, definitionWith, described, hostileTexts, trees } from '../../../unit/features/apim/samples';
import { installPeers } from '../../peersFolder';

interface Validator {
  validate(document: unknown): Promise<unknown>;
}

let validator: Validator;
beforeAll(async () => {
  const entry = join(await installPeers(), 'node_modules', '@apidevtools', 'swagger-parser', 'lib', 'index.js');
  const { SwaggerParser }: { SwaggerParser: Validator } = await import(pathToFileURL(entry).href);
  validator = SwaggerParser;
}, 300_000);

function documentOf(definition: ApiDefinition): Record<string, unknown> {
  return JSON.parse(definitionFiles(definition).find(({ name }) => name === 'openapi.json')?.text ?? '');
}

describe('OpenAPI documents', () => {
  it('are refused when they are broken, so that the validator is one', async () => {
    await expect(validator.validate({ ...documentOf(definitionWith()), info: {} })).rejects.toThrow();
    const document = documentOf(definitionWith());
    await expect(validator.validate({ ...document, components: {} })).rejects.toThrow();
  });

  it.each([true, false])('are valid, with short paths: %s', async (shortPaths) => {
    await validator.validate(documentOf(definitionWith({ shortPaths }, trees)));
    await validator.validate(documentOf(definitionWith({ shortPaths })));
  });

  it.each(hostileTexts)('are valid with %j for a name', async (text) => {
    const port = { name: text, columns: [column(text, { example: JSON.stringify(text), choices: [JSON.stringify(text)] })], rows: [[JSON.stringify(text)]] };
    await validator.validate(documentOf(definitionWith({}, described([port], { outputs: [port], parameters: [column(text, { default: JSON.stringify(text) })] }))));
  });

  it('are valid whatever was chosen and told', async () => {
    await fc.assert(fc.asyncProperty(anyChoices, anyDescription, async (choices, description) => {
      await validator.validate(documentOf(defined({ description, choices })));
    }), { numRuns: 100 });
  });
});
