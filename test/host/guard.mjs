// Runs the program that its arguments name, and ends it with its whole process group as soon as standard input closes: a starter that is
// gone, however it went, leaves nothing behind. It has to be started as the leader of a process group.

import { spawn } from 'node:child_process';
import { signalGroup } from './processes.mjs';

const graceMs = 1500;
const helpersMs = 500;
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});

// The request to end is for the whole group; this process stays to see that it is followed.
process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});

let ending = false;
function end() {
  if (!ending) {
    ending = true;
    signalGroup(process.pid, 'SIGTERM');
    setTimeout(() => signalGroup(process.pid, 'SIGKILL'), graceMs);
  }
}
process.stdin.on('error', end);
process.stdin.on('end', end);
process.stdin.on('close', end);
process.stdin.resume();
// Its helpers have been asked to end as well; those that still run after a moment are ended with this process.
child.on('exit', () => setTimeout(() => signalGroup(process.pid, 'SIGKILL'), helpersMs));
