// Signing in to Azure by VS Code's own accounts. Only what a person has clicked shows a dialog; all else is silent.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ArmFailed, Cancelled, HumanError, messageOf } from '../../../model/errors';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import type { Account, Accounts } from '../account';
import { cloudOf, type Cloud } from '../endpoints';
import type { Identity } from '../items';
import { prefix, setting } from '../../../ui/ids';

/** VS Code's settings of its sovereign clouds. */
const cloudSection = 'microsoft-sovereign-cloud';

/**
 * The cloud that the settings mean. Only the person's own values count: a folder must not say where tokens go. Throws InvalidInput.
 */
export function configuredCloud(): Cloud {
  const own = (section: string, name: string): unknown => vscode.workspace.getConfiguration(section).inspect(name)?.globalValue;
  return cloudOf({
    environment: own(cloudSection, 'environment'),
    customEnvironment: own(cloudSection, 'customEnvironment'),
    armEndpoint: own(prefix, setting.armEndpoint),
  });
}

/** The settings that `configuredCloud` reads. */
export const cloudSettings = [cloudSection, `${prefix}.${setting.armEndpoint}`];

/**
 * A token serves all calls of so long, in milliseconds: asking VS Code for one takes several times as long as a call. One
 * that runs out meanwhile is refused and asked for anew.
 */
const servesMs = 5000;

/** The accounts of VS Code for the cloud that is set. */
export class AzureAccounts implements Accounts, Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changed = this.lifetime.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  /** Whose token was refused, or was not there, when it was last asked for. */
  private wanting: Identity = {};
  /** Tokens that serve still, by whose they are and what for; never longer than until somebody signs in or out. */
  private serving = new Map<string, { readonly token: string; readonly untilMs: number }>();

  constructor(private readonly cloud: () => Cloud, private readonly nowMs = (): number => performance.now()) {
    this.lifetime.add(vscode.authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id !== 'microsoft' && provider.id !== 'microsoft-sovereign-cloud') return;
      // One that is being asked for just now is not kept, either.
      this.serving = new Map();
      this.changed.fire();
    }));
  }

  async accounts(): Promise<readonly Account[]> {
    const { provider } = this.cloud();
    const all = await silently(() => vscode.authentication.getAccounts(provider)) ?? [];
    const allowed = await Promise.all(all.map(async (account) => ((await this.session({}, account)) ? [account] : [])));
    return allowed.flat().map(({ id, label }) => ({ id, label }));
  }

  /** Ids of all accounts that VS Code has, whether a token of theirs can be had just now or not; undefined where it cannot tell. */
  async signedIn(): Promise<ReadonlySet<string> | undefined> {
    const all = await silently(() => vscode.authentication.getAccounts(this.cloud().provider));
    return all && new Set(all.map(({ id }) => id));
  }

  async token(identity: Identity, refused: boolean): Promise<string> {
    const { provider, scope } = this.cloud();
    const key = JSON.stringify([provider, scope, identity.accountId, identity.tenantId]);
    const { serving } = this;
    const known = serving.get(key);
    if (known && !refused && this.nowMs() < known.untilMs) return known.token;
    serving.delete(key);
    const untilMs = this.nowMs() + servesMs;
    const session = await this.find(identity);
    if (!session || refused) this.wanting = identity;
    if (!session) throw notSignedIn(identity);
    serving.set(key, { token: session.accessToken, untilMs });
    return session.accessToken;
  }

  /** Asks a person to sign in, or to let this extension use an account that VS Code has. Throws Cancelled, and ArmFailed (`signIn`). */
  async signIn(): Promise<void> {
    await this.ask({}, { createIfNone: true, clearSessionPreference: true });
  }

  /** Asks a person to sign in again where a token was refused, or to a directory. Throws the same. */
  async signInAgain(identity: Identity = this.wanting): Promise<void> {
    const account = await this.account(identity);
    const known = await this.session(identity, account);
    await this.ask(identity, { ...(known ? { forceNewSession: true } : { createIfNone: true }), ...(account ? { account } : {}) });
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async ask(identity: Identity, options: vscode.AuthenticationGetSessionOptions): Promise<void> {
    const cloud = this.cloud();
    try {
      await vscode.authentication.getSession(cloud.provider, scopes(cloud, identity), options);
      // VS Code may prefer another account now.
      this.serving = new Map();
    } catch (error) {
      if (error instanceof HumanError || error instanceof Cancelled) throw error;
      const reason = messageOf(error);
      // VS Code tells by words alone that a person has closed the dialog.
      if (/did not consent|cancel/i.test(reason)) throw new Cancelled();
      throw new ArmFailed({
        sentence: l10n.t('Signing in to Azure failed: {0}', reason),
        advice: l10n.t('Try again, or look into the accounts of VS Code.'),
        actions: ['signIn'],
      }, 'signIn');
    }
  }

  private async find(identity: Identity): Promise<vscode.AuthenticationSession | undefined> {
    if (identity.accountId !== undefined) {
      const account = await this.account(identity);
      return account && this.session(identity, account);
    }
    // The one that VS Code prefers, else the first of several.
    const preferred = await this.session(identity, undefined);
    if (preferred) return preferred;
    for (const account of await silently(() => vscode.authentication.getAccounts(this.cloud().provider)) ?? []) {
      const found = await this.session(identity, account);
      if (found) return found;
    }
    return undefined;
  }

  private async account({ accountId }: Identity): Promise<vscode.AuthenticationSessionAccountInformation | undefined> {
    if (accountId === undefined) return undefined;
    const all = await silently(() => vscode.authentication.getAccounts(this.cloud().provider)) ?? [];
    return all.find(({ id }) => id === accountId);
  }

  private session(
    identity: Identity, account: vscode.AuthenticationSessionAccountInformation | undefined,
  ): Promise<vscode.AuthenticationSession | undefined> {
    const cloud = this.cloud();
    return silently(() =>
      vscode.authentication.getSession(cloud.provider, scopes(cloud, identity), { silent: true, ...(account ? { account } : {}) }),
    );
  }
}

function scopes({ scope }: Cloud, { tenantId }: Identity): readonly string[] {
  return [scope, ...(tenantId === undefined ? [] : [`VSCODE_TENANT:${tenantId}`])];
}

/** A provider that is not there, or fails, has nobody who is signed in. */
async function silently<T>(work: () => Thenable<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

function notSignedIn({ tenantId }: Identity): ArmFailed {
  return new ArmFailed({
    sentence: tenantId === undefined
      ? l10n.t('Nobody is signed in to Azure, or this extension may not use the account.')
      : l10n.t('You are not signed in to this directory of Azure ({0}).', tenantId),
    advice: l10n.t('Sign in and allow it.'),
    actions: ['signIn'],
  }, 'signIn');
}
