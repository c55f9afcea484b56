// Texts that name several services: a key is taken only where it is beyond doubt that it belongs to the chosen one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEndpoint, retiredHostNote } from '../../../../../src/protocols/studio/endpoint';
import { endpointAddress } from '../../../../../src/protocols/studio/endpointAddress';
import { readPaste } from '../../../../../src/features/services/paste/paste';

const group = 'a1'.repeat(16);
const idA = 'b2'.repeat(16);
const idB = 'c3'.repeat(16);
const a = `https://a.example.com/workspaces/${group}/services/${idA}`;
const b = `https://b.example.com/workspaces/${group}/services/${idB}`;
const keyA = `${'kA9/+z'.repeat(14)}aZ==`;
const keyB = `${'Bb7+/y'.repeat(14)}cX==`;
const gateA = 'a0ffee'.repeat(5) + 'ab';
const gateB = 'c0ffee'.repeat(5) + 'cd';
const helpB = `https://studio.azureml.net/apihelp/workspaces/${group}/webservices/${'d4'.repeat(16)}/endpoints/${idB}/score`;
const unclear = 'The text names several services, and it is not clear whose key it holds. Give the key on its own.';
const two = 'The text names 1 other service too. The first one was taken.';

/** What came out: the address as text, the keys and the notes. */
function read(text: string): object {
  const { endpoint, serviceKey, subscriptionKey, notes } = readPaste(text);
  return { address: endpoint === undefined ? undefined : endpointAddress(endpoint), serviceKey, subscriptionKey, notes };
}

function none(...notes: string[]): object {
  return { address: a, serviceKey: undefined, subscriptionKey: undefined, notes };
}

