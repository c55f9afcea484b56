// A context key that says whether something is so, which menus and steps of the walkthrough ask for.

import * as vscode from 'vscode';

/**
 * Gives the function that tells the editor whether it is so; the same answer twice is told once. The first is told in any case: what was set
 * before an extension host started again is still there.
 */
export function contextFlag(key: string): (so: boolean) => void {
  let told: boolean | undefined;
  return (so) => {
    if (so === told) return;
    told = so;
    void vscode.commands.executeCommand('setContext', key, so);
  };
}
