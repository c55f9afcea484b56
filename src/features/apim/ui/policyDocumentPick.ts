// Which policy a command means: that of a line of the sidebar, of the active document, or one that the person picks.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { policyScheme } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { ApimInstance, ArmOf } from '../instance';
import { instanceTitle } from '../nodes';
import { partsOfPolicy } from '../policyDocument/address';
import { scopeOfNode, titlesOfNode } from '../policyLines';
import { askScope, type NamedScope } from './askScope';
import { instanceMeant, readNode } from './meant';
import { documentOf } from './policyDocumentConflicts';

/** What is asked with. */
export interface PickPolicyParts {
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
}

/** The address of the policy that a line of the sidebar has; undefined for other lines and arguments. */
export function policyOfLine(argument: unknown): vscode.Uri | undefined {
  const node = readNode(argument);
  const scope = scopeOfNode(node);
  const instance = instanceMeant(node);
  return scope && instance ? policyUri(instance, { scope, titles: titlesOfNode(node) }) : undefined;
}

/** The document of the argument, or of the active editor, also where it stands in a comparison; undefined where that is no policy. */
export function policyInEditor(argument: unknown): vscode.Uri | undefined {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === policyScheme ? documentOf(uri) : undefined;
}

/** Asks for an instance, and whose policy of it. Throws Cancelled. */
export async function pickPolicy({ arms, pickInstance }: PickPolicyParts): Promise<vscode.Uri> {
  const instance = await pickInstance();
  return policyUri(instance, await askScope(arms, instance, plain(l10n.t('Edit Which Policy of {0}?', instanceTitle(instance)))));
}

function policyUri(instance: ApimInstance, { scope, titles }: NamedScope): vscode.Uri {
  return vscode.Uri.from({ scheme: policyScheme, ...partsOfPolicy(instance, scope, titles) });
}
