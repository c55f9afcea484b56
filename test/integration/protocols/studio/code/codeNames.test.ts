// Names that stand in a program's comments change nothing of what the interpreter reads.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { besCode, rrsCode } from '../../../../../src/protocols/studio/code/code';
import { describeLanguages, runProgram, serviceAt } from './codePrograms';

// Compilers and interpreters take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

// Read as GBK, the last byte of the character takes the backslash behind it along, and the quote ends the literal.
const names = ['Scoring, encoding: gbk', 'coding=gbk', '-*- coding: gbk -*-'];
const hostile = `日'+str(print("BROKEN"))#`;

let folder: string;
let server: Server;
let address: string;
let seen: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'code-names-'));
  server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push(body);
      response.end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  address = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/workspaces/a/services/b`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

describeLanguages((language) => `a program in ${language}`, (language) => {
  it.each(names)('sends its body as it is, whatever its service is called: %s', async (name) => {
    seen = [];
    const ran = await runProgram(language, rrsCode(language, { service: serviceAt(address, name), body: hostile }), folder, { AZUREML_SERVICE_KEY: 'k' });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).not.toContain('BROKEN');
    expect(seen).toEqual([hostile]);
  });
});

describeLanguages(() => 'the texts in a program in Python', () => {
  it.each(names)('are those that were put in, for a request and for a job: %s', (name) => {
    const service = serviceAt(address, name);
    const parametersJson = JSON.stringify({ a: hostile });
    const programs: readonly (readonly [string, string])[] = [
      [rrsCode('python', { service, body: hostile }), hostile], [besCode('python', { service, job: { inputs: [{ port: name }, { port: hostile }], outputs: [hostile], parametersJson } }) ?? '', parametersJson],
    ];
    for (const [program, expected] of programs) {
      const file = join(folder, 'read.py');
      writeFileSync(file, program);
      const reader = 'import ast, json, sys\nprint(json.dumps([node.value for node in ast.walk(ast.parse(open(sys.argv[1], "rb").read())) if isinstance(node, ast.Constant) and isinstance(node.value, str)]))';
      expect(JSON.parse(execFileSync('python3', ['-c', reader, file], { encoding: 'utf8' }))).toContain(expected);
    }
  });
}, ['python']);
