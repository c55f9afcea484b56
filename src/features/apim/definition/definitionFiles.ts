// The files of a definition, for a folder that is kept under version control.

import type { ApiDefinition } from './definition';
import { armTemplate } from './files/armTemplate';
import { bicep } from './files/bicep';
import { openApi } from './files/openApi';
import { readme } from './files/readme';

/** A file: its name, and its text with LF and a final line break. */
export interface DefinitionFile {
  readonly name: string;
  readonly text: string;
}

/** Always the same files in the same order; the same definition gives the same bytes. No key is in them. */
export function definitionFiles(definition: ApiDefinition): readonly DefinitionFile[] {
  return [
    { name: 'README.md', text: readme(definition) },
    { name: 'main.bicep', text: bicep(definition) },
    { name: 'openapi.json', text: json(openApi(definition)) },
    { name: 'template.json', text: json(armTemplate(definition)) },
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
