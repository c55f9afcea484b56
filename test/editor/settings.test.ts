// Which settings count: the user's own, as they are at the moment, and never a folder's.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { fileUri, nameOf, open, run, saidNothing, sendHere, setServices, setSetting, shownAnswer, tidy, writeFile } from './support/editor';
import { answer, labels, leave, question } from './support/questions';
import { goodRequest, servicePath, startService, tableAnswer } from './support/service';
import { afterwards, until } from './support/until';

describe('settings', () => {
  afterEach(tidy);

  /** What the service picker offers at the moment. */
  async function offered(): Promise<string[]> {
    const file = await writeFile(goodRequest);
    const choosing = run('chooseService', file);
    const asked = await question(`Service for ${nameOf(file)}`);
    await leave(asked);
    await choosing;
    return labels(asked).slice(0, -2);
  }

  /** Writes settings of the folder, and waits until VS Code has read them. */
  async function writeFolderSettings(settings: object): Promise<void> {
    const file = fileUri('.vscode/settings.json');
    afterwards(async () => {
      await vscode.workspace.fs.delete(file);
      await until('the folder has no settings', () => vscode.workspace.getConfiguration('editor').inspect('tabSize')?.workspaceValue === undefined);
    });
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify({ ...settings, 'editor.tabSize': 7 })));
    await until('VS Code has read the settings of the folder', () => vscode.workspace.getConfiguration('editor').inspect('tabSize')?.workspaceValue === 7);
  }

  describe('the services of the user\'s settings', () => {
    it('are offered as soon as they are there, and no longer than that', async () => {
      const address = (letter: string): string => `https://scoring.example.test${servicePath.replaceAll('b2', letter)}`;
      await setServices({ name: 'First', address: address('c3') }, { name: 'Second', address: address('d4'), workspace: 'Office' });
      assert.deepEqual(await offered(), ['First', 'Second']);
      await setServices({ name: 'Second', address: address('d4') });
      assert.deepEqual(await offered(), ['Second']);
      await setServices();
      assert.deepEqual(await offered(), []);
    });

    it('are left out where they cannot be used, without harm to the others', async () => {
      const good = `https://scoring.example.test${servicePath}`;
      await setSetting('azuremlWebServices.services', [
        7, null, {}, { name: 'No address' }, { name: 'Unprotected', address: `http://scoring.example.test${servicePath}` },
        { name: 'Password', address: good.replace('scoring', 'user:password@scoring') }, { name: 'Good', address: good }, { name: 'Twin', address: `${good}/execute?api-version=2.0` },
        { name: 'Odd header', address: good.replaceAll('b2', 'c3'), subscriptionKeyHeader: 'Authorization' },
      ]);
      assert.deepEqual(await offered(), ['Good']);
      saidNothing();
    });

    it('are none where the setting is no list', async () => {
      await setSetting('azuremlWebServices.services', 'nothing useful');
      assert.deepEqual(await offered(), []);
      saidNothing();
    });
  });

  describe('the settings of a folder', () => {
    it('cannot add a service', async () => {
      await setServices({ name: 'Mine', address: `https://scoring.example.test${servicePath}` });
      await writeFolderSettings({ 'azuremlWebServices.services': [{ name: 'Theirs', address: `https://collector.example.test${servicePath}` }] });
      assert.deepEqual(await offered(), ['Mine']);
    });

    it('cannot redirect a service, its keys or its header', async () => {
      const [mine, theirs] = [await startService(), await startService()];
      await setServices({ name: 'Mine', address: mine.address });
      const file = await writeFile(goodRequest);
      const first = run('sendToRrs', file);
      await answer(`Send ${nameOf(file)} to`, 'Mine');
      await first;
      await writeFolderSettings({ 'azuremlWebServices.services': [{ name: 'Mine', address: theirs.address, subscriptionKeyHeader: 'X-Theirs' }] });
      await run('sendToRrs', file);
      assert.deepEqual([mine.received.length, theirs.received.length], [2, 0]);
    });

    it('cannot change how long a call is waited for', async () => {
      const service = await startService((response) => {
        setTimeout(() => response.end('{"Results":{}}'), 400);
      });
      await setServices({ name: 'Mine', address: service.address });
      await open(await writeFile(goodRequest));
      await writeFolderSettings({ 'azuremlWebServices.timeoutSeconds': 0.1 });
      await sendHere(service.address);
      assert.equal(shownAnswer().status, 200);
      await setSetting('azuremlWebServices.timeoutSeconds', 0.1);
      await sendHere(service.address);
      assert.match(shownAnswer().problem?.sentence ?? '', /within 0\.1 seconds/);
    });
  });

  describe('a setting that makes no sense', () => {
    for (const value of ['0', -1, [0]]) {
      it(`such as maxRetries ${JSON.stringify(value)} counts as if it were not set`, async () => {
        const service = await startService((response, request) => {
          if (service.received.length === 1) response.writeHead(503, { 'Retry-After': '0' }).end();
          else tableAnswer(response, request);
        });
        await setServices({ name: 'Mine', address: service.address });
        await setSetting('azuremlWebServices.maxRetries', value);
        await open(await writeFile(goodRequest));
        await sendHere(service.address);
        assert.equal(shownAnswer().status, 200);
        assert.equal(service.received.length, 2);
        saidNothing();
      });
    }
  });
});
