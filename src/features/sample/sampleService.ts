// The sample service as a process of its own: started on demand, shown as a workspace, ended with the editor.

import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Cancelled, messageOf, SampleFailed } from '../../model/errors';
import { Emitter, type Disposable } from '../../model/lifetime';
import type { Workspace } from '../../model/service';
import { plain } from '../../ui/plain';
import { localAccess, readApim, readReadyLine } from './readyLine';
import { SampleFolders, type SampleFolder } from './sampleFolders';
import type { SampleParts } from './sampleParts';
import { endNow, firstLine, FolderInUse, NotInTime } from './sampleProcess';

/** Name of the sample's key in the secret store: made once, so that it stays the same from start to start. */
export const sampleKeySecretName = 'azuremlWebServices.sampleKey';

/** Name of the token of the sample's API Management in the secret store; what the sample keeps on disk can only be read with it. */
export const sampleArmTokenSecretName = 'azuremlWebServices.sampleArmToken';

/** So often a folder that another window has is asked for again, and the pause before each, in milliseconds: about half a minute in all. */
const mostTries = 9;
const triesPauseMs = 1_500;

/** As long as this a page that is gone looks like one that is there. */
const unsureTries = 2;

const longestStartMs = 20_000;

/** Said where its folder cannot be used. */
const inMemoryOnly =
  plain`The sample service has none of its earlier jobs and keeps no new ones: stop it and start it again, or look into the log.`;

/** Said where it ended and nobody has ended it. */
const endedKept = plain`The sample service has ended by itself. Start it again: its jobs are kept, and go on.`;
const endedInMemory = plain`The sample service has ended by itself, and its jobs with it: it kept them in memory only. Start it again to go on.`;

