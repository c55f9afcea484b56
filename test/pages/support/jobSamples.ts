// Jobs in every state for the tests of the job page; names, ids and times are made up.

import type { JobView, ResultHead, ResultView, ToJobPage } from '../../../src/features/jobs/messages';
import type { TableView } from '../../../src/model/view';
import { grid, iris } from './samples';

const t0 = Date.UTC(2026, 4, 12, 8, 3, 59);
const storage = 'https://contosodata.blob.core.windows.net/batch';

const running: JobView = {
  title: 'customers-2026-05.csv', service: 'Churn, weekly', address: 'https://ussouthcentral.services.azureml.net', id: '539d0bc2fde945b6ac986b851d0000f0',
  look: 'running', state: 'Running', notes: [], elapsedMs: 192_000, running: true,
  timeline: [{ label: 'Created', at: t0 }, { label: 'Uploaded', at: t0 + 42_000 }, { label: 'Submitted', at: t0 + 44_000 }, { label: 'Started', at: t0 + 45_000 }, { label: 'Finished' }],
  inputs: [{ port: 'input1', source: 'customers-2026-05.csv', place: `${storage}/customers-2026-05/7f8f0a3e.csv`, bytes: 26_214_400 }],
  outputs: [{ name: 'output1', place: `${storage}/customers-2026-05/output1.csv` }, { name: 'model', place: `${storage}/customers-2026-05/model.ilearner` }],
  parameters: [{ name: 'Threshold', value: '0.5' }, { name: 'Database password', value: '••••••••' }],
  history: [{ at: t0 - 86_400_000, text: 'Made' }, { at: t0 + 44_000, text: 'Submitted as 539d0bc2fde945b6ac986b851d0000f0' }, { at: t0 + 45_000, text: 'Started' }, { at: t0 + 61_000, text: 'Running' }],
  actions: ['checkNow', 'copyId', 'copyStatus', 'openBody', 'cancel'],
};

/** A job that runs unless `parts` say otherwise. */
export function job(parts: Partial<JobView> = {}): JobView {
  return { ...running, nextLookMs: 12_000, ...parts };
}

/** A job that went well. */
export function finished(parts: Partial<JobView> = {}): JobView {
  return {
    ...running, look: 'finished', state: 'Finished', running: false, elapsedMs: 3_802_000,
    timeline: [...running.timeline.slice(0, -1), { label: 'Began to run', at: t0 + 43_000 }, { label: 'Finished', at: t0 + 3_845_000 }],
    outputs: running.outputs.map((output, result) => ({ ...output, result })),
    actions: ['download', 'runAgain', 'copyId', 'copyStatus', 'openBody', 'cleanUp', 'delete'],
    ...parts,
  };
}

/** The results of such a job. */
export const heads: readonly ResultHead[] = [{ name: 'output1', file: 'output1.csv' }, { name: 'model', file: 'model.ilearner' }];

/** A table of which more can be read. */
export function tableView(parts: Partial<TableView> = {}): ResultView {
  return { kind: 'table', view: { ...grid(10_003, 6), reading: { readBytes: 268_435_456, totalBytes: 524_288_000, state: 'paused' }, ...parts } };
}

/** The message about a job. */
export function about(view: JobView | undefined, results: readonly ResultHead[] = [], parts: { readonly key?: string; readonly open?: number } = {}): ToJobPage {
  return { type: 'job', key: 'k1', job: view, results, ...parts };
}

const whole = 'Module: Reader; requestId = d605052f-63ea-4549-9ae0-fe8159fe02db errorComponent=Module. taskStatusCode=400. {"Exception":{"ErrorId":"LibraryException","ErrorCode":"1000","ExceptionType":"ModuleException","Message":"Error 1000: AFx Library library exception: All rows must have same number of elements"}}Error: Error 1000: AFx Library library exception: All rows must have same number of elements Process exited with error code -2';

/** A job that failed. */
export const failed: JobView = {
  ...running,
  look: 'failed', state: 'Failed', running: false, outputs: [], details: whole, actions: ['runAgain', 'copyId', 'copyStatus', 'cleanUp', 'delete'],
  problem: { sentence: 'All rows must have same number of elements', advice: 'Look for a row with more or fewer cells than the head has.', detail: 'Module: Reader\nCode: 1000\nRequest ID: d605052f-63ea-4549-9ae0-fe8159fe02db', actions: ['showLog', 'retry', 'openJob'] },
  timeline: [{ label: 'Created', at: t0 }, { label: 'Submitted', at: t0 + 44_000 }, { label: 'Started', at: t0 + 45_000 }, { label: 'Failed', at: t0 + 90_000 }],
};

