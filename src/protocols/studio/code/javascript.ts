// Programs in JavaScript for Node.js that use nothing but what comes with it.

import { lines, literal } from './literals';
import { requestFile, timeLimitSeconds, type BesProgram, type CallProgram, type KeyPlace, type ProgramBody } from './program';

const quoted = (text: string): string => literal('javascript', text);
const importing = (name: string, from: string): string => `import { ${name} } from 'node:${from}';`;

/** A program that sends one request and prints the answer. */
export function javascriptCall({ method, url, keys, headers, body, contentType, comments }: CallProgram): string {
  const all = body.kind === 'none' ? headers : [{ name: 'Content-Type', value: contentType }, ...headers];
  const given = all.map(({ name, value }) => `, ${memberName(name)}: ${quoted(value)}`).join('');
  return `${comments.map((each) => `// ${each}`).join('\n')}
${body.kind === 'file' ? `\n${importing('readFile', 'fs/promises')}\n` : ''}
const url = ${quoted(url)};

${calling}
async function run() {
  const keys = {};
${keyLines(keys)}
  const request = ${requestOf(body)};

  const answer = await call(${quoted(method)}, url, { ...keys${given} }, request);
  console.log(await checked(answer));
}

${ending}`;
}

/** `__proto__` as a name in a literal would set another thing. */
function memberName(name: string): string {
  return name === '__proto__' ? `[${quoted(name)}]` : quoted(name);
}

function requestOf(body: ProgramBody): string {
  switch (body.kind) {
    case 'file':
      return `await readFile(${quoted(requestFile)}).catch((error) => fail(${quoted(`${requestFile} cannot be read: `)} + error.message))`;
    case 'text':
      return lines('javascript', body.text, 4);
    case 'none':
      return 'undefined';
    default:
      return body satisfies never;
  }
}

/** A program that runs a batch job and saves its results. */
export function javascriptBes(program: BesProgram): string {
  const { jobs, version, keys, single, inputs, outputs, parameters, pollSeconds, comments } = program;
  const inputLines = inputs.map(
    ({ port, variable, file }) => `  inputs.push([${quoted(port)}, await blob(${quoted(variable)}, ${quoted(file)})]);\n`,
  );
  const outputLines = outputs.map(({ port, variable }) => `  outputs.push([${quoted(port)}, await blob(${quoted(variable)})]);\n`);
  return `${comments.map((each) => `// ${each}`).join('\n')}

${importing('createWriteStream', 'fs')}
${importing('readFile', 'fs/promises')}
${importing('Readable', 'stream')}
${importing('pipeline', 'stream/promises')}
${importing('setTimeout as sleep', 'timers/promises')}

const jobs = ${quoted(jobs)};
const version = ${quoted(version)};
const pollSeconds = ${pollSeconds};
const timeLimitSeconds = ${timeLimitSeconds};

${calling}
/** The reference to a blob as the service wants it; a file is put there first where one is named. */
async function blob(variable, fileVariable) {
  const address = fromEnvironment(variable, 'the address of a blob with its token');
  const parts = URL.canParse?.(address) === false ? undefined : new URL(address);
  if (!parts || !/^https?:$/.test(parts.protocol) || parts.search === '') {
    fail(variable + ' is not the address of a blob with a token: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME.csv?...');
  }
  const path = fileVariable && process.env[fileVariable];
  if (path) {
    console.log('Uploading ' + path);
    const content = await readFile(path).catch((error) => fail(path + ' cannot be read: ' + error.message));
    const answer = await call('PUT', address, { 'x-ms-blob-type': 'BlockBlob', 'Content-Type': 'application/octet-stream' }, content);
    if (!answer.ok) fail('The storage answered ' + answer.status + ' when the input was uploaded. Check the token of ' + variable + '.');
  }
  return { BaseLocation: parts.origin + '/', RelativeLocation: decodeURIComponent(parts.pathname.replace(/^\\/+/, '')), SasBlobToken: parts.search };
}

async function download(name, reference) {
  const location = (reference.RelativeLocation ?? '').replace(/^\\/+/, '');
  const token = (reference.SasBlobToken ?? '').replace(/^\\?/, '');
  const address = (reference.BaseLocation ?? '').replace(/\\/*$/, '/') + location.split('/').map(encodeURIComponent).join('/') + (token === '' ? '' : '?' + token);
  const path = 'result-' + name.replace(/[^\\w-]/g, '_') + (/\\.[A-Za-z\\d]{1,10}$/.exec(location)?.[0] ?? '');
  if (!/^https?:\\/\\//.test(address)) fail('The output ' + name + ' has no address that can be called.');
  // Without the keys: the storage is not the service.
  const answer = await call('GET', address, {});
  if (!answer.ok) fail('The storage answered ' + answer.status + ' when the output ' + name + ' was fetched.');
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(path)).catch((error) => fail('The output ' + name + ' was not fetched whole: ' + error.message));
  console.log('Saved ' + path);
}

/** Asks until the job is over; the last status. */
async function finished(jobUrl, keys) {
  const deadline = performance.now() + timeLimitSeconds * 1000;
  for (;;) {
    const answer = await call('GET', jobUrl + version, keys);
    let wait = pollSeconds;
    if (answer.status === 429 || answer.status >= 500) {
      const told = answer.headers.get('Retry-After') ?? '';
      if (/^\\d{1,9}$/.test(told)) wait = Math.max(1, Number(told));
      await answer.text();
      console.log('The service is busy (' + answer.status + '); asking again in ' + wait + ' s');
    } else {
      const job = json(await checked(answer), 'The service answered, but not with the status of a job.');
      const status = String(job?.StatusCode ?? job?.['Status Code']);
      switch (status.toLowerCase().replaceAll(' ', '')) {
        case '4':
        case 'finished':
          return job;
        case '2':
        case 'failed':
          return fail('The job failed: ' + (job.Details ?? 'the service does not say why'));
        case '3':
        case 'cancelled':
        case 'canceled':
          return fail('The job was cancelled.');
      }
      console.log('Status: ' + status);
    }
    if (performance.now() + wait * 1000 > deadline) fail('The job is not over within ' + timeLimitSeconds + ' s. It goes on without this program: ' + jobUrl);
    await sleep(wait * 1000);
  }
}

function json(text, otherwise) {
  try {
    return JSON.parse(text);
  } catch {
    return fail(otherwise);
  }
}

async function run() {
  const keys = {};
${keyLines(keys)}
  const inputs = [];
${inputLines.join('')}  const outputs = [];
${outputLines.join('')}  const parts = [];
  if (inputs.length > 0) parts.push(${single ? '\'"Input":\' + JSON.stringify(inputs[0][1])' : '\'"Inputs":\' + JSON.stringify(Object.fromEntries(inputs))'});
  if (outputs.length > 0) parts.push('"Outputs":' + JSON.stringify(Object.fromEntries(outputs)));
  // As text, so that numbers keep their digits.
  parts.push('"GlobalParameters":' + ${quoted(parameters)});
  const body = '{' + parts.join(',') + '}';

  // Not to be repeated without a look: each submission makes another job.
  const submitted = await call('POST', jobs + version, { ...keys, 'Content-Type': 'application/json; charset=utf-8' }, body);
  const id = (await checked(submitted)).trim().replace(/^["']+|["']+$/g, '');
  if (!/^[\\w.~-]{1,200}$/.test(id) || /^\\.+$/.test(id)) fail('The service took the job, but its answer holds no job id.');
  console.log('Submitted job ' + id);
  const jobUrl = jobs + '/' + id;
  await checked(await call('POST', jobUrl + '/start' + version, keys, ''));

  const job = await finished(jobUrl, keys);
  for (const [name, reference] of Object.entries(job.Results ?? {})) await download(name, reference);

  if (process.env.AZUREML_DELETE_JOB === '1') {
    await checked(await call('DELETE', jobUrl + version, keys));
    console.log('Deleted job ' + id);
  }
}

${ending}`;
}

const calling = `/** Ends the program with a sentence for the person. */
class Stop extends Error {}

function fail(sentence) {
  throw new Stop(sentence);
}

function fromEnvironment(name, what) {
  const value = (process.env[name] ?? '').trim();
  if (value === '') fail('Set the environment variable ' + name + ' to ' + what + '.');
  if (!/^[!-~]+$/.test(value)) fail('The environment variable ' + name + ' holds characters that do not belong there.');
  return value;
}

async function call(method, url, headers, body) {
  try {
    // A key must not follow a redirect to another address.
    return await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(300_000) });
  } catch (error) {
    return fail('No answer came from ' + new URL(url).host + ': ' + (error.cause?.message ?? error.message));
  }
}

/** The text of an answer that says yes. */
async function checked(answer) {
  const text = await answer.text().catch((error) => fail('The answer broke off: ' + error.message));
  if (!answer.ok) fail('The service answered ' + answer.status + ': ' + text);
  return text;
}
`;

const ending = `run().catch((error) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
});
`;

function keyLines(keys: readonly KeyPlace[]): string {
  return keys.map(({ variable, what, header, prefix, required }) => {
    const line =
      `keys[${quoted(header)}] = ${prefix === '' ? '' : `${quoted(prefix)} + `}fromEnvironment(${quoted(variable)}, ` +
      `${quoted(what)});\n`;
    return required ? `  ${line}` : `  if (process.env[${quoted(variable)}]) ${line}`;
  }).join('');
}
