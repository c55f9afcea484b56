// Calls on Azure Resource Manager: raw JSON both ways, pages, long operations, one write at a time per instance. A bundle of its own.

import { KeyedMutex } from '../base/keyedMutex';
import { filledText, isArray, isObject, member } from '../base/shape';
import type { Arm, ArmAnswer, ArmEndpoint, ArmJson, ArmOptions, ArmWriteOptions } from '../model/arm';
import { ArmFailed, Cancelled } from '../model/errors';
import { ArmCaller, type ArmTools } from './armCaller';
import { armStrange, secretsIn } from './armErrors';
import { answerOf, finished, isLong, readState, resumed } from './armOperation';
import { isBelowInstance, subjectOf, turnOf, urlOf } from './armUrls';

export type { ArmTools } from './armCaller';

/** Calls on one endpoint. Nothing is asked before the first call. */
export function createArm(endpoint: ArmEndpoint, tools: ArmTools): Arm {
  return new ArmClient(endpoint, new ArmCaller(endpoint, tools));
}

/** Pages of a list may hold nothing, as where a filter leaves all out; so many in a row are a list that does not end. */
const mostEmptyPages = 100;

/** Of all clients, since several may call one instance. */
const writes = new KeyedMutex();

class ArmClient implements Arm {
  constructor(readonly endpoint: ArmEndpoint, private readonly caller: ArmCaller) {}

  async get(path: string, options: ArmOptions): Promise<ArmAnswer> {
    return answerOf(await this.caller.call({ method: 'GET', url: this.url(path, options), options }));
  }

  async find(path: string, options: ArmOptions): Promise<ArmAnswer | undefined> {
    try {
      return await this.get(path, options);
    } catch (error) {
      if (error instanceof ArmFailed && error.status === 404 && !isAboveMissing(path, error)) return undefined;
      throw error;
    }
  }

  async *pages(path: string, options: ArmOptions): AsyncGenerator<readonly ArmJson[]> {
    const first = this.url(path, options);
    const subject = subjectOf('GET', first);
    const read = new Set<string>();
    let empty = 0;
    for (let url: string | undefined = first; url !== undefined;) {
      if (read.has(url)) throw armStrange('samePage', subject);
      read.add(url);
      const { body, status } = await this.caller.call({ method: 'GET', url, options, subject });
      const items = member(body, 'value');
      if (!isArray(items)) throw armStrange('noList', subject, status);
      const next = this.caller.follow(url, filledText(member(body, 'nextLink')));
      empty = items.length === 0 ? empty + 1 : 0;
      if (next !== undefined && empty >= mostEmptyPages) throw armStrange('samePage', subject, status);
      yield items.filter(isObject);
      url = next;
    }
  }

  put(path: string, body: ArmJson | undefined, options: ArmWriteOptions): Promise<ArmAnswer> {
    return this.write('PUT', path, body, options);
  }

  patch(path: string, body: ArmJson, options: ArmWriteOptions): Promise<ArmAnswer> {
    return this.write('PATCH', path, body, options);
  }

  delete(path: string, options: ArmWriteOptions): Promise<ArmAnswer> {
    return this.write('DELETE', path, undefined, options);
  }

  async post(path: string, body: ArmJson | undefined, options: ArmOptions): Promise<ArmAnswer> {
    return answerOf(await this.caller.call({ method: 'POST', url: this.url(path, options), body, options }));
  }

  async resume(state: string, options: ArmWriteOptions): Promise<ArmAnswer> {
    const begun = readState(state, this.caller);
    return inTurn(begun.url, options.signal, () => resumed(this.caller, state, begun, options));
  }

  private async write(
    method: 'PUT' | 'PATCH' | 'DELETE', path: string, body: ArmJson | undefined, options: ArmWriteOptions,
  ): Promise<ArmAnswer> {
    const url = this.url(path, options);
    return inTurn(url, options.signal, async () => {
      const reply = await this.caller.call({ method, url, body, ifMatch: options.ifMatch, options });
      if (!isLong(method, reply)) return answerOf(reply);
      return finished(this.caller, { method, url, secrets: secretsIn(body) }, reply, options);
    });
  }

  private url(path: string, { query }: ArmOptions): string {
    return urlOf(this.endpoint.url, path, query);
  }
}

/**
 * True where not the resource is missing, but the instance that it would be in, or what that is in: as for a sign-in to another directory.
 * Nothing is known of the resource then.
 */
function isAboveMissing(path: string, { code = '', detail = '' }: ArmFailed): boolean {
  // Of a subscription that the sign-in does not see nothing is known, not even that an instance is gone.
  if (code === 'SubscriptionNotFound') return true;
  if (!isBelowInstance(path)) return false;
  if (/^(?:ResourceGroup|Service)NotFound$/.test(code)) return true;
  return /\bThe Resource 'Microsoft\.ApiManagement\/service\/[^'/]{1,200}'/i.test(detail);
}

/** Does the work when the writes on the same instance before it are over. Throws Cancelled at once where it is cancelled meanwhile. */
async function inTurn<T>(url: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw new Cancelled();
  let begun = false;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      if (!begun) reject(new Cancelled());
    };
    signal.addEventListener('abort', leave, { once: true });
    const turn = writes.inTurn(turnOf(url), async () => {
      if (signal.aborted) throw new Cancelled();
      begun = true;
      return work();
    });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
