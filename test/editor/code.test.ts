// Copying calls as code, and the page of a service, in the editor.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { ToServicePage } from '../../src/features/code/messages';
import { messages, open, run, saidNothing, sendHere, setServices, tidy, writeFile } from './support/editor';
import { anyQuestion, answer, labels, leave } from './support/questions';
import { goodRequest, servicePath, startService } from './support/service';
import { until } from './support/until';
import { watched, type WatchedPanel } from './support/watched';

const address = `https://host.example${servicePath}`;
const alpha = { name: 'Alpha', address };
const title = 'Copy as Code';

const copied = (): Thenable<string> => vscode.env.clipboard.readText();

describe('Copy as Code', () => {
  beforeEach(async () => {
    await setServices(alpha);
    await vscode.env.clipboard.writeText('nothing yet');
  });
  afterEach(tidy);

  it('copies the request in the editor in the language of choice, says so, and opens it', async () => {
    await open(await writeFile(`// a day\n${goodRequest}`, 'jsonc'));
    const running = run('copyCode', address);
    await answer(title, 'Request-response');
    await answer(title, 'Python');
    await running;
    const code = await copied();
    assert.match(code, /^# Sends a request to the service "Alpha"/m);
    assert.ok(code.includes(`${address}/execute?api-version=2.0&details=true`));
    assert.ok(code.includes('"ColumnNames":["age"],"Values":[["39"]]'), 'the request is not in it');
    assert.ok(!code.includes('a day'), 'the comment is in it');
    assert.deepEqual(messages(), [{ kind: 'information', text: 'Copied the request to "Alpha" as Python code. It takes the keys from environment variables.', modal: false, buttons: ['Open in Editor'] }]);
    await until('the code is open', async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return vscode.window.activeTextEditor?.document.isUntitled === true;
    });
    const { document } = vscode.window.activeTextEditor ?? assert.fail('no editor');
    assert.equal(document.getText(), code);
    assert.equal(document.languageId, 'python');
  });

  it('offers the language that was chosen last first', async () => {
    for (const language of ['PowerShell', 'C#']) {
      const running = run('copyCode', { address, requestBody: goodRequest });
      await answer(title, language);
      await running;
    }
    const running = run('copyCode', { address, requestBody: goodRequest });
    const asked = await anyQuestion();
    assert.deepEqual(labels(asked), ['C#', 'cURL', 'Python', 'R', 'JavaScript', 'PowerShell']);
    await leave(asked);
    await running;
  });

  it('copies an exchange with what looked secret left out, and says so', async () => {
    const running = run('copyCode', { address, source: 'a.json', requestBody: '{"Inputs":{"input1":[{"a":1.10}]},"GlobalParameters":{"pwd":"0815"}}' });
    await answer(title, 'JavaScript');
    await running;
    const code = await copied();
    assert.ok(code.includes('format=swagger') && code.includes('[{"a":1.10}]') && code.includes('What looked like a secret'));
    assert.ok(!code.includes('0815'));
  });

  it('copies a batch job with the names of its inputs, and its parameters as they are shown', async () => {
    const job = { service: alpha, inputs: [{ port: 'left' }, { port: 'right' }], outputs: [], parameters: [{ name: 'Depth', value: '3' }] };
    const running = run('copyCode', { kind: 'job', job });
    await answer(title, 'cURL');
    await running;
    const code = await copied();
    for (const words of ['jobs=\'', '"left":', '"right":', 'AZUREML_INPUT_SAS_URL_2', '{"Depth":"3"}']) assert.ok(code.includes(words), words);
  });

  it('copies the last request to a service where the editor has none, and its shape where none was sent', async () => {
    const service = await startService();
    await setServices({ name: 'Beta', address: service.address });
    await open(await writeFile('{"no":"request"}'));
    const copyNow = async (): Promise<string> => {
      const running = run('copyCode', service.address);
      await answer(title, 'Request-response');
      await answer(title, 'R');
      await running;
      return copied();
    };
    assert.match(await copyNow(), /shows the shape only/);
    await open(await writeFile(goodRequest));
    await sendHere(service.address);
    await open(await writeFile('{"no":"request"}'));
    const code = await copyNow();
    assert.ok(code.includes('"ColumnNames": ["age"]') && !code.includes('shows the shape only'));
  });

  it('asks for no way where there is one only, and says when the service is gone', async () => {
    await setServices({ name: 'Short', address: 'https://host.example/score' });
    const running = run('copyCode', 'https://host.example/score');
    await answer(title, 'Python');
    await running;
    assert.ok((await copied()).includes("URL = 'https://host.example/score'"));
    await run('copyCode', { address, requestBody: goodRequest });
    assert.deepEqual(messages().slice(1), [{ kind: 'error', text: 'The service is no longer in the sidebar, so there is no call to write. Add it again, or start the sample service.', modal: false, buttons: [] }]);
  });
});

describe('Copy as Code of an exchange whose request was not kept', () => {
  afterEach(tidy);

  it('copies nothing, and says why', async () => {
    await setServices(alpha);
    await vscode.env.clipboard.writeText('nothing yet');
    await run('copyCode', { address, source: 'big.json', requestBody: '' });
    assert.equal(await copied(), 'nothing yet');
    assert.deepEqual(messages().map(({ text }) => text), ['The request "big.json" is not in the history, as it was too large to be kept. Open its file and copy that as code.']);
  });
});

describe('the page of a service', () => {
  afterEach(tidy);

  const panels = (): readonly WatchedPanel[] => watched.panels.filter(({ viewType }) => viewType === 'azuremlWebServices.service');
  const told = (): ToServicePage | undefined => {
    const all: readonly unknown[] = panels().at(-1)?.toPage ?? [];
    return all.at(-1) as ToServicePage | undefined;
  };

  it('opens, says that it is ready, and is used again for another service', async () => {
    const beta = { name: 'Beta', address: 'https://host.example/score' };
    await setServices(alpha, beta);
    const before = panels().length;
    await run('showServicePage', address);
    await until('the page is ready', () => panels().at(-1)?.fromPage.some(({ type }) => type === 'ready') === true);
    assert.deepEqual(told()?.ways.map(({ name, codes }) => [name, codes.length]), [['Request-response', 6], ['Batch', 6]]);
    assert.equal(panels().at(-1)?.panel.title, 'How to Call Alpha');
    await run('showServicePage', beta.address);
    assert.equal(panels().length, before + 1);
    assert.deepEqual([told()?.name, told()?.ways.length], ['Beta', 1]);
    saidNothing();
  });

  it('is told of what changes in its own service, and of no other', async () => {
    await setServices(alpha);
    await run('showServicePage', address);
    await until('the page is ready', () => panels().at(-1)?.fromPage.some(({ type }) => type === 'ready') === true);
    await setServices({ ...alpha, name: 'Alpha 1' });
    await until('the page knows', () => told()?.name === 'Alpha 1');
    const before = panels().at(-1)?.toPage.length ?? 0;
    await setServices({ ...alpha, name: 'Alpha 1' }, { name: 'Gamma', address: 'https://host.example/score' });
    await setServices({ ...alpha, name: 'Alpha 2' });
    await until('the page knows', () => told()?.name === 'Alpha 2');
    assert.equal(panels().at(-1)?.toPage.length, before + 1);
  });

  it('is told when its service is gone', async () => {
    await setServices(alpha);
    await run('showServicePage', address);
    await setServices();
    await until('the page knows', () => told()?.ways.length === 0);
  });
});
