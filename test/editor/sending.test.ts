// What arrives at a service when a request is sent: from which file, as which text, in which form, and to whom.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { messages, nameOf, open, run, saidNothing, setServices, setSetting, shownAnswer, tidy, writeFile } from './support/editor';
import { answer, labels, leave, question } from './support/questions';
import { sendTo, services } from './support/sending';
import { goodRequest, servicePath, startService, tableAnswer } from './support/service';
import { watched } from './support/watched';

describe('sending', () => {
  afterEach(tidy);

  describe('a request', () => {
    it('is posted as the contract says, with the text of the file byte for byte', async () => {
      const [alpha] = await services(1);
      const text = goodRequest.replace('39', 'Größe 12 €, 1e400, "\\u0041"'.replaceAll('"', '\\"'));
      await sendTo('Alpha', await writeFile(text));
      assert.equal(alpha?.received.length, 1);
      const [came] = alpha?.received ?? [];
      assert.equal(came?.method, 'POST');
      assert.equal(came?.url, `${servicePath}/execute?api-version=2.0&details=true`);
      assert.equal(came?.headers['content-type'], 'application/json; charset=utf-8');
      assert.equal(came?.headers['content-length'], String(Buffer.byteLength(text)));
      assert.equal(came?.headers.authorization, undefined);
      assert.equal(came?.body, text);
      assert.equal(shownAnswer().status, 200);
      assert.deepEqual(shownAnswer().tables[0]?.rows, [{ number: 0, cells: ['Größe 12 €, 1e400, "A"', '0.50'] }]);
      saidNothing();
    });

    it('with row objects and comments is sent without the comments, in the form that takes row objects', async () => {
      const [alpha] = await services(1);
      await sendTo('Alpha', await writeFile('// one row\n{ "Inputs": { "input1": [ { "age": 39.10, /* unknown */ "name": null, }, ] } }', 'jsonc'));
      assert.equal(alpha?.received[0]?.url, `${servicePath}/execute?api-version=2.0&format=swagger`);
      assert.equal(alpha?.received[0]?.body, '{"Inputs":{"input1":[{"age":39.10,"name":null}]}}');
    });

    it('with row objects goes to a gateway that does not take them in the other form, the next time at once', async () => {
      const gateway = await startService((response, request) => {
        if (request.url.includes('format=swagger')) response.writeHead(404).end('{ "statusCode": 404, "message": "Resource not found" }');
        else tableAnswer(response, request);
      });
      const address = gateway.address.replace(servicePath, `/churn${servicePath}`);
      await setServices({ name: 'Gate', address });
      const file = await writeFile('{ "Inputs": { "input1": [ { "age": 39.10 } ] } }');
      await sendTo('Gate', file);
      await run('sendToRrs', file);
      const forms = gateway.received.map(({ url }) => url.replace(`/churn${servicePath}/execute?api-version=2.0&`, ''));
      assert.deepEqual(forms, ['details=true&format=swagger', 'details=true', 'details=true']);
      assert.equal(gateway.received[2]?.body, '{"Inputs":{"input1":{"ColumnNames":["age"],"Values":[[39.10]]}}}');
      assert.equal(shownAnswer().status, 200);
    });

    it('is sent as it stands in the editor, saved or not', async () => {
      await setSetting('files.autoSave', 'off');
      const [alpha] = await services(1);
      const file = await writeFile(goodRequest);
      const editor = await open(file);
      await editor.edit((change) => change.replace(new vscode.Range(0, 0, 1, 0), goodRequest.replace('39', '40')));
      assert.equal(editor.document.isDirty, true);
      await sendTo('Alpha', file);
      assert.equal(alpha?.received[0]?.body, goodRequest.replace('39', '40'));
      assert.equal(editor.document.isDirty, true);
      assert.equal(Buffer.from(await vscode.workspace.fs.readFile(file)).toString(), goodRequest);
    });

    it('is sent from an editor that was never saved', async () => {
      const [alpha] = await services(1);
      const document = await vscode.workspace.openTextDocument({ language: 'json', content: goodRequest });
      await vscode.window.showTextDocument(document);
      const running = run('sendToRrs');
      await answer(`Send ${nameOf(document.uri)} to`, 'Alpha');
      await running;
      assert.equal(document.isUntitled, true);
      assert.equal(alpha?.received[0]?.body, goodRequest);
    });

    it('is the clicked one, not the active editor\'s', async () => {
      const [alpha] = await services(1);
      await open(await writeFile(goodRequest));
      await sendTo('Alpha', await writeFile(goodRequest.replace('39', '41')));
      assert.deepEqual(alpha?.received.map(({ body }) => body), [goodRequest.replace('39', '41')]);
    });

    it('loses the mark at the beginning of its file that some programs write', async () => {
      const [alpha] = await services(1);
      await sendTo('Alpha', await writeFile(`\uFEFF${goodRequest}`));
      assert.equal(alpha?.received[0]?.body, goodRequest);
    });

    it('that is not UTF-8 is not sent, and the file is named', async () => {
      const [alpha] = await services(1);
      const file = await writeFile('');
      await vscode.workspace.fs.writeFile(file, Buffer.from(goodRequest.replace('39', 'Größe'), 'latin1'));
      await run('sendToRrs', file);
      assert.equal(messages()[0]?.text, `"${nameOf(file)}" is not written in UTF-8. Open it in an editor with its encoding ("Reopen with Encoding") and send it from there.`);
      assert.deepEqual(alpha?.received, []);
    });

    it('of a file that is gone is not sent, and the file is named', async () => {
      const [alpha] = await services(1);
      const file = vscode.Uri.joinPath(await writeFile(goodRequest), '..', 'never-written.json');
      await run('sendToRrs', file);
      assert.deepEqual(messages().map(({ text }) => text), ['"never-written.json" is no longer there.']);
      assert.deepEqual(alpha?.received, []);
    });
  });

  describe('several requests', () => {
    it('are sent one after another, in the order of the selection, after one question', async () => {
      const [alpha] = await services(1);
      const ages = ['1', '2', '3'];
      const files = await Promise.all(ages.map((age) => writeFile(goodRequest.replace('39', age))));
      const [first] = files;
      assert.ok(first);
      await sendTo('Alpha', first, files);
      assert.deepEqual(alpha?.received.map(({ body }) => body), ages.map((age) => goodRequest.replace('39', age)));
      assert.equal(shownAnswer().source, nameOf(files[2] ?? first));
      const questions = watched.questions.length;
      await run('sendToRrs', first, files);
      assert.equal(watched.questions.length, questions);
      assert.equal(alpha?.received.length, 6);
      saidNothing();
    });

    it('are only the JSON files of the selection', async () => {
      const [alpha] = await services(1);
      const [first, other, second] = [await writeFile(goodRequest), await writeFile('no request', 'txt'), await writeFile(goodRequest, 'jsonc')];
      const folder = vscode.Uri.joinPath(first, '..');
      const running = run('sendToRrs', first, [first, other, folder, second]);
      await answer('Send 2 files to', 'Alpha');
      await running;
      assert.equal(alpha?.received.length, 2);
      saidNothing();
    });

    it('are left alone where another file was clicked', async () => {
      const [alpha] = await services(1);
      const selected = [await writeFile(goodRequest.replace('39', '1')), await writeFile(goodRequest.replace('39', '2'))];
      const clicked = await writeFile(goodRequest.replace('39', '3'));
      const running = run('sendToRrs', clicked, selected);
      await answer(`Send ${nameOf(clicked)} to`, 'Alpha');
      await running;
      assert.deepEqual(alpha?.received.map(({ body }) => body), [goodRequest.replace('39', '3')]);
    });

    it('of which some have a service are asked for the others only', async () => {
      const [alpha, beta] = await services(2);
      const files = [await writeFile(goodRequest), await writeFile(goodRequest.replace('39', '40')), await writeFile(goodRequest.replace('39', '41'))];
      const [first] = files;
      assert.ok(first);
      await sendTo('Alpha', first);
      const running = run('sendToRrs', first, files);
      await answer('Send 2 files to (the other file has its service)', 'Beta');
      await running;
      assert.deepEqual([alpha?.received.length, beta?.received.length], [2, 2]);
    });

    it('are all kept back where one of them is no request', async () => {
      const [alpha] = await services(1);
      const files = [await writeFile(goodRequest), await writeFile('{ "Inputs": 7 }')];
      const [first] = files;
      assert.ok(first);
      await run('sendToRrs', first, files);
      assert.equal(messages().length, 1);
      assert.deepEqual(alpha?.received, []);
    });
  });

  describe('the service of a file', () => {
    it('is asked for once, with all services and the sample on offer', async () => {
      const [, beta] = await services(2);
      const file = await writeFile(goodRequest);
      const running = run('sendToRrs', file);
      const asked = await answer(`Send ${nameOf(file)} to`, 'Beta');
      await running;
      assert.deepEqual(labels(asked), ['Alpha', 'Beta', 'Sample service', 'Add a service…']);
      const questions = watched.questions.length;
      await run('sendToRrs', file);
      assert.equal(watched.questions.length, questions);
      assert.equal(beta?.received.length, 2);
    });

    it('can be chosen without sending, and chosen again', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      for (const name of ['Alpha', 'Beta']) {
        const choosing = run('chooseService', file);
        const asked = await answer(`Service for ${nameOf(file)}`, name);
        await choosing;
        // What is chosen already stands first, so that Enter changes nothing.
        assert.equal(labels(asked)[0], 'Alpha');
        assert.equal(/chosen now/.test(JSON.stringify(asked.choices)), name === 'Beta');
        assert.deepEqual([alpha?.received.length, beta?.received.length], name === 'Alpha' ? [0, 0] : [1, 0]);
        await run('sendToRrs', file);
      }
      assert.deepEqual([alpha?.received.length, beta?.received.length], [1, 1]);
    });

    it('that was removed gets nothing when its request is sent again', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      await sendTo('Alpha', file);
      await run('sendAgain');
      await setServices({ name: 'Beta', address: beta?.address ?? '' });
      await run('sendAgain');
      assert.deepEqual(messages().map(({ text }) => text), ['"Alpha" has been removed, so nothing was sent to it. Choose another service for the request, or add it again.']);
      assert.deepEqual([alpha?.received.length, beta?.received.length], [2, 0]);
    });

    it('is asked for again when it is no longer in the settings', async () => {
      const [alpha, beta] = await services(2);
      const file = await writeFile(goodRequest);
      await sendTo('Alpha', file);
      await setServices({ name: 'Beta', address: beta?.address ?? '' });
      await sendTo('Beta', file);
      assert.deepEqual([alpha?.received.length, beta?.received.length], [1, 1]);
    });

    it('starts the sample when that is chosen', async () => {
      await setServices();
      const file = await writeFile(goodRequest.replace('age', 'Col2'));
      await sendTo('Sample service', file);
      assert.equal(shownAnswer().status, 200);
      assert.equal(shownAnswer().tables[0]?.columns.filter(({ group }) => group === 'Came back').length, 8);
      await run('stopSample');
      await run('sendToRrs', file);
      assert.equal(shownAnswer().status, 200);
    });

    it('is not remembered where the question was left', async () => {
      const [alpha] = await services(1);
      const file = await writeFile(goodRequest);
      const running = run('sendToRrs', file);
      await leave(await question(`Send ${nameOf(file)} to`));
      await running;
      await sendTo('Alpha', file);
      assert.equal(alpha?.received.length, 1);
    });
  });
});
