// Links of products and APIs: which APIs a product has, and which products an API.

import { ArmProblem, notFound } from '../armProblem';
import type { ArmCall, ArmReply, Instance } from '../armCall';
import type { StoredResource } from '../store';
import { apiKind } from './apis';
import { productKind } from './products';

const noQuery = new URLSearchParams();

/** Answers a call on `/products/{id}/apis/{id}`. Throws ArmProblem. */
export function answerLink(instance: Instance, { method }: ArmCall, path: string): ArmReply {
  const { store } = instance;
  const [, , product = '', , api = ''] = path.split('/');
  if (!store.get(`/products/${product}`)) throw notFound('Product');
  const found = store.get(`/apis/${api}`);
  const link = store.get(path);
  switch (method) {
    case 'PUT': {
      if (!found || api.includes(';')) throw notFound('Api');
      const made = link ?? store.put(path, {});
      return { status: link ? 200 : 201, body: apiRow(instance, made.path, found), etag: made.etag };
    }
    case 'HEAD':
      if (!link) throw new ArmProblem(404, 'ResourceNotFound', '', { empty: true });
      return { status: 204 };
    case 'DELETE':
      if (!link) return { status: 204 };
      store.delete(path);
      return { status: 200 };
    default:
      throw new ArmProblem(405, 'MethodNotAllowed', `The method ${method} is not for the link of a product and an API.`, { shape: 'arm' });
  }
}

/** Rows of the APIs of a product. */
export function apisOf(instance: Instance, product: string): readonly object[] {
  return instance.store.children(`${product}/apis`).flatMap(({ path }) => {
    const found = instance.store.get(`/apis/${path.slice(path.lastIndexOf('/') + 1)}`);
    return found ? [apiRow(instance, path, found)] : [];
  });
}

/** Rows of the products of an API. */
export function productsOf(instance: Instance, api: string): readonly object[] {
  const id = api.slice(api.lastIndexOf('/') + 1);
  return instance.store.children('/products').filter(({ path }) => instance.store.get(`${path}/apis/${id}`)).map((product) => {
    const name = product.path.slice(product.path.lastIndexOf('/') + 1);
    const properties = productKind.show(product, 'row', instance, noQuery);
    return { id: `${instance.id}${api}/products/${name}`, type: 'Microsoft.ApiManagement/service/apis/products', name, properties };
  });
}

function apiRow(instance: Instance, path: string, api: StoredResource): object {
  const properties = apiKind.show(api, 'row', instance, noQuery);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { id: `${instance.id}${path}`, type: 'Microsoft.ApiManagement/service/products/apis', name, properties };
}
