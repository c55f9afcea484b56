// Which policies a call runs through: the documents of its scopes, put into each other where they say `<base />`.

import { filledText } from '../../../base/shape';
import type { ApimStore } from '../store';
import type { Named } from './match';
import { elementsOf, readPolicy, type PolicyElement } from './policyText';

/** The four sections of a policy document. */
export type Section = 'inbound' | 'backend' | 'outbound' | 'on-error';

/** A policy to be carried out. */
export interface Step {
  readonly element: PolicyElement;
  /** Path of the document that it stands in, and its place there: what tells its counters from others. */
  readonly counter: string;
}

/** Documents as they were read: calls come more often than changes. */
export class PolicyDocuments {
  private readonly read = new Map<string, { readonly text: string; readonly root: PolicyElement | undefined }>();

  constructor(private readonly store: ApimStore) {}

  /** The `policies` element of the document at `path`; undefined where there is no document. */
  root(path: string): PolicyElement | undefined {
    const text = filledText(this.store.get(path)?.properties.value);
    if (text === undefined) {
      this.read.delete(path);
      return undefined;
    }
    const known = this.read.get(path);
    if (known?.text === text) return known.root;
    const root = readPolicy(text).find(({ name }) => name === 'policies');
    this.read.set(path, { text, root });
    return root;
  }

  /** The documents that a call is under, from the outermost scope to the innermost. */
  paths({ product, api, operation }: { readonly product?: Named; readonly api: Named; readonly operation?: Named }): readonly string[] {
    const above = [product, api, operation].flatMap((each) => (each ? [each.resource.path] : []));
    return ['', ...above].map((path) => `${path}/policies/policy`);
  }

  /**
   * The steps of a section. A document without the section takes what is above it, as one with `<base />` alone; above all there is one
   * that calls the backend.
   */
  steps(paths: readonly string[], section: Section): readonly Step[] {
    let above: readonly Step[] = section === 'backend' ? [{ element: forwardRequest, counter: '' }] : [];
    for (const path of paths) {
      const root = this.root(path);
      const [own] = root ? elementsOf(root, section) : [];
      if (own) above = insert(own, above, `${path}#${section}`);
    }
    return above;
  }
}

const forwardRequest: PolicyElement = { kind: 'element', name: 'forward-request', attributes: new Map(), children: [] };

/** What is above comes in once: a second `<base />` means nothing. */
function insert(section: PolicyElement, above: readonly Step[], place: string): readonly Step[] {
  let inserted = false;
  return elementsOf(section).flatMap((element, index) => {
    if (element.name !== 'base') return [{ element, counter: `${place}[${index}]` }];
    if (inserted) return [];
    inserted = true;
    return above;
  });
}

/** True where a step calls the backend, be it from within one that we do not carry out, such as `retry`. */
export function callsBackend(element: PolicyElement): boolean {
  return element.name === 'forward-request' || elementsOf(element).some(callsBackend);
}
