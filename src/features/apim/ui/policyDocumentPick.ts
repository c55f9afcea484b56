// Which policy a command means: that of a line of the sidebar, of the active document, or one that the person picks.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { below } from '../../../arm/apimPaths';
import { askChoice, type Choice } from '../../../ui/ask';
import { policyScheme } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { ApimInstance, ArmOf } from '../instance';
import type { Entry } from '../items';
import { readEntry } from '../load/readers';
import { instanceTitle } from '../nodes';
import { partsOfPolicy } from '../policyDocument/address';
import type { PolicyScope } from '../policyDocument/scope';
import { readNode } from './meant';
import { documentOf } from './policyDocumentConflicts';
import { whenLong } from './policyDocumentWait';

/** What is asked with. */
export interface PickPolicyParts {
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
}

/** So many entries of a list are offered; the sidebar shows more. */
const mostOffered = 500;

/** The address of the policy that a line of the sidebar has; undefined for other lines and arguments. */
export function policyOfLine(argument: unknown): vscode.Uri | undefined {
  const node = readNode(argument);
  if (node?.kind === 'list') return node.list === 'apis' ? policyUri(node.instance, { kind: 'all' }, []) : undefined;
  if (node?.kind !== 'entry') return undefined;
  const { instance, entry, parent } = node;
  if (entry.kind === 'api') return policyUri(instance, { kind: 'api', api: entry.name }, [entry.title]);
  if (entry.kind === 'product') return policyUri(instance, { kind: 'product', product: entry.name }, [entry.title]);
  if (entry.kind !== 'operation' || parent?.kind !== 'entry') return undefined;
  return policyOfOperation(instance, parent.entry, entry);
}

/** The document of the argument, or of the active editor, also where it stands in a comparison; undefined where that is no policy. */
export function policyInEditor(argument: unknown): vscode.Uri | undefined {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === policyScheme ? documentOf(uri) : undefined;
}

/** Asks for an instance, and whose policy of it. Throws Cancelled. */
export async function pickPolicy({ arms, pickInstance }: PickPolicyParts): Promise<vscode.Uri> {
  const instance = await pickInstance();
  const name = instanceTitle(instance);
  const [apis, products] = await whenLong(plain(l10n.t('Reading the APIs and products of {0}', name)), async ({ signal }) => {
    const arm = await arms(instance);
    const list = async (path: string, kind: Entry['kind']): Promise<readonly Entry[]> => entriesOf(arm.pages(path, { signal }), kind);
    return [await list(below(instance.id, '/apis'), 'api'), await list(below(instance.id, '/products'), 'product')] as const;
  });
  const chosen = await askChoice<Entry | undefined>(
    plain(l10n.t('Edit Which Policy of {0}?', name)),
    plain(l10n.t('Policies of an operation are offered after its API')),
    [
      { icon: 'symbol-interface', label: plain(l10n.t('All APIs')), value: undefined },
      ...apis.map((entry): Choice<Entry> => ({
        icon: 'symbol-interface', label: plain(entry.title), description: plain(`/${entry.path ?? ''}`), value: entry,
      })),
      ...products.map((entry): Choice<Entry> => ({
        icon: 'gift', label: plain(entry.title), description: plain(l10n.t('product')), value: entry,
      })),
    ],
  );
  if (chosen === undefined) return policyUri(instance, { kind: 'all' }, []);
  if (chosen.kind === 'product') return policyUri(instance, { kind: 'product', product: chosen.name }, [chosen.title]);
  const operations = await whenLong(plain(l10n.t('Reading the operations of {0}', chosen.title)), async ({ signal }) =>
    entriesOf((await arms(instance)).pages(below(instance.id, '/apis', chosen.name, 'operations'), { signal }), 'operation'));
  const operation = await askChoice<Entry | undefined>(
    plain(l10n.t('Edit Which Policy of {0}?', chosen.title)),
    plain(l10n.t('That of the API holds for all of its operations')),
    [
      { icon: 'symbol-interface', label: plain(l10n.t('All Operations')), value: undefined },
      ...operations.map((entry): Choice<Entry> => ({
        icon: 'symbol-method', label: plain(entry.title), description: plain(`${entry.method ?? ''} ${entry.path ?? ''}`), value: entry,
      })),
    ],
  );
  return operation === undefined
    ? policyUri(instance, { kind: 'api', api: chosen.name }, [chosen.title]) : policyOfOperation(instance, chosen, operation);
}

function policyOfOperation(instance: ApimInstance, api: Entry, operation: Entry): vscode.Uri {
  return policyUri(instance, { kind: 'operation', api: api.name, operation: operation.name }, [api.title, operation.title]);
}

function policyUri(instance: ApimInstance, scope: PolicyScope, titles: readonly string[]): vscode.Uri {
  return vscode.Uri.from({ scheme: policyScheme, ...partsOfPolicy(instance, scope, titles) });
}

async function entriesOf(pages: AsyncIterable<readonly unknown[]>, kind: Entry['kind']): Promise<readonly Entry[]> {
  const all: Entry[] = [];
  for await (const page of pages) {
    all.push(...page.flatMap((json) => readEntry(kind, json) ?? []));
    if (all.length >= mostOffered) break;
  }
  return all;
}
