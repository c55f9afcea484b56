// What the commands do to services: names, headers, the clipboard, checks, and that nothing is removed without a yes.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { forgetMessages, messages, run, saidNothing, savedServices, setServices, setSetting, tidy } from './support/editor';
import { answer, labels, question } from './support/questions';
import { servicePath, startService } from './support/service';
import { until } from './support/until';

const alpha = { name: 'Alpha', address: `http://127.0.0.1:9${servicePath}` };
const beta = { name: 'Beta', address: `https://scoring.example.test${servicePath}` };

/** Adds Alpha with both keys. */
async function addWithKeys(): Promise<void> {
  await setServices();
  const running = run('addService', `Service name: Alpha\n${alpha.address}\nAPI key: ${'k'.repeat(86)}==\nOcp-Apim-Subscription-Key: ${'5'.repeat(32)}\n`);
  await answer('Add Service', 'Save');
  await running;
  forgetMessages();
}

describe('services and workspaces', () => {
  afterEach(tidy);

  describe('a service', () => {
    it('gets the name that is accepted, without the blanks around it', async () => {
      await setServices(alpha, { ...beta, name: ' Beta  ' });
      const running = run('renameService');
      await answer('Rename Service', ' Beta  ');
      await answer('Rename Service');
      await running;
      saidNothing();
      assert.deepEqual(savedServices(), [alpha, beta]);
    });

    it('gets the subscription key header that is accepted', async () => {
      await setServices(alpha, beta);
      const running = run('setSubscriptionKeyHeader', beta.address);
      await answer('Subscription key header of Beta');
      await running;
      assert.deepEqual(savedServices(), [alpha, { ...beta, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' }]);
    });

    it('is asked for with all services but the sample', async () => {
      await run('startSample');
      await setServices(alpha, beta);
      const running = run('setServiceKey');
      const asked = await answer('Set the API key of which service?', 'Beta');
      assert.deepEqual(labels(asked), ['Alpha', 'Beta', 'Add a service…']);
      const key = await question('Set the API key of Beta');
      assert.equal(key.secret, true);
      assert.equal(key.over, false);
      await tidy();
      await running;
    });

    it('is copied by address and by id', async () => {
      await setServices(alpha, beta);
      const node = { kind: 'service', service: { address: beta.address } };
      await run('copyAddress', node);
      assert.equal(await vscode.env.clipboard.readText(), beta.address);
      await run('copyServiceId', node);
      assert.equal(await vscode.env.clipboard.readText(), 'b2'.repeat(16));
    });

    it('that is not there any more is asked for', async () => {
      await setServices(alpha);
      const running = run('copyAddress', { kind: 'service', service: { address: beta.address } });
      await answer('Copy Address', 'Alpha');
      await running;
      assert.equal(await vscode.env.clipboard.readText(), alpha.address);
    });
  });

  describe('a workspace', () => {
    it('gets the name that is accepted, at each of its services', async () => {
      const second = { ...alpha, name: 'Second', address: alpha.address.replaceAll('b2', 'c3') };
      await setServices(alpha, beta, second);
      const running = run('renameWorkspace');
      const asked = await answer('Rename Workspace');
      assert.deepEqual(labels(asked), ['127.0.0.1:9', 'scoring.example.test']);
      await answer('Rename Workspace');
      await running;
      const workspace = '127.0.0.1:9';
      assert.deepEqual(savedServices(), [{ ...alpha, workspace }, beta, { ...second, workspace }]);
    });

    it('is copied by its id', async () => {
      await setServices({ ...alpha, workspace: 'Office' });
      const running = run('copyWorkspaceId');
      await answer('Copy Workspace ID', 'Office');
      await running;
      assert.equal(await vscode.env.clipboard.readText(), 'a1'.repeat(16));
    });
  });

  describe('a check', () => {
    it('says that a service answers', async () => {
      const service = await startService();
      await setServices({ name: 'Alpha', address: service.address });
      await run('checkService', service.address);
      assert.deepEqual(messages().map(({ kind, text }) => [kind, text]), [['information', `Alpha: 127.0.0.1:${service.port} answers and knows the service.`]]);
      assert.deepEqual(service.received.map(({ method, url }) => [method, url]), [['GET', `${servicePath}/swagger.json`]]);
    });

    it('warns where nobody answers', async () => {
      const service = await startService();
      await service.stop();
      await setServices({ name: 'Alpha', address: service.address });
      await run('checkService', service.address);
      assert.deepEqual(messages().map(({ kind, text }) => [kind, text]), [['warning', `Alpha: 127.0.0.1:${service.port} refused the connection.`]]);
    });
  });

  describe('what cannot be taken back', () => {
    // VS Code shows no modal dialog to tests: the extension gets no yes.
    for (const id of ['removeService', 'forgetServiceKey', 'forgetSubscriptionKey'] as const) {
      it(`${id} is not done without a yes to a modal question`, async () => {
        await addWithKeys();
        await run(id, alpha.address);
        const [asked] = messages();
        assert.equal(asked?.kind, 'warning');
        assert.equal(asked.modal, true);
        assert.match(asked.text, /"Alpha"\?$/);
        assert.deepEqual(savedServices(), [alpha]);
      });
    }

    for (const [id, name] of [['forgetServiceKey', 'API key'], ['forgetSubscriptionKey', 'subscription key']] as const) {
      it(`${id} says so when there is none`, async () => {
        const keyless = { name: 'Keyless', address: beta.address.replace('scoring', 'keyless') };
        await setServices(keyless);
        await run(id, keyless.address);
        assert.deepEqual(messages().map(({ text }) => text), [`No ${name} is set for "Keyless".`]);
      });
    }

    it('removeWorkspace is not done without a yes to a modal question', async () => {
      await setServices({ ...alpha, workspace: 'Office' }, beta);
      await run('removeWorkspace', { kind: 'workspace', workspace: { address: alpha.address.replace(/\/services.*/, '') } });
      assert.deepEqual(messages()[0], { kind: 'warning', text: 'Remove workspace "Office"?', modal: true, buttons: ['Remove'] });
      assert.deepEqual(savedServices(), [{ ...alpha, workspace: 'Office' }, beta]);
    });
  });

  describe('a setting that is no list', () => {
    it('is left as it is, and a button opens the settings', async () => {
      await setSetting('azuremlWebServices.services', { not: 'a list' });
      const running = run('addService', `Service name: Alpha\n${alpha.address}\nAPI key: ${'k'.repeat(86)}==`);
      await answer('Add Service', 'Save');
      await running;
      const [message] = messages();
      assert.equal(message?.text, 'The setting "azuremlWebServices.services" is not a list, so nothing can be added to it. Correct it in the settings.');
      assert.deepEqual(message.buttons, ['Open Settings']);
      assert.deepEqual(savedServices(), { not: 'a list' });
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      await until('the settings are open', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Settings');
    });
  });
});
