// What the tests of the page of a test show, and the editor's side of it.

import { noTest } from '../../../src/features/tryIt/test/testSession';
import type { FromTestPage, TestAnswer, TestState } from '../../../src/features/tryIt/test/messages';
import { TestRequest } from '../../../src/features/tryIt/test/testRequest';
import type { DescribedColumn, ServiceDescription } from '../../../src/protocols/description';
import { requestValues } from '../../../src/protocols/studio/requestValues';
import type { AnswerPage, Harness, OpenOptions } from './harness';
import { single } from './samples';

/** A described column. */
export const column = (name: string, parts: Partial<DescribedColumn> = {}): DescribedColumn => ({
  name, type: 'string', nullable: false, required: false, choices: [], moreChoices: 0, ...parts,
});

/** A description with these inputs. */
export function describing(inputs: Readonly<Record<string, readonly DescribedColumn[]>>, parameters: readonly DescribedColumn[] = []): ServiceDescription {
  return {
    operations: [], request: 'inputs', inputs: Object.entries(inputs).map(([name, columns]) => ({ name, columns, rows: [] })), parameters, outputs: [],
    notUnderstood: [], moreNotUnderstood: 0,
  };
}

/** A description with a column of each kind. */
export const flat = describing({
  input1: [
    column('Kind', { choices: ['"oak"', '"fir"'], about: 'What grows there.' }),
    column('Height', { type: 'number', format: 'double', nullable: true, least: { value: '0', exclusive: false }, greatest: { value: '120.5', exclusive: false } }),
    column('Age', { type: 'integer', format: 'int32', required: true }), column('Alive', { type: 'boolean' }),
    column('Planted', { format: 'date' }), column('Seen', { format: 'date-time', nullable: true }), column('Note', { nullable: true }),
  ],
}, [column('Season', { choices: ['"spring"', '"autumn"'] }), column('Password')]);
/** A request that fits it. */
export const flatText = `{"Inputs":{"input1":[{"Kind":"oak","Height":4.50,"Age":40,"Alive":true,"Planted":"1976-07-31","Seen":null,"Note":"Stands\\nby itself"}]},
  "GlobalParameters":{"Season":"spring","Password":"hush-hush"}}`;
/** A request that nobody has described. */
export const goodDay = '{"Inputs":{"input1":{"ColumnNames":["Col1","Col2"],"Values":[["0","This is a good day"]]}},"GlobalParameters":{}}';

/** The editor's side, as the session has it. */
export class Editor {
  readonly request: TestRequest;
  private began = 1;
  turn = 0;

  constructor(text: string, description?: ServiceDescription) {
    this.request = new TestRequest({ valuing: requestValues, description, kept: new Map() }, text);
  }

  state(more: Partial<TestState> = {}): TestState {
    const { form, text, why, hasForm } = this.request;
    return {
      ...noTest, service: 'https://h.example/s', title: 'Tree heights', workspace: 'Forest', way: 'https://h.example/s', turn: this.turn,
      filled: this.began * 100_000 + this.request.filled,
      ...(form ? { form } : { json: { text, hasForm, ...(why === undefined ? {} : { why }) } }), ...more,
    };
  }

  /** Does what the page has asked for since. */
  async take(page: AnswerPage, from = 0): Promise<readonly FromTestPage[]> {
    const sent = (await page.sent()).slice(from).flatMap((message) => (isOfTest(message) ? [message] : []));
    for (const message of sent) {
      if (message.type === 'edit') this.request.edit(message.edit);
      if (message.type === 'asJson') this.request.asJson();
      if (message.type === 'asForm') this.request.asForm();
      if (message.type === 'text') [this.turn] = [message.turn, this.request.type(message.text)];
    }
    return sent;
  }
}

function isOfTest(message: Awaited<ReturnType<AnswerPage['sent']>>[number]): message is FromTestPage {
  return ['edit', 'asJson', 'asForm', 'text', 'send', 'sample', 'openFile', 'openAnswer', 'refresh', 'stop', 'way', 'action'].includes(message.type);
}

/** An answer. */
export const answer = (parts: Partial<TestAnswer> = {}): TestAnswer => ({
  key: 'a', status: 200, statusText: 'OK', startedAt: new Date(2026, 10, 30, 14, 0).getTime(), durationMs: 22, tables: [single], text: '', notes: [], ...parts,
});

/** Opens the page with what an editor has. */
export async function openTest(harness: Harness, editor: Editor, more: Partial<TestState> = {}, options: OpenOptions = {}): Promise<AnswerPage> {
  const page = await harness.open(options);
  await page.tell(editor.state(more));
  return page;
}