const longName = `An exceptionally long name of a file that somebody chose to give it, with_no_blanks_in_some_of_its_very_long_words_at_all ${'x'.repeat(80)}.csv`.slice(0, 200);
const minimal: JobView = { title: 'customers.csv', service: 'S', address: 'https://h', look: 'waiting', state: 'Not submitted', notes: [], running: false, timeline: [{ label: 'Created', at: t0 }, { label: 'Submitted' }, { label: 'Started' }, { label: 'Finished' }], inputs: [], outputs: [], parameters: [], history: [], actions: ['carryOn', 'delete'] };

/** Every state by name: the messages that bring it about. */
export const jobStates: Readonly<Record<string, readonly ToJobPage[]>> = {
  gone: [about(undefined)],
  prepared: [about(minimal)],
  uploading: [about({ ...minimal, look: 'running', state: 'Uploading', actions: ['stopUpload'], timeline: [{ label: 'Created', at: t0 }, { label: 'Uploaded', underWay: true }, { label: 'Submitted' }, { label: 'Started' }, { label: 'Finished' }], inputs: job().inputs, upload: { file: 'customers-2026-05.csv', doneBytes: 9_437_184, totalBytes: 26_214_400, bytesPerSecond: 1_258_291, remainingMs: 13_300 } })],
  notKnown: [about({ ...minimal, look: 'attention', state: 'Not known', actions: ['submitAnew', 'openBody', 'delete'], notes: ['The answer to the submission was lost. The service may hold a job that was never started: it does nothing and costs nothing.', 'Submit Anew makes another job from the same inputs. Delete forgets this one here.'] })],
  running: [about(job())],
  paused: [about(job({ look: 'attention', state: 'Running, checks paused', nextLookMs: 11_520_000, notes: ['The quota at the gateway is used up, so the status is not asked for. The job itself goes on. The next check comes by itself.'], problem: { sentence: 'The gateway contoso.azure-api.net says that the quota is used up.', detail: 'Out of call volume quota. Quota will be replenished in 03:12:00.', actions: ['retry', 'setSubscriptionKey'] } }))],
  failed: [about(failed)],
  finished: [about(finished(), heads)],
  reading: [about(finished(), heads, { open: 0 }), { type: 'result', index: 0, result: { kind: 'reading' } }],
  table: [about(finished(), heads, { open: 0 }), { type: 'result', index: 0, result: tableView() }],
  cut: [about(finished(), heads, { open: 0 }), { type: 'result', index: 0, result: { kind: 'table', view: { ...iris, reading: { readBytes: 1_310_720, totalBytes: 524_288_000, state: 'failed', problem: { sentence: 'The file has changed since its first rows were read.', advice: 'What is shown is from before. Read it anew to see what it holds now.', actions: ['retry'] } } } } }],
  unread: [about(finished(), heads, { open: 0 }), { type: 'result', index: 0, result: { kind: 'failed', problem: { sentence: 'contosodata.blob.core.windows.net could not be reached.', advice: 'Check the network and the proxy settings.', actions: ['retry', 'openNetworkSettings'] } } }],
  model: [about(finished(), heads, { open: 1 }), { type: 'result', index: 1, result: { kind: 'file', note: 'This is a trained model, not a table.' } }],
  wordy: [about(finished({
    title: longName, service: longName, id: 'f'.repeat(200), state: 'A status that no contract knows and that is rather long, checks paused', look: 'attention', notes: [longName],
    inputs: [{ port: longName, source: longName, place: `${storage}/${longName}`, bytes: 1 }], outputs: [{ name: longName, place: `${storage}/${longName}`, result: 0 }],
    parameters: [{ name: longName, value: longName.repeat(5) }], history: [{ at: t0, text: longName.repeat(3) }], problem: { sentence: longName, detail: longName, advice: longName, actions: ['setServiceKey', 'openNetworkSettings', 'showLog'] }, details: longName.repeat(40),
  }), [{ name: longName, file: longName }, { name: `${longName} too`, file: longName }])],
};
