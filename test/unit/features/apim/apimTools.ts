// An ARM that answers from a map, and things of it, for tests of API Management.

import type { Arm, ArmJson, ArmOptions } from '../../../../src/model/arm';
import { ArmFailed, Cancelled, HumanError, type ErrorParts } from '../../../../src/model/errors';
import type { ApimInstance } from '../../../../src/features/apim/instance';

export const endpointUrl = 'https://management.azure.com';
export const subscriptionId = '11111111-2222-3333-4444-555555555555';
export const instanceId = `/subscriptions/${subscriptionId}/resourceGroups/ml/providers/Microsoft.ApiManagement/service/scores`;

/** An instance as the features know it. */
export function someInstance(parts: Partial<ApimInstance> = {}): ApimInstance {
  return { id: instanceId, endpointUrl, sample: false, name: 'scores', resourceGroup: 'ml', subscriptionId, gatewayUrls: ['https://scores.azure-api.net'], ...parts };
}

/** The JSON of an instance. */
export function instanceJson(name = 'scores', properties: ArmJson = {}): ArmJson {
  return {
    id: instanceId.replace('scores', name), name, location: 'West Europe', sku: { name: 'Developer', capacity: 1 }, etag: 'AAA=', unknown: { more: [1] },
    properties: { provisioningState: 'Succeeded', gatewayUrl: `https://${name}.azure-api.net`, ...properties },
  };
}

/** The JSON of something below the instance. */
export function entryJson(path: string, properties: ArmJson = {}): ArmJson {
  return { id: `${instanceId}/${path}`, name: path.split('/').at(-1), type: 'x', properties };
}

/** What a path answers: pages of a list, a body, or an error. */
export type Answer = readonly (readonly ArmJson[])[] | ArmJson | Error;

/** An ARM that notes which paths it was asked for, as `GET /x`, and each page of a list as `PAGE /x 0`. */
export class FakeArm {
  readonly asked: string[] = [];
  readonly answers = new Map<string, Answer>();
  /** Ends when the test lets it: each call waits for it. */
  gate: Promise<unknown> = Promise.resolve();
  options: ArmOptions | undefined;

  readonly arm: Arm = this.made();

  private made(): Arm {
    const none = (): Promise<never> => Promise.reject(new Error('No test asks for this.'));
    const one = async (verb: string, path: string, options: ArmOptions): Promise<ArmJson> => {
      this.asked.push(`${verb} ${path}`);
      this.options = options;
      await this.gate;
      if (options.signal.aborted) throw new Cancelled();
      const answer = this.answers.get(path) ?? notFound(path);
      if (answer instanceof Error) throw answer;
      return isPages(answer) ? {} : answer;
    };
    const { answers, asked } = this;
    const wait = (): Promise<unknown> => this.gate;
    const note = (options: ArmOptions): void => void (this.options = options);
    return {
      endpoint: { url: endpointUrl, credential: none },
      get: async (path, options) => ({ status: 200, body: await one('GET', path, options) }),
      post: async (path, _body, options) => ({ status: 200, body: await one('POST', path, options) }),
      find: none, put: none, patch: none, delete: none, resume: none,
      async *pages(path, options) {
        note(options);
        const answer = answers.get(path) ?? notFound(path);
        for (let page = 0; answer instanceof Error || (isPages(answer) && page < answer.length); page += 1) {
          asked.push(`PAGE ${path} ${page}`);
          await wait();
          if (options.signal.aborted) throw new Cancelled();
          if (answer instanceof Error) throw answer;
          if (isPages(answer)) yield answer[page] ?? [];
        }
      },
    };
  }
}

function isPages(answer: Answer): answer is readonly (readonly ArmJson[])[] {
  return Array.isArray(answer);
}

/** The error of something that is not there. */
export function notFound(path: string): ArmFailed {
  return new ArmFailed({ sentence: `${path} is not there.`, actions: ['retry'] }, 'notFound', 404);
}

/** The error of a role that is missing. */
export const forbidden = new ArmFailed({ sentence: 'The role Reader is missing.', advice: 'Ask for it.', actions: ['signIn', 'openPortal'] }, 'forbidden', 403);

/** What a person would be told. */
export function describe(error: unknown): ErrorParts {
  return error instanceof HumanError ? { sentence: error.message, advice: error.advice, actions: error.actions } : { sentence: `fault: ${String(error)}` };
}

/** Names that are markup, icons, links or controls elsewhere. */
export const hostile = '$(trash) [x](command:azuremlWebServices.deleteHistory) <img src=x onerror=alert(1)>\r\n# head `tick` | cell';
