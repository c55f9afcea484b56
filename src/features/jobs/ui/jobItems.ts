// How jobs and storages look in the tree.

import * as vscode from 'vscode';
import type { JobLook } from '../messages';
import type { Storage } from '../../../model/storage';
import { command } from '../../../ui/ids';
import { wholeState, whenText } from '../jobText';
import { code, markdown, md } from '../../../ui/markdown';
import type { Node } from '../../services/nodes';

type JobNode = Extract<Node, { kind: 'job' }>;

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
    md`Made: ${whenText(job.createdAt)}`,
    job.problem && md`${job.problem.sentence}`,
  );
  item.command = { command: command.openJob, title: 'Open Job', arguments: [job.key] };
  item.accessibilityInformation = { label: [`Job ${job.title}`, standing.state, detail, wait].filter((part) => part !== '').join(', ') };
  return item;
}

/** The jobs of one span of days. */
export function jobGroupItem({ name, address, jobs, open }: Extract<Node, { kind: 'jobGroup' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(name, open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `jobs ${name} ${address}`;
  item.contextValue = 'jobGroup';
  item.description = String(jobs.length);
  item.accessibilityInformation = { label: `Jobs: ${name}, ${jobs.length}` };
  return item;
}

/** The line below the jobs that are shown, which shows more. */
export function moreJobsItem({ address }: Extract<Node, { kind: 'moreJobs' }>): vscode.TreeItem {
  const item = new vscode.TreeItem('Show more…');
  item.id = `more ${address}`;
  item.contextValue = 'moreJobs';
  item.command = { command: command.moreJobs, title: 'Show More Jobs', arguments: [address] };
  return item;
}

/** Jobs whose service is not there. */
export function otherJobsItem({ jobs }: Extract<Node, { kind: 'otherJobs' }>): vscode.TreeItem {
  const item = new vscode.TreeItem('Jobs of services that are not here', vscode.TreeItemCollapsibleState.Expanded);
  item.id = 'otherJobs';
  item.contextValue = 'otherJobs';
  item.iconPath = new vscode.ThemeIcon('question');
  item.description = String(jobs.length);
  item.tooltip = 'These jobs are not over, but their service was removed, or is a sample service that has ended. They go on when the service is added again.';
  return item;
}

/** The group of storages. */
export function storagesItem({ storages }: Extract<Node, { kind: 'storages' }>): vscode.TreeItem {
  const item = new vscode.TreeItem('Storage Accounts', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = 'storages';
  item.contextValue = 'storages';
  item.iconPath = new vscode.ThemeIcon('database');
  item.description = String(storages.length);
  item.tooltip = 'Where the input of batch jobs is uploaded to';
  item.accessibilityInformation = { label: `Storage Accounts, ${storages.length}` };
  return item;
}

/** One storage. */
export function storageItem(storage: Storage): vscode.TreeItem {
  const item = new vscode.TreeItem(storage.name);
  item.id = `storage ${storage.id}`;
  item.contextValue = storage.local ? 'storage.local' : 'storage';
  item.iconPath = new vscode.ThemeIcon(storage.local ? 'beaker' : storage.container === undefined ? 'database' : 'package');
  item.description = storage.local ? 'runs with the sample service' : new URL(storage.base).host;
  item.accessibilityInformation = { label: `Storage ${storage.name}` };
  item.tooltip = markdown(
    md`**${storage.name}**`,
    md`Address: ${code(storage.base)}`,
    storage.container === undefined ? md`All containers of the account` : md`Container: ${code(storage.container)}`,
    storage.local ? md`Azurite, with its public development account` : md`Its key or token is in the secret store.`,
  );
  return item;
}