describe('a key that may be that of another service is left out', () => {
  it.each([
    ['code', `import requests\nurl_a='${a}/execute'\nurl_b='${b}/execute'\nkey_b='${keyB}'\nrequests.post(url_b, headers={'Authorization':'Bearer '+key_b})`],
    ['code in turns', `import requests\nurl_a='${a}'\nkey_b='${keyB}'\nurl_b='${b}'\nkey_a='${keyA}'`],
    ['code in turns, of another language', `const urlA = '${a}';\nconst keyB = '${keyB}';\nconst urlB = '${b}';\nconst keyA = '${keyA}';`],
    ['code with an old line as a comment', `import requests\n# url = '${b}'\n# api_key = '${keyB}'\nurl = '${a}'\napi_key = '${keyA}'`],
    ['two calls', `curl ${a} -H "Authorization: Bearer ${keyA}"\ncurl ${b} -H "Authorization: Bearer ${keyB}"`],
    ['a labelled key', `Service A: ${a}\nService B: ${b}\nKey of B: ${keyB}`],
    ['a subscription key', `Service A: ${a}\nService B: ${b}\nSubscription key: ${gateB}`],
    ['labels that cross', `Service A: ${a}\nKey of B: ${keyB}\nService B: ${b}\nKey of A: ${keyA}`],
    ['keys above their addresses', `Key: ${keyA}\nService A: ${a}\nKey: ${keyB}\nService B: ${b}`],
    ['a key without address in between', `Service A: ${a}\nService B\nKey: ${keyB}\nURL: ${b}\nKey: ${keyA}`],
    ['an empty line in between', `URL: ${a}\n\nKey: ${keyB}\nURL: ${b}\n\nKey: ${keyA}`],
    ['words behind a key', `URL: ${a}\nKey: ${keyB} for B\nURL: ${b}\nKey: ${keyA} for A`],
    ['a sentence on keys', `URL: ${a}\nKey: ${keyA}\nURL: ${b}\nKey: ${keyB}\nSorry, the two keys are mixed up.`],
    ['two keys for each', `URL: ${a}\nPrimary key: ${keyA}\nSecondary key: ${'S'.repeat(86)}==\nURL: ${b}\nPrimary key: ${keyB}\nSecondary key: ${'T'.repeat(86)}==`],
    ['the same service twice', `URL: ${a}\nKey: ${keyA}\nURL: ${b}\nKey: ${keyB}\nURL: ${a}\nKey: ${gateA}${gateA}`],
    ['only one has a key', `URL: ${a}\nKey: ${keyA}\nURL: ${b}`],
    ['many services', `URL: ${a}\nKey: ${keyA}\n${Array.from({ length: 300 }, () => `URL: ${b}\nKey: ${keyB}\n`).join('')}`],
    ['a key that stands everywhere', `URL: ${a}\nKey: ${keyA}\nURL: ${b}\nKey: ${keyB}\n${`${keyB}\n`.repeat(200)}`],
    ['addresses that touch', `${a};${b}\nKey: ${keyB}`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual(none(two, unclear));
  });

  it.each([
    ['one that cannot be used', `Service A: ${a}\nService B: ${b.replace('https', 'http')}\nKey of B: ${keyB}`],
    ['one of which only the path is there', `Service A: ${a}\nPOST /workspaces/${group}/services/${idB}/execute HTTP/1.1\nAuthorization: Bearer ${keyB}`],
    ['a help page', `Service A: ${a}\nHelp of B: ${helpB}\nKey of B: ${keyB}`],
    ['an exact address', `Service A: ${a}\nService B: https://contoso.azure-api.net/models/b\nSubscription key of B: ${gateB}`],
    ['an exact address at any host', `Service A: ${a}\nService B: https://b.example.com/fraud/score\nKey of B: ${keyB}`],
    ['ids in settings', `URL: ${a}\nSERVICE_ID: ${idB}\nAPI_KEY: ${keyB}`],
  ])('the other service is %s', (_name, text) => {
    expect(read(text)).toEqual(none(unclear));
  });

  it.each([
    ['help pages', `${helpB}\n${helpB.replace(idB, idA)}\nKey: ${keyA}`],
    ['ids', `WORKSPACE_ID=${group}\nSERVICE_ID=${idA}\nSERVICE_ID=${idB}\nAPI_KEY=${keyB}`],
  ])('%s that lack a host', (_name, text) => {
    const { missingHost, serviceKey, notes } = readPaste(text);
    expect({ kind: missingHost?.kind, serviceKey, notes }).toEqual({ kind: 'host', serviceKey: undefined, notes: [unclear] });
  });

  it.each([
    ['two hosts', `POST /fraud/one HTTP/1.1\nHost: a.example.com\n\nPOST /fraud/one HTTP/1.1\nHost: b.example.com\nAuthorization: Bearer ${keyB}`],
    ['two paths', `POST /fraud/one HTTP/1.1\nHost: a.example.com\n\nPOST /fraud/two HTTP/1.1\nHost: a.example.com\nAuthorization: Bearer ${keyB}`],
    ['two addresses', `https://a.example.com/one\nhttps://b.example.com/two\nKey: ${keyB}`],
    ['an exact address and ids', `https://a.example.com/one\nPOST /workspaces/${group}/services/${idB}/jobs\nKey: ${keyB}`],
  ])('exact: %s', (_name, text) => {
    expect(read(text)).toMatchObject({ address: 'https://a.example.com/' + (text.includes('/fraud/') ? 'fraud/one' : 'one'), serviceKey: undefined, notes: expect.arrayContaining([unclear]) });
  });

  it('a placeholder stays a placeholder when there is no key at all', () => {
    expect(read(`URL: ${a}\nAPI key: YOUR_API_KEY\nURL: ${b}`)).toEqual(none(two, expect.stringContaining('placeholder')));
    expect(read(`URL: ${a}\nAPI key: YOUR_API_KEY\nURL: ${b}\nAPI key: ${keyB}`)).toEqual(none(two, unclear));
  });
});

describe('queries', () => {
  const taken = expect.stringContaining('taken out');

  it('of another service keep their keys', () => {
    expect(read(`${a}\n${b}?code=${gateB}`)).toEqual(none(two));
    expect(read(`${a}\n${b}?subscription-key=${gateB}`)).toEqual(none(two));
    expect(read(`${a} was announced on https://news.example.org/?code=${gateB}`)).toEqual(none());
  });

  it('of the service itself give theirs', () => {
    expect(read(`${a}?code=${gateA}\n${b}?code=${gateB}`)).toEqual({ address: a, serviceKey: undefined, subscriptionKey: gateA, notes: [taken, two] });
    expect(read(`${a}?subscription-key=${gateA}\n${b}\nSubscription key: ${gateB}`)).toEqual({ address: a, serviceKey: undefined, subscriptionKey: gateA, notes: [taken, two] });
  });
});

describe('address and key in turns', () => {
  it.each([
    ['lines', `Service A: ${a}\nKey: ${keyA}\nService B: ${b}\nKey: ${keyB}`],
    ['one line', `Service A: ${a}, Key: ${keyA}, Service B: ${b}, Key: ${keyB}`],
    ['paragraphs', `Hi Anna, here they are.\n\nFraud\n${a}/execute\nAPI key: ${keyA}\n\nChurn\n${b}/execute\nAPI key: ${keyB}\n\nBest`],
    ['two addresses for each', `A\n${a}/execute\n${a}/jobs\nprimary key ${keyA}\nB\n${b}/execute\n${b}/jobs\nprimary key ${keyB}`],
    ['JSON', JSON.stringify([{ url: a, key: keyA }, { url: b, key: keyB }])],
    ['one key for both', `A: ${a}\nKey: ${keyA}\nB: ${b}\nKey: ${keyA}`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual({ address: a, serviceKey: keyA, subscriptionKey: undefined, notes: [two] });
  });

  it('with subscription keys too', () => {
    const text = `A: ${a}\nKey: ${keyA}\nSubscription key: ${gateA}\nB: ${b}\nKey: ${keyB}\nSubscription key: ${gateB}`;
    expect(read(text)).toEqual({ address: a, serviceKey: keyA, subscriptionKey: gateA, notes: [two] });
    expect(read(text.replace(`\nSubscription key: ${gateA}`, ''))).toEqual({ address: a, serviceKey: keyA, subscriptionKey: undefined, notes: [two, unclear] });
  });
});

describe('one service in several spellings', () => {
  it.each([
    ['its operations and its OData form', `${a.replace('/workspaces', '/odata/workspaces')}\n${a}/execute?api-version=2.0\n${a.toUpperCase().replace('HTTPS', 'https')}/jobs\nKey: ${keyA}`],
    ['its help page', `${helpB.replace(idB, idA)}\n${a}\nKey: ${keyA}`],
    ['a line that only begins like it', `${a.slice(0, -33)}\n${a}\nKey: ${keyA}`],
    ['a link beside it', `See https://gallery.example.com/Predictive-Maintenance-1 and ${a}\nKey: ${keyA}`],
    ['the base that it goes on from', `base: https://a.example.com/\nprefix: https://a.example.com/workspaces/${group}/services\n${a}\nKey: ${keyA}`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual({ address: a, serviceKey: keyA, subscriptionKey: undefined, notes: [] });
  });
});

describe('any text with a service A, a service B and a key that says it is of B', () => {
  const addressB = fc.constantFrom(b, `${b}/execute?api-version=2.0`, `${b}/jobs`, b.replace('https', 'http'), b.replace(idB, idA).replace(group, idB), helpB, 'https://b.azure-api.net/fraud', 'https://b.example.com/churn/score');
  const label = fc.constantFrom('Service B: ', 'B ', 'url_b = ', "url_b='", '', '- ', '* ', '# ', '// ', 'curl ');
  const keyLine = fc.constantFrom(
    `Key of B: ${keyB}`, `key_b = '${keyB}'`, `B_KEY=${keyB}`, `Authorization of B: Bearer ${keyB}`, `headers_b = {"Authorization": "Bearer ${keyB}"}`, `Subscription key of B: ${keyB}`, `# API key for B\n${keyB}`, `Service B\nKey: ${keyB}`, `The key is ${keyB} for B.`, `"keyB": "${keyB}",`,
  );
  const others = fc.array(fc.constantFrom('', 'import requests', 'Hi,', 'using System;', `Key of A: ${keyA}`, `Key: ${keyA}`, `api_key='${keyA}'`, `Service A again: ${a}/jobs`, 'library(httr)', '```'), { maxLength: 5 });

  it('the key never comes with A', () => {
    fc.assert(fc.property(addressB, label, keyLine, others, fc.infiniteStream(fc.nat()), (address, name, key, more, numbers) => {
      const lines = [`Service A: ${a}`, `${name}${address}${name.endsWith("'") ? "'" : ''}`, key, ...more].map((line) => ({ line, order: numbers.next().value })).toSorted((one, then) => one.order - then.order);
      const paste = readPaste(lines.map(({ line }) => line).join('\n'));
      if (paste.endpoint === undefined || endpointAddress(paste.endpoint) !== a) return;
      expect([paste.serviceKey, paste.subscriptionKey]).not.toContain(keyB);
    }), { numRuns: 3000 });
  }, 60_000);
});

describe('hosts that were retired', () => {
  const path = `/workspaces/${group}/services/${idA}`;
  const noteFor = (host: string): string | undefined => {
    const read = parseEndpoint(`https://${host}${path}`);
    return read.ok ? retiredHostNote(read.endpoint) : 'refused';
  };

  it.each(['ussouthcentral.services.azureml.net', 'EuropeWest.Services.AzureML.net', 'x.services.azureml-int.net', 'germanycentral.services.azureml.de', 'japaneast.services.azureml.net:8443', 'japaneast.services.azureml.net.'])('%s', (host) => {
    expect(noteFor(host)).toContain('31 August 2024');
    expect(readPaste(`URL: https://${host}${path}\nKey: ${keyA}`)).toMatchObject({ serviceKey: keyA, notes: [noteFor(host)] });
  });

  it.each(['a.example.com', 'contoso.azure-api.net', 'x.services.azureml.net.example.com', 'xservices.azureml.net.example.com', 'localhost'])('not %s', (host) => {
    expect(noteFor(host)).toBeUndefined();
    expect(readPaste(`URL: https://${host}${path}`).notes).toEqual([]);
  });
});
