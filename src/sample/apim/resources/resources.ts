// Answers calls on what is below the instance: finds the kind by the path, and does what is the same for all of them.

import { ArmProblem, badRequest, invalid, notFound, preconditionFailed } from '../armProblem';
import type { ArmCall, ArmReply, Instance } from '../armCall';
import type { StoredResource } from '../store';
import { argument } from '../query';
import { apiKind } from './apis';
import type { Accepted, Kind, Shown } from './kind';
import { namedValueKind } from './namedValues';
import { operationKind, schemaKind } from './operations';
import { policyKind, sentForm } from './policies';
import { answerLink, apisOf, productsOf } from './productApis';
import { productKind } from './products';
import { keptPath, releaseKind, revisionRows } from './revisions';
import { subscriptionAction, subscriptionKind, subscriptionsOf, subscriptionsOfUser } from './subscriptions';
import { userKind } from './users';

/** Kinds by the collections on the way to them. */
const kinds: ReadonlyMap<string, Kind> = new Map(Object.entries({
  'apis': apiKind,
  'apis/operations': operationKind,
  'apis/schemas': schemaKind,
  'apis/releases': releaseKind,
  'apis/policies': policyKind,
  'apis/operations/policies': policyKind,
  'products': productKind,
  'products/policies': policyKind,
  'policies': policyKind,
  'subscriptions': subscriptionKind,
  'namedValues': namedValueKind,
  'users': userKind,
}));

/** Names of collections as the service spells them, by those in lower case. */
const spelled = new Map([...[...kinds.keys()].flatMap((each) => each.split('/')), 'revisions'].map((name) => [name.toLowerCase(), name]));

/** Answers a call. Throws ArmProblem. */
export function answerResource(instance: Instance, call: ArmCall): ArmReply {
  const segments = call.segments.map((each, index) => (index % 2 === 0 ? (spelled.get(each.toLowerCase()) ?? each) : each));
  if (segments.some((each) => each === '' || each.includes('/'))) throw new ArmProblem(404, 'NotFound', '', { empty: true });
  if (call.method === 'POST') return action(instance, segments);
  const collections = segments.filter((_, index) => index % 2 === 0).join('/');
  const path = keptPath(instance, `/${segments.join('/')}`);
  if (segments.length % 2 === 1) return list(instance, call, collections, path);
  if (collections === 'products/apis') return answerLink(instance, call, path);
  const kind = kinds.get(collections);
  if (!kind || (collections.endsWith('policies') && segments.at(-1)?.toLowerCase() !== 'policy')) throw nothingHere();
  return new Calls(instance, call, kind, path, segments).answer();
}

/** The document of a resource. `path` is the one that it was asked for by. */
export function entity({ id }: Instance, path: string, properties: object): object {
  const parts = path.split('/').slice(1);
  const type = ['Microsoft.ApiManagement/service', ...parts.filter((_, index) => index % 2 === 0)].join('/');
  return { id: `${id}${path}`, type, name: parts.at(-1), properties };
}

function nothingHere(): ArmProblem {
  return new ArmProblem(404, 'ResourceNotFound', 'The sample has no such kind of resource.');
}

function list(instance: Instance, call: ArmCall, collections: string, path: string): ArmReply {
  if (call.method !== 'GET')
    throw new ArmProblem(405, 'MethodNotAllowed', `The method ${call.method} is not for a list.`, { shape: 'arm' });
  if (argument(call.query, '$filter') !== undefined)
    throw invalid(['$filter', 'The sample does not filter lists: ask for all, and look for what you want there.']);
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (parent !== '' && !instance.store.get(parent)) throw notFound(nounAbove(collections));
  if (collections === 'apis/revisions') return { status: 200, rows: revisionRows(instance, parent), links: 'absent' };
  if (collections === 'products/apis') return { status: 200, rows: apisOf(instance, parent), links: 'empty' };
  if (collections === 'apis/products') return { status: 200, rows: productsOf(instance, parent), links: 'absent' };
  if (collections === 'products/subscriptions') return subscriptionRows(instance, subscriptionsOf(instance, parent));
  if (collections === 'users/subscriptions') return subscriptionRows(instance, subscriptionsOfUser(instance, parent));
  const kind = kinds.get(collections);
  if (!kind) throw nothingHere();
  const rows = instance.store.children(path).map((each) => entity(instance, each.path, kind.show(each, 'row', instance, call.query)));
  return { status: 200, rows, links: kind.links ?? 'absent' };
}

/** Subscriptions are the same ones wherever they are listed, and go by their own ids. */
function subscriptionRows(instance: Instance, all: readonly StoredResource[]): ArmReply {
  const query = new URLSearchParams();
  const rows = all.map((each) => entity(instance, each.path, subscriptionKind.show(each, 'row', instance, query)));
  return { status: 200, rows, links: 'absent' };
}

