// `npm run inspect`: the command itself, what it prints of tables, requests and answers, and what it says about a wrong command line.

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { InspectFolder } from './inspectTools';

const folder = new InspectFolder();
const root = join(import.meta.dirname, '../../..');

describe('the command', () => {
  it('runs through npm with a file of the folder that the person is in, and prints JSON only', async () => {
    writeFileSync(join(folder.path, 'own.csv'), 'a,b\n1,x\n');
    const isWindows = process.platform === 'win32';
    const args = ['--prefix', root, 'run', '--silent', 'inspect', '--', 'table', 'own.csv'];
    const { stdout } = await promisify(execFile)(isWindows ? 'npm.cmd' : 'npm', args, { cwd: folder.path, shell: isWindows });
    expect(JSON.parse(stdout)).toMatchObject({ format: 'csv', rows: 1 });
  });

  it.each([
    [[], 'Say what kind of file it is.'],
    [['picture', 'own.csv'], '"picture" is no kind of file that can be inspected.'],
    [['constructor', 'own.csv'], '"constructor" is no kind of file that can be inspected.'],
    [['table'], 'Name a file.'],
    [['table', 'own.csv', 'other.csv'], 'Name one file only.'],
    [['table', 'nowhere.csv'], 'There is no file "nowhere.csv".'],
    [['table', 'sub'], '"sub" is no file.'],
    [['paste', 'own.csv', '--sort', 'a'], 'Only a table takes --sort.'],
    [['answer', 'own.csv', '--status', '500'], 'Only an error takes --status.'],
    [['error', 'own.csv', '--status', 'many'], '--status takes a number from 100 to 599.'],
    [['error', 'own.csv'], 'An error takes --status N, the HTTP status that it came with.'],
    [['table', 'own.csv', '--sideways'], '--sideways'],
  ])('says what is wrong with %j, and how it is used', async (args, sentence) => {
    writeFileSync(join(folder.path, 'own.csv'), 'a,b\n1,x\n');
    mkdirSync(join(folder.path, 'sub'), { recursive: true });
    const { code, stdout, stderr } = await folder.run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('Usage: npm run --silent inspect -- KIND FILE');
  });

  it('ends and prints as the program does, for good and for bad', async () => {
    writeFileSync(join(folder.path, 'own.csv'), 'a,b\n1,x\n');
    for (const args of [['table', 'own.csv'], ['table', 'nowhere.csv']]) {
      const ofProgram = await folder.run(...args);
      expect(await folder.runCommand(...args)).toEqual({ ...ofProgram, code: args[1] === 'own.csv' ? 0 : 2 });
    }
  });
});

describe('table', () => {
  it('prints the columns, the count and the first 20 rows, null for what is empty', async () => {
    const lines = Array.from({ length: 25 }, (_, row) => `${25 - row};"n ${row}"`);
    const report = await folder.report('table', 'many.csv', ['number;name;', ...lines].join('\r\n'));
    expect(report).toMatchObject({
      format: 'csv', encoding: 'utf-8', separator: ';', rows: 25,
      columns: [{ name: 'number', type: 'number' }, { name: 'name', type: 'text' }, { name: '', type: 'text' }],
      notes: expect.arrayContaining(['The cells of this file are parted by semicolons. Services take CSV with commas.']),
    });
    expect(report).toHaveProperty('first.length', 20);
    expect(report).toHaveProperty('first.0', ['25', 'n 0', null]);
  });

  it('prints them in the order of a column', async () => {
    const report = await folder.report('table', 'sorted.tsv', 'id\tvalue\n1\t10\n2\t\n3\t-2\n4\t9\n', '--sort', 'value');
    expect(report).toMatchObject({ format: 'tsv', separator: '\t', first: [['3', '-2'], ['4', '9'], ['1', '10'], ['2', null]] });
  });

  it('prints cells whole and in their own letters', async () => {
    const long = 'ü'.repeat(1000);
    expect(await folder.report('table', 'long.csv', `\uFEFFa,b\n${long},1\n`))
      .toMatchObject({ columns: [{ name: 'a' }, { name: 'b' }], first: [[long, '1']] });
  });

  it('knows no separator of ARFF', async () => {
    const report = await folder.report('table', 'own.arff', '@relation r\n@attribute a numeric\n@attribute b {x,y}\n@data\n1,x\n?,y\n');
    expect(report)
      .toMatchObject({ format: 'arff', separator: null, columns: [{ name: 'a', type: 'number' }, { name: 'b', type: 'text' }], rows: 2 });
  });

  it('tells which columns there are when there is none of that name', async () => {
    expect(await folder.report('table', 'a.csv', 'a,b\n1,2\n', '--sort', 'c'))
      .toEqual({ error: 'The table has no column "c". Its columns are: "a", "b".' });
  });

  it('says what the editor says of a file that is no table, and prints one without rows', async () => {
    expect(await folder.report('table', 'a.txt', 'a,b\n'))
      .toEqual({ error: '"a.txt" is not opened as a table.', advice: 'Files that end in .csv, .tsv or .arff are.' });
    expect(await folder.report('table', 'empty.csv', '')).toMatchObject({ columns: [], rows: 0, first: [] });
  });
});

