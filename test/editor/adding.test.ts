// Adding a service from a text, and where its keys go: into the secret store, to its own address, and nowhere else.

import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerPanel, fileUri, forgetMessages, messages, nameOf, open, run, saidNothing, savedServices, sendHere, setServices, shownAnswer, tidy, writeFile } from './support/editor';
import { answer, labels, leave, question } from './support/questions';
import { goodRequest, servicePath, startService } from './support/service';
import { until } from './support/until';

const dataFolder = process.env['EDITOR_TEST_DATA_DIR'] ?? '';

const newKey = (): string => randomBytes(64).toString('base64');

/** What a person copies from a service's page. */
const page = (name: string, address: string, key: string): string => `Service name: ${name}\nRequest URI: ${address}/execute?api-version=2.0&details=true\nAPI key: ${key}\n`;

/** Adds a service with what stands in a text, and answers the last question with Save. */
async function add(text: string): Promise<unknown> {
  const running = run('addService', text);
  await answer('Add Service', 'Save');
  return running;
}

describe('adding services', () => {
  beforeEach(() => setServices());
  afterEach(tidy);

  describe('adding a service from a text', () => {
    it('saves name and address, and gives the address back', async () => {
      const address = `https://scoring.example.test${servicePath}`;
      assert.equal(await add(page('Churn', address, newKey())), address);
      assert.deepEqual(messages(), [{ kind: 'information', text: 'Churn is added.', modal: false, buttons: ['New Request…'] }]);
      assert.deepEqual(savedServices(), [{ name: 'Churn', address }]);
    });

    it('shows what will be saved, and no key in it', async () => {
      const key = newKey();
      const running = run('addService', page('Churn', `https://scoring.example.test${servicePath}`, key));
      const asked = await question('Add Service');
      assert.deepEqual(labels(asked), ['Save', 'Address', 'Name', 'API key', 'Subscription key']);
      assert.equal(JSON.stringify(asked.choices).includes(key), false);
      assert.match(JSON.stringify(asked.choices), /; saved to the secret store/);
      // Its name in the text, its length and its last four characters tell which key it is.
      assert.ok(JSON.stringify(asked.choices).includes(`given: 88 characters, ending in ${key.slice(-4)}; \\"API key\\" of the text`));
      await leave(asked);
      assert.equal(await running, undefined);
      assert.deepEqual(savedServices(), []);
    });

    it('shows what to know of it besides, and goes on from there', async () => {
      const running = run('addService', `Service name: Churn\nhttps://europewest.services.azureml.net${servicePath}\nAnother: https://scoring.example.test${servicePath.replaceAll('b2', 'c3')}\nAPI key: ${newKey()}`);
      await leave(await question('Add Service: API key'));
      await running;
      const again = run('addService', `Service name: Churn\nhttps://europewest.services.azureml.net${servicePath}\nAPI key: ${newKey()}`);
      const asked = await answer('Add Service', 'Note');
      assert.match(JSON.stringify(asked.choices), /31 August 2024/);
      await leave(await question('Add Service'));
      await again;
      assert.deepEqual(savedServices(), []);
    });

    it('goes back to the overview when address and name are accepted as they are, and keeps the key', async () => {
      const key = newKey();
      const { address, received } = await startService();
      const running = run('addService', page('Churn', address, key));
      for (const line of ['Address', 'Name']) {
        await answer('Add Service', line);
        assert.equal((await answer('Add Service')).kind, 'text');
      }
      await answer('Add Service', 'Save');
      await running;
      assert.deepEqual(savedServices(), [{ name: 'Churn', address }]);
      await open(await writeFile(goodRequest));
      await sendHere(address);
      assert.equal(received[0]?.headers.authorization, `Bearer ${key}`);
    });

    it('hides the key while it is typed, and saves nothing when that is left', async () => {
      const running = run('addService', page('Churn', `https://scoring.example.test${servicePath}`, newKey()));
      await answer('Add Service', 'API key');
      const key = await question('Add Service: API key');
      assert.equal(key.secret, true);
      await leave(key);
      await running;
      saidNothing();
      assert.deepEqual(savedServices(), []);
    });

    it('asks for the key that the text does not hold, and takes an empty answer', async () => {
      const address = `https://scoring.example.test${servicePath}`;
      const running = run('addService', `Service name: Churn\n${address}`);
      await answer('Add Service: API key');
      await answer('Add Service', 'Save');
      await running;
      assert.deepEqual(savedServices(), [{ name: 'Churn', address }]);
    });

    it('says under which name a service is there already', async () => {
      const address = `https://scoring.example.test${servicePath}`;
      await add(page('Churn', address, newKey()));
      forgetMessages();
      await run('addService', `Service name: Other\n${address}`);
      assert.deepEqual(messages().map(({ text }) => text), ['This service is there already, as "Churn". Its name and its keys can be changed in the tree.']);
      assert.deepEqual(savedServices(), [{ name: 'Churn', address }]);
    });

    it('is offered where a service is asked for, and leaving it leaves all', async () => {
      const file = await writeFile(goodRequest);
      const running = run('sendToRrs', file);
      await answer(`Send ${nameOf(file)} to`, 'Add a service…');
      const paste = await question('Add Service');
      assert.equal(paste.kind, 'text');
      await leave(paste);
      await running;
      saidNothing();
    });
  });

  describe('the API key', () => {
    it('of a service that is there already is replaced only after a yes', async () => {
      const key = newKey();
      const { address, received } = await startService();
      await add(page('Churn', address, key));
      forgetMessages();
      // VS Code shows no modal dialog to tests: the extension gets no yes.
      await run('addService', page('Churn', address, newKey()));
      assert.deepEqual(messages()[0], { kind: 'warning', text: '"Churn" is there already. Replace its keys by those that you pasted?', modal: true, buttons: ['Replace'] });
      await open(await writeFile(goodRequest));
      await sendHere(address);
      assert.equal(received[0]?.headers.authorization, `Bearer ${key}`);
    });

    it('goes to its service as a bearer token, and is masked in what is shown', async () => {
      const key = newKey();
      const service = await startService((response) => response.end(JSON.stringify({ youSent: key })));
      await add(page('Churn', service.address, key));
      await open(await writeFile(goodRequest));
      await sendHere(service.address);
      assert.equal(service.received[0]?.headers.authorization, `Bearer ${key}`);
      assert.match(shownAnswer().body?.text ?? '', /^\{"youSent":/);
      assert.equal(JSON.stringify(answerPanel().toPage).includes(key), false);
    });

    it('is in no setting and in no file that VS Code writes', async () => {
      const key = newKey();
      const service = await startService();
      await add(page('Churn', service.address, key));
      await open(await writeFile(goodRequest));
      await sendHere(service.address);
      assert.equal(service.received.length, 1);
      assert.equal(JSON.stringify(savedServices()).includes(key), false);
      const files = [...filesIn(dataFolder), ...filesIn(fileUri('.').fsPath)];
      const settings = files.find((file) => file.endsWith(join('User', 'settings.json')));
      assert.ok(settings && readFileSync(settings, 'utf8').includes(service.address), 'the search misses the settings');
      assert.deepEqual(files.filter((file) => readFileSync(file).includes(key)), []);
    });

    it('does not follow a changed address, and is there again with the old one', async () => {
      const key = newKey();
      const [first, second] = [await startService(), await startService()];
      await add(page('Churn', first.address, key));
      const file = await writeFile(goodRequest);
      await open(file);
      await setServices({ name: 'Churn', address: second.address });
      await sendHere(second.address);
      assert.equal(second.received.length, 1);
      assert.equal(second.received[0]?.headers.authorization, undefined);
      await setServices({ name: 'Churn', address: first.address });
      await sendHere(first.address);
      assert.equal(first.received[0]?.headers.authorization, `Bearer ${key}`);
    });

    it('is kept for a gateway beside the subscription key, each in its own header', async () => {
      const [key, subscription] = [newKey(), randomBytes(16).toString('hex')];
      const service = await startService();
      const address = service.address.replace(servicePath, `/churn${servicePath}`);
      await add(`Service name: Gate\ncurl -X POST "${address}/execute?api-version=2.0" -H "Authorization: Bearer ${key}" -H "X-Office-Subscription-Key: ${subscription}" -d "{}"`);
      assert.deepEqual(savedServices(), [{ name: 'Gate', address, subscriptionKeyHeader: 'X-Office-Subscription-Key' }]);
      await open(await writeFile(goodRequest));
      await sendHere(address);
      assert.equal(service.received[0]?.headers.authorization, `Bearer ${key}`);
      assert.equal(service.received[0]?.headers['x-office-subscription-key'], subscription);
      assert.equal(JSON.stringify(answerPanel().toPage).includes(subscription), false);
    });
  });

  // VS Code writes log files where its log writer could be built; without them there is nothing to look at.
  if (process.env['EDITOR_TEST_LOG_FILES'] === 'yes') {
    describe('the log', () => {
      it('has the calls, and neither key nor body', async () => {
        const key = newKey();
        const service = await startService();
        await add(page('Churn', service.address, key));
        await open(await writeFile(goodRequest.replace('39', 'a-very-private-value')));
        await sendHere(service.address);
        assert.match(service.received[0]?.body ?? '', /a-very-private-value/);
        const line = new RegExp(`POST 127\\.0\\.0\\.1:${service.port}${servicePath}/execute 200 \\d+ ms`);
        const logs = (): { file: string; text: string }[] => filesIn(join(dataFolder, 'data', 'logs')).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
        await until('the call is in the log', () => logs().some(({ text }) => line.test(text)));
        assert.deepEqual(logs().filter(({ text }) => text.includes(key) || text.includes('a-very-private-value')).map(({ file }) => file), []);
      });
    });
  }

  /** All files below a folder. */
  function filesIn(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }
});
