// The extension is there, starts, and has every command that its package.json promises.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

const extensionId = 'azureml-web-services.azureml-web-services';

/** The ids of the commands in a package.json, read from JSON that nobody has checked yet. */
function declaredCommands(manifest: unknown): string[] {
  const { contributes } = Object(manifest);
  const commands: unknown = contributes?.commands;
  return Array.isArray(commands) ? commands.map((each) => String(each.command)) : [];
}

describe('the extension', () => {
  it('is installed and starts', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command that its package.json declares', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not installed`);
    await extension.activate();
    const declared = declaredCommands(extension.packageJSON);
    assert.notEqual(declared.length, 0, 'package.json declares no command');
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
      'declared, but not registered',
    );
  });
});