describe('request', () => {
  it('prints the inputs of both forms', async () => {
    const table = '{"Inputs": {"input1": {"ColumnNames": ["a", "b"], "Values": [["1", "x"], ["2", "y"]]}}, /* 2 */ "GlobalParameters": {}}';
    const columns = [{ name: 'a', type: 'number' }, { name: 'b', type: 'text' }];
    expect(await folder.report('request', 'table.json', table)).toEqual({ form: 'table', inputs: [{ name: 'input1', columns, rows: 2 }] });
    const rows = '{"Inputs": {"input1": [{"a": 1, "b": "x"}]}}';
    expect(await folder.report('request', 'rows.json', rows)).toEqual({ form: 'rows', inputs: [{ name: 'input1', columns, rows: 1 }] });
  });

  it.each(['\n', '\r\n', '\r'])('tells line and column of what is wrong, where lines end in %j', async (end) => {
    const body = ['{"Inputs": {', '  "input1": {"ColumnNames": ["a"],', '    "Values": [["1"], ["2", "3"]]}}}'].join(end);
    const wrong = { error: 'Row 2 of "input1" has 2 values, but there is 1 column name.', line: 3, column: 23 };
    expect(await folder.report('request', 'wrong.json', body)).toMatchObject(wrong);
    expect(await folder.report('request', 'marked.json', `\uFEFF${body}`)).toMatchObject(wrong);
    expect(await folder.report('request', 'first.json', '\uFEFF{"Input": {}}')).toMatchObject({ line: 1, column: 1 });
  });

  it('refuses bytes that are no UTF-8, as the editor does', async () => {
    const bytes = Buffer.from('{"Inputs": {"input1": {"ColumnNames": ["Größe"], "Values": []}}}', 'latin1');
    expect(await folder.report('request', 'latin.json', bytes))
      .toMatchObject({ error: '"latin.json" is not written in UTF-8.', line: null, column: null });
  });
});

