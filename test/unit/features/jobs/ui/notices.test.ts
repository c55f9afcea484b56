// What is told at the end of a job, and when nothing is.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tellOfEnd, type NoticeChoice } from '../../../../../src/features/jobs/ui/notices';
import type { Job, JobStatus } from '../../../../../src/model/job';

const told = vi.hoisted(() => new Array<string>());
vi.mock('vscode', () => {
  const show = (kind: string) => (text: string) => {
    told.push(`${kind}: ${text}`);
    return Promise.resolve(undefined);
  };
  return { window: { showInformationMessage: show('information'), showErrorMessage: show('error') } };
});

function ended(status: JobStatus): Job {
  return {
    key: 'k', service: { name: 'Churn', address: 'https://h/p' }, title: 'a.csv', createdAt: 0, inputs: [], outputs: [], parameters: [], startsItself: true, connectionStrings: false,
    step: 'ended', stepAt: 0, history: [], status: { status, text: status, results: [] },
  };
}

const finished = 'information: a.csv has finished on Churn.';
const cancelled = 'information: a.csv was cancelled on Churn.';
const failed = 'error: The service gave no reason. (a.csv on Churn has failed)';

beforeEach(() => {
  told.length = 0;
});

describe('the end of a job', () => {
  it.each<[JobStatus, NoticeChoice, string[]]>([
    ['finished', 'all', [finished]], ['finished', 'failed', []], ['finished', 'none', []],
    ['cancelled', 'all', [cancelled]], ['cancelled', 'failed', []],
    ['failed', 'all', [failed]], ['failed', 'failed', [failed]], ['failed', 'none', []],
  ])('%s, where "%s" are to be told of, out of sight of its page', (status, choice, messages) => {
    tellOfEnd(ended(status), choice, false);
    expect(told).toEqual(messages);
  });

  it.each<JobStatus>(['finished', 'cancelled', 'failed'])('%s is told of by its page alone while that can be seen', (status) => {
    tellOfEnd(ended(status), 'all', true);
    expect(told).toEqual([]);
  });
});
