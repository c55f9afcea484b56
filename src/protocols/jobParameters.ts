// Global parameters of a batch job: how they may be shown, and how they are written.

import type { ShownParameter } from '../model/job';
import { looksSecret, mask } from '../redaction';
import { isObject, tryParse, tryStringify } from '../base/shape';

/**
 * The parameters as they may be shown and written down: values that look like secrets, or are nested too deeply to be looked into, are
 * masked. `json` is strict JSON of an object.
 */
export function shownParameters(json: string): ShownParameter[] {
  const parameters = tryParse(json);
  if (!isObject(parameters)) return [];
  return Object.entries(parameters).map(([name, value]) => {
    const text = typeof value === 'string' ? value : tryStringify(value);
    return { name, value: text === undefined || looksSecret(name, text) ? mask : text };
  });
}

/** Parameters as the text of a JSON object; all values are texts, as the vendor's own samples write them. */
export function parametersText(parameters: ReadonlyMap<string, string>): string {
  // Written by hand: a name such as "2" would move to the front of an object.
  return `{${[...parameters].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}