describe('answer', () => {
  it('prints the tables of both forms', async () => {
    const value = { ColumnNames: ['a', 'Scored Labels'], ColumnTypes: ['Int32', 'String'], Values: [['1', null], ['2', 'yes']] };
    expect(await folder.report('answer', 'table.json', JSON.stringify({ Results: { output1: { type: 'table', value } } }))).toEqual({
      kind: 'tables', notes: [],
      tables: [{
        name: 'output1', rows: 2, first: [['1', null], ['2', 'yes']],
        columns: [{ name: 'a', type: 'number', serviceType: 'Int32' }, { name: 'Scored Labels', type: 'text', serviceType: 'String' }],
      }],
    });
    const rows = Array.from({ length: 21 }, (_, row) => ({ a: `${row}` }));
    const report = await folder.report('answer', 'rows.json', JSON.stringify({ Results: { output1: rows } }));
    expect(report).toMatchObject({ kind: 'tables', tables: [{ columns: [{ name: 'a', type: 'number' }], rows: 21 }] });
    expect(report).toHaveProperty('tables.0.first.length', 20);
  });

  it('says what kind of thing an answer without tables is', async () => {
    expect(await folder.report('answer', 'other.json', '{"value": 1}'))
      .toMatchObject({ kind: 'otherJson', tables: [], notes: [expect.stringContaining('of another shape')] });
    expect(await folder.report('answer', 'text.json', 'yes'))
      .toMatchObject({ kind: 'notJson', tables: [], notes: [expect.stringContaining('not JSON')] });
    expect(await folder.report('answer', 'none.json', '{"Results": {}}')).toMatchObject({ kind: 'tables', tables: [] });
    expect(await folder.report('answer', 'cut.json', '{"Results": {"output1"'))
      .toMatchObject({ kind: 'notJson', error: expect.stringContaining('breaks off') });
  });

  it('reads the bytes in the character set that the headers name', async () => {
    const body = Buffer.from('{"Results": {"output1": [{"Größe": "1"}]}}', 'latin1');
    const head = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=iso-8859-1\r\n\r\n');
    expect(await folder.report('answer', 'latin.txt', Buffer.concat([head, body])))
      .toMatchObject({ tables: [{ columns: [{ name: 'Größe' }] }] });
  });
});

describe('description', () => {
  const document = {
    swagger: '2.0',
    info: { title: 'Trees' },
    paths: { '/execute?api-version=2.0&format=swagger': { post: { operationId: 'execute', security: [{ api_key: [] }] } } },
    definitions: {
      ExecutionRequest: {
        properties: { Inputs: { properties: { input1: { type: 'array', items: { $ref: '#/definitions/input1Item' } } } } },
        example: { Inputs: { input1: [{ Age: 'VALUE' }] }, GlobalParameters: { Season: 'spring' } },
      },
      input1Item: { properties: { Age: { type: 'integer', format: 'int32' }, Kind: { $ref: '#/definitions/Kind' } } },
    },
  };

  it('prints what was understood, by its places what was not, and the request in each form', async () => {
    const report = await folder.report('description', 'swagger.json', JSON.stringify(document).replace('"VALUE"', '40.10'));
    expect(report).toMatchObject({
      format: 'Swagger 2.0', title: 'Trees', request: 'inputs', outputs: [], moreNotUnderstood: 0,
      operations: [{ method: 'POST', path: '/execute', query: ['api-version=2.0', 'format=swagger'], id: 'execute', secured: true }],
      inputs: [{ name: 'input1', type: 'object[]', columns: [{ name: 'Age', type: 'integer', format: 'int32' }, { name: 'Kind' }], rows: [['40.10', null]] }],
      parameters: [{ name: 'Season', example: '"spring"' }],
      notUnderstood: [{
        path: '$.definitions.input1Item.properties.Kind.$ref',
        notes: 'It refers to "#/definitions/Kind", which is not in the description.',
      }],
    });
    expect(report).toHaveProperty('requests.rows', expect.arrayContaining(['        "Age": 40.10, // integer (int32)']));
    expect(report).toHaveProperty('requests.table', expect.arrayContaining(['        [40.10, ""]']));
  });

  it('says of what is none that nothing was understood', async () => {
    expect(await folder.report('description', 'page.html', '<html></html>')).toMatchObject({
      format: null, request: 'unknown', operations: [], requests: {}, notUnderstood: [{ path: '$', notes: expect.stringContaining('no JSON') }],
    });
    expect(await folder.report('description', 'latin.json', Buffer.from('{"a":"\xe4"}', 'latin1'))).toEqual({
      error: '"latin.json" is not written in UTF-8.', advice: expect.any(String),
    });
  });
});