function action(instance: Instance, segments: readonly string[]): ArmReply {
  const [collection = '', id = '', name = ''] = segments;
  const path = `/${collection}/${id}`;
  if (segments.length === 3 && collection === 'subscriptions') {
    if (!instance.store.get(path)) throw notFound('Subscription');
    const reply = subscriptionAction(instance, path, name);
    if (reply) return reply;
  }
  if (segments.length === 3 && collection === 'namedValues' && name.toLowerCase() === 'listvalue') {
    const found = instance.store.get(path);
    if (!found) throw notFound('Property');
    return { status: 200, body: { value: found.properties.value }, etag: found.etag };
  }
  throw nothingHere();
}

function nounAbove(collections: string): string {
  const above = collections.split('/').slice(0, -1).join('/');
  return kinds.get(above)?.noun ?? 'Resource';
}

/** Calls on one resource. */
class Calls {
  private readonly former: StoredResource | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly call: ArmCall,
    private readonly kind: Kind,
    private readonly path: string,
    private readonly segments: readonly string[],
  ) {
    this.former = instance.store.get(path);
  }

  answer(): ArmReply {
    switch (this.call.method) {
      case 'GET':
      case 'HEAD':
        return this.shown(200, this.there(), 'one');
      case 'PUT':
        return this.put();
      case 'PATCH':
        return this.patch();
      case 'DELETE':
        return this.remove();
      default:
        throw badRequest('MethodNotAllowed', `The method ${this.call.method} is not for this path.`);
    }
  }

  private put(): ArmReply {
    const { ifMatch, properties } = this.call;
    this.checkParent();
    this.checkId();
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== this.former?.etag) throw preconditionFailed();
    const query = new URLSearchParams(this.call.query);
    if (this.kind === policyKind) query.set('format', sentForm(properties));
    const accepted = this.accept(properties);
    const status = this.former ? 200 : 201;
    if (this.former && this.kind.keepsEqual && JSON.stringify(this.former.properties) === JSON.stringify(accepted.properties))
      return this.shown(status, this.former, 'written', query);
    return this.write(accepted, status, 'written', query);
  }

  private patch(): ArmReply {
    const former = this.there();
    this.checkEtag(former);
    return this.write(this.accept({ ...former.properties, ...this.call.properties }), 200, 'patched', this.call.query);
  }

  private remove(): ArmReply {
    const { former } = this;
    if (former || this.call.ifMatch === undefined) this.checkEtag(former);
    if (!former) return { status: 204 };
    if (this.kind.remove) this.kind.remove(this.instance, former.path, this.call.query);
    else this.instance.store.delete(former.path);
    return { status: 200 };
  }

  private write({ properties, then, later }: Accepted, status: 200 | 201, how: Shown, query: URLSearchParams): ArmReply {
    const { store } = this.instance;
    const before = later ? store.subtree(this.path) : [];
    store.put(this.path, properties);
    then?.();
    if (!later) return this.shown(status, store.get(this.path) ?? this.there(), how, query);
    const undo = (): void => {
      store.delete(this.path);
      for (const each of before) store.put(each.path, each.properties);
    };
    return { status: 202, started: { path: this.path, code: status, undo } };
  }

  private accept(properties: ArmCall['properties']): Accepted {
    const id = this.segments.at(-1) ?? '';
    return this.kind.accept({ instance: this.instance, path: this.path, id, former: this.former, properties });
  }

  private shown(status: number, resource: StoredResource, how: Shown, query = this.call.query): ArmReply {
    // An API that is asked for as `demo;rev=1` is answered as that.
    const asked = this.path === `/${this.segments.join('/')}` ? resource.path : `/${this.segments.join('/')}`;
    return { status, body: entity(this.instance, asked, this.kind.show(resource, how, this.instance, query)), etag: resource.etag };
  }

  private there(): StoredResource {
    if (!this.former) throw notFound(this.kind.noun);
    return this.former;
  }

  private checkEtag(former: StoredResource | undefined): void {
    const { ifMatch } = this.call;
    if (ifMatch === undefined)
      throw new ArmProblem(400, 'ValidationError', "The header 'If-Match' is required: send the ETag of the resource, or '*'.");
    if (former && ifMatch !== '*' && ifMatch !== former.etag) throw preconditionFailed();
  }

  private checkParent(): void {
    const parent = this.path.split('/').slice(0, -2).join('/');
    if (parent === '' || this.instance.store.get(parent)) return;
    if (this.kind.parentIsArgument) throw new ArmProblem(400, 'ValidationError', 'Entity with specified identifier not found');
    throw notFound(nounAbove(this.segments.filter((_, index) => index % 2 === 0).join('/')));
  }

  private checkId(): void {
    const id = this.segments.at(-1) ?? '';
    if (id.length > 256 || /[*#&+:<>?]/.test(id) || (id.includes(';') && this.kind !== apiKind))
      throw invalid(['id', `'${id}' is no identifier of a resource.`]);
  }
}
