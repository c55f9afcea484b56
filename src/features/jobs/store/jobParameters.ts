// The global parameters of jobs that are not submitted yet or may be run again. They may hold passwords, so they are kept in the secret
// store.

import { filledText } from '../../../base/shape';
import type { SecretBox } from '../../../base/ports';

/** Keeps the parameters of jobs, each the text of a JSON object. */
export class JobParameters {
  constructor(private readonly box: SecretBox) {}

  /** The parameters of a job as strict JSON of an object; `{}` when it has none. */
  async of(jobKey: string): Promise<string> {
    return filledText(await this.box.get(parametersSecretName(jobKey))) ?? '{}';
  }

  /** Keeps the parameters of a job. */
  async set(jobKey: string, json: string): Promise<void> {
    if (json.replace(/\s/g, '') !== '{}') await this.box.store(parametersSecretName(jobKey), json);
  }

  /** Forgets the parameters of a job. */
  async forget(jobKey: string): Promise<void> {
    await this.box.delete(parametersSecretName(jobKey));
  }
}

/** The name of a job's parameters in the secret store. */
export function parametersSecretName(jobKey: string): string {
  return `azuremlWebServices.parameters ${jobKey}`;
}