/** Starts and stops the sample. */
export class SampleService implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly folders: SampleFolders;
  private starting: Promise<Workspace> | undefined;
  private child: ChildProcess | undefined;
  /** How often it was told to stop, and how often when its last start began: it is no longer wanted where these differ while it starts. */
  private stops = 0;
  private stopsBefore = 0;
  private current: Workspace | undefined;
  private folder: SampleFolder | undefined;
  /** False while the window's page is gone. */
  private seen = true;
  /** True when it was ended because the window's page was gone. */
  private handedOver = false;

  /** Raised when it has started or ended, whoever ended it. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: SampleParts) {
    this.folders = new SampleFolders(parts.folder, parts.memory);
  }

  /** The sample's workspace while it runs. */
  get workspace(): Workspace | undefined {
    return this.current;
  }

  /** True when its jobs and blobs outlive it: those of the one that runs, or has run last. */
  get keeps(): boolean {
    return this.folder !== undefined;
  }

  /** Starts it, or gives what runs already. Throws SampleFailed with the program's own words. */
  start(): Promise<Workspace> {
    if (this.current) return Promise.resolve(this.current);
    // Told to stop and to start again before it was there: the one that is on its way will not come.
    if (this.starting && this.isUnwanted) {
      const { stops } = this;
      const again = (): Promise<Workspace> => {
        // The last word counts.
        if (stops !== this.stops) throw new Cancelled();
        return this.start();
      };
      return this.starting.then(again, again);
    }
    return (this.starting ??= this.launch().finally(() => (this.starting = undefined)));
  }

  /** Ends it. */
  stop(): void {
    const child = this.child;
    this.stops += 1;
    const ran = this.current !== undefined;
    this.ended(child);
    // One that was still starting is not wanted any more either.
    if (!ran) this.changed.fire();
    child?.kill();
  }

  /**
   * Told when the window's page is gone, and when it is there again. A remote extension host outlives its page by hours; the folder with
   * all jobs goes to the next window, and this one starts the sample again when its page comes back.
   */
  async onSight(seen: boolean): Promise<void> {
    this.seen = seen;
    if (!seen) this.handOver();
    else if (this.handedOver) await this.start();
  }

  dispose(): void {
    const child = this.child;
    // One that waits for its folder is not to come any more.
    this.stops += 1;
    // With the window it ends as it should: nobody is told.
    this.child = undefined;
    child?.kill();
    this.changed.dispose();
  }

  private handOver(): void {
    if (!this.current || !this.keeps) return;
    this.parts.log('The page of this window is gone. The sample service ends, so that the next window has its jobs.');
    this.stop();
    this.handedOver = true;
  }

  private async launch(): Promise<Workspace> {
    this.stopsBefore = this.stops;
    this.handedOver = false;
    const waiting = { enough: false };
    for (const folder of this.folders.ranked()) {
      try {
        const workspace = await (folder.own ? this.launchWhenFree(folder, waiting) : this.launchPatiently(folder));
        if (!this.seen) this.handOver();
        // It runs, whether its folder can be noted or not.
        await this.folders.note(folder).catch((error: unknown) =>
          this.parts.log(`The folder of the sample service could not be noted: ${messageOf(error)}`),
        );
        return workspace;
      } catch (error) {
        if (!(error instanceof SampleFailed)) throw error;
        if (error instanceof FolderInUse) continue;
        this.parts.log(`The sample service cannot keep its jobs on disk: ${error.detail ?? error.message}`);
        const workspace = await this.launchAt(undefined);
        this.parts.warn(inMemoryOnly);
        return workspace;
      }
    }
    return this.launchAt(undefined);
  }

  /**
   * Waits where a window for the same workspace has the folder and its page may be gone: that window gives it back within half a minute.
   * Notes in `waiting` that a person has had enough of it. Throws FolderInUse when the folder is kept, or is not waited for.
   */
  private async launchWhenFree(folder: SampleFolder, waiting: { enough: boolean }): Promise<Workspace> {
    const { clock, whileWaiting, log } = this.parts;
    let started = await this.unlessInUse(folder);
    if (started instanceof FolderInUse && !waiting.enough && (await this.mayBeGivenBack(folder, 0))) {
      log('The folder of the sample service is in use by another window for this workspace, and is waited for.');
      await whileWaiting(async (signal) => {
        for (let tries = 1; tries <= mostTries; tries++) {
          await clock.sleep(triesPauseMs, signal).catch(() => undefined);
          this.goOn();
          waiting.enough = signal.aborted;
          if (waiting.enough) return;
          started = await this.unlessInUse(folder);
          if (!(started instanceof FolderInUse) || !(await this.mayBeGivenBack(folder, tries))) return;
        }
      });
    }
    if (started instanceof FolderInUse) throw started;
    return started;
  }

  /** Who gives it back says so; a page that is gone looks like one that is there at first. */
  private async mayBeGivenBack({ name }: SampleFolder, tries: number): Promise<boolean> {
    const neighbours = (await this.parts.neighbours()).filter(({ sampleFolder }) => sampleFolder === name);
    return tries <= unsureTries ? neighbours.length > 0 : neighbours.some(({ owes }) => owes > 0);
  }

  private unlessInUse(folder: SampleFolder): Promise<Workspace | FolderInUse> {
    return this.launchPatiently(folder).catch((error: unknown) => {
      if (error instanceof FolderInUse) return error;
      throw error;
    });
  }

  /** Once more where a start takes too long, as it may while the computer has much to do: another folder would not have the jobs. */
  private async launchPatiently(folder: SampleFolder): Promise<Workspace> {
    try {
      return await this.launchAt(folder);
    } catch (slow) {
      if (!(slow instanceof NotInTime)) throw slow;
      this.parts.log('The sample service did not start in time, and is started once more.');
      return this.launchAt(folder).catch((error: unknown) => {
        // The slow one still has it.
        throw error instanceof FolderInUse ? slow : error;
      });
    }
  }

  private async launchAt(folder: SampleFolder | undefined): Promise<Workspace> {
    const [key, armToken] = [await this.secret(sampleKeySecretName), await this.secret(sampleArmTokenSecretName)];
    this.goOn();
    const child = fork(this.parts.program, [...(folder === undefined ? [] : ['--folder', folder.path]), '--api-management'], {
      // Only what the program needs: no debugger options, none of the editor's own variables. Windows opens no socket without SystemRoot.
      env: {
        PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], SAMPLE_API_KEY: key, SAMPLE_ARM_TOKEN: armToken,
        ELECTRON_RUN_AS_NODE: '1',
      },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    child.once('exit', () => {
      const ran = child === this.child && this.current !== undefined;
      this.ended(child);
      if (ran) this.parts.warn(this.keeps ? endedKept : endedInMemory);
    });
    try {
      const line = await firstLine(child, this.parts.longestStartMs ?? longestStartMs);
      const { workspace, former, blobEndpoint } = readReadyLine(line);
      await this.followAll(former, workspace);
      this.goOn();
      this.current = workspace;
      this.folder = folder;
      this.parts.tellSampleFolder(folder?.name);
      for (const service of workspace.services) this.parts.keys.setTemporary(service.address, { serviceKey: key });
      this.parts.storages.setLocal(localAccess(blobEndpoint));
      this.parts.services.setSample(workspace);
      this.parts.tellApim(readApim(line, armToken));
      this.parts.log(`Sample service started at ${workspace.services[0]?.endpoint.origin ?? 'an unknown address'}`);
      this.changed.fire();
      return workspace;
    } catch (error) {
      if (this.child === child) this.child = undefined;
      if (error instanceof NotInTime) await endNow(child);
      else child.kill();
      // A program that is told to stop while it starts ends by itself, and that is no failure.
      this.goOn();
      throw error;
    }
  }

  /** Where its port was taken by something else, jobs come along to its new address. */
  private async followAll(former: readonly string[], { services }: Workspace): Promise<void> {
    try {
      for (const { address } of services)
        for (const baseUrl of former) await this.parts.follow(address.replace(new URL(address).origin, baseUrl), address);
    } catch (error) {
      this.parts.log(`Jobs of the sample service at its former address could not be brought along: ${messageOf(error)}`);
    }
  }

  private get isUnwanted(): boolean {
    return this.stops !== this.stopsBefore;
  }

  /** Throws Cancelled when it was told to stop meanwhile. */
  private goOn(): void {
    if (this.isUnwanted) throw new Cancelled();
  }

  private ended(child: ChildProcess | undefined): void {
    // The exit of a process that was stopped already tells nothing new.
    if (child === undefined || child !== this.child) return;
    this.child = undefined;
    // One that has not become the sample, as where its folder is in use, leaves nothing.
    if (!this.current) return;
    for (const service of this.current.services) this.parts.keys.setTemporary(service.address, undefined);
    this.current = undefined;
    this.parts.tellSampleFolder(undefined);
    this.parts.storages.setLocal(undefined);
    this.parts.services.setSample(undefined);
    this.parts.tellApim(undefined);
    this.parts.log('Sample service ended');
    this.changed.fire();
  }

  /** A random text of the secret store, made once. */
  private async secret(name: string): Promise<string> {
    const kept = await this.parts.secrets.get(name);
    if (kept !== undefined) return kept;
    const made = randomBytes(64).toString('base64');
    await this.parts.secrets.store(name, made);
    return made;
  }
}
