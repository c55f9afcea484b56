// How jobs look in the tree.

import * as vscode from 'vscode';
import type { JobNode, JobTreeNode } from '../jobNodes';
import type { JobLook } from '../messages';
import { command } from '../../../ui/ids';
import { wholeState } from '../jobText';
import { formatCount, formatDate } from '../../../base/format';
import { code, markdown, md } from '../../../ui/markdown';

const icons: Readonly<Record<JobLook, readonly [icon: string, color?: string]>> = {
  waiting: ['clock'],
  running: ['loading~spin'],
  finished: ['pass', 'testing.iconPassed'],
  failed: ['error', 'testing.iconFailed'],
  cancelled: ['circle-slash'],
  attention: ['warning', 'list.warningForeground'],
};

/** The icon of a job that looks so. */
function jobIcon(look: JobLook): vscode.ThemeIcon {
  const [icon, color] = icons[look];
  return color === undefined ? new vscode.ThemeIcon(icon) : new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

/** The item of a node. */
export function jobTreeItem(node: JobTreeNode): vscode.TreeItem {
  switch (node.kind) {
    case 'job':
      return jobItem(node);
    case 'jobGroup':
      return jobGroupItem(node);
    case 'moreJobs':
      return moreJobsItem(node);
    case 'otherJobs':
      return otherJobsItem(node);
    default:
      return node satisfies never;
  }
}

/** A job: a click opens its page. */
export function jobItem(node: JobNode): vscode.TreeItem {
  const { job, standing, actions, detail, wait } = node;
  const item = new vscode.TreeItem(job.title, vscode.TreeItemCollapsibleState.None);
  item.id = `job ${job.key}`;
  // Which entries the menu has: those that make sense as the job stands.
  item.contextValue = `job ${actions.join(' ')} ${(job.status?.results.length ?? 0) > 0 ? 'openResults' : ''}`;
  item.iconPath = wait !== '' && standing.look === 'running' ? new vscode.ThemeIcon('watch') : jobIcon(standing.look);
  item.description = [standing.state, detail].filter((part) => part !== '').join(' · ');
  item.tooltip = markdown(
    md`**${job.title}**`,
    md`${wholeState(node)}`,
    md`Service: ${job.service.name}`,
    job.id === undefined ? undefined : md`Job ID: ${code(job.id)}`,
    md`Made: ${formatDate(job.createdAt)}`,
    job.step === 'ended' ? md`Ended: ${formatDate(job.endedAt ?? job.stepAt)}` : undefined,
    job.problem && md`${job.problem.sentence}`,
  );
  item.command = { command: command.openJob, title: 'Open Job', arguments: [job.key] };
  item.accessibilityInformation = { label: [`Job ${job.title}`, standing.state, detail, wait].filter((part) => part !== '').join(', ') };
  return item;
}

/** The jobs of one span of days. */
function jobGroupItem({ name, address, jobs, open }: Extract<JobTreeNode, { kind: 'jobGroup' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(name, open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `jobs ${name} ${address}`;
  item.contextValue = 'jobGroup';
  // With it the jobs below stand where those stand that are not over, and further in than their service.
  item.iconPath = new vscode.ThemeIcon('calendar');
  item.description = formatCount(jobs.length);
  item.accessibilityInformation = { label: `${name}, ${formatCount(jobs.length)} ${jobs.length === 1 ? 'job' : 'jobs'}` };
  return item;
}

/** The line below the jobs that are shown, which shows more. */
function moreJobsItem({ address }: Extract<JobTreeNode, { kind: 'moreJobs' }>): vscode.TreeItem {
  const item = new vscode.TreeItem('Show more…');
  item.id = `more ${address}`;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'moreJobs';
  item.command = { command: command.moreJobs, title: 'Show More Jobs', arguments: [address] };
  return item;
}

/** Jobs whose service is not there. */
function otherJobsItem({ jobs }: Extract<JobTreeNode, { kind: 'otherJobs' }>): vscode.TreeItem {
  const item = new vscode.TreeItem('Jobs Without a Service', vscode.TreeItemCollapsibleState.Expanded);
  item.id = 'otherJobs';
  item.contextValue = 'otherJobs';
  item.iconPath = new vscode.ThemeIcon('question');
  item.description = formatCount(jobs.length);
  item.accessibilityInformation = { label: `Jobs Without a Service, ${formatCount(jobs.length)}` };
  item.tooltip =
    'These jobs are not over, but their service was removed, has another address, or is a sample service that has ended. They go on when it is added again.';
  return item;
}
