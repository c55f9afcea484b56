// The view of services: it opens, its keyboard commands act on what is selected in it, and refreshing asks each service.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { run, saidNothing, setServices, tidy } from './support/editor';
import { anyQuestion, leave } from './support/questions';
import { servicePath, startService } from './support/service';
import { until } from './support/until';

describe('the tree', () => {
  afterEach(tidy);

  const view = 'azuremlWebServices.services';

  describe('the view of services', () => {
    it('opens without a word, with services and without', async () => {
      await setServices();
      await vscode.commands.executeCommand(`${view}.focus`);
      await setServices({ name: 'Alpha', address: `https://scoring.example.test${servicePath}` });
      await vscode.commands.executeCommand(`${view}.focus`);
      saidNothing();
    });

    it('knows what is selected in it', async () => {
      await setServices({ name: 'Alpha', workspace: 'Office', address: `https://scoring.example.test${servicePath}` });
      let tries = 0;
      await until('the workspace is selected', async () => {
        // The list takes keys only once it is drawn.
        await vscode.commands.executeCommand(`${view}.focus`);
        await vscode.commands.executeCommand('list.focusFirst');
        // Where another test has stopped the sample, the line that says so stands first.
        if (tries % 2 === 1) await vscode.commands.executeCommand('list.focusDown');
        tries += 1;
        await vscode.commands.executeCommand('list.select');
        const renaming = run('renameSelected');
        const asked = await anyQuestion();
        await leave(asked);
        await renaming;
        return asked.title === 'Rename Workspace';
      });
      saidNothing();
    });

    it('asks each service whether it is there, and sends no key and no request', async () => {
      const [alpha, beta] = [await startService(), await startService((response) => response.writeHead(500).end())];
      const gone = await startService();
      await gone.stop();
      await setServices({ name: 'Alpha', address: alpha.address }, { name: 'Beta', address: beta.address }, { name: 'Gone', address: gone.address });
      await run('refresh');
      for (const { received } of [alpha, beta]) {
        assert.deepEqual(received.map(({ method, url, headers }) => [method, url, headers.authorization]), [['GET', `${servicePath}/swagger.json`, undefined]]);
      }
      saidNothing();
    });
  });
});
