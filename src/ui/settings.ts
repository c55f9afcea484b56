// The extension's settings and VS Code's network settings, read anew at each use.

import * as vscode from 'vscode';
import type { Disposable } from '../model/lifetime';
import type { NetworkSettings } from '../model/wire';
import { usualPattern } from '../base/fileNames';
import { filledText, isArray } from '../base/shape';
import type { SettingBox } from '../base/ports';
import { prefix, setting } from './ids';

/** How patient a call is; see the settings' descriptions in package.json. */
export interface CallSettings {
  readonly timeoutMs: number;
  readonly maxRepeats: number;
  readonly maxWaitMs: number;
}

/** Reads how patient a call is. Values that make no sense fall back to what is usual. */
export function callSettings(): CallSettings {
  const section = vscode.workspace.getConfiguration(prefix);
  return {
    timeoutMs: numberFrom(section.get(setting.timeoutSeconds), 100) * 1000,
    maxRepeats: Math.floor(numberFrom(section.get(setting.maxRetries), 4)),
    maxWaitMs: numberFrom(section.get(setting.longestWaitSeconds), 120) * 1000,
  };
}

/** How jobs are told of, and how their results are named; see the settings' descriptions in package.json. */
export interface JobSettings {
  readonly notify: 'all' | 'failed' | 'none';
  readonly resultFileName: string;
}

/** Reads the settings of jobs. Values that make no sense fall back to what is usual. */
export function jobSettings(): JobSettings {
  const section = vscode.workspace.getConfiguration(prefix);
  const notify: unknown = section.get(setting.notifyJobs);
  return {
    notify: notify === 'failed' || notify === 'none' ? notify : 'all',
    resultFileName: filledText(section.get(setting.resultFileName)) ?? usualPattern,
  };
}

function numberFrom(value: unknown, usual: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : usual;
}

/**
 * The list of services in the user's settings: the same object until it changes, as VS Code copies all of it each time that it is asked.
 */
export function servicesSetting(): SettingBox & Disposable {
  const name = `${prefix}.${setting.services}`;
  let kept: { readonly value: unknown } | undefined;
  const forgetting = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(name)) kept = undefined;
  });
  return {
    // Only the user's own value counts: the setting has application scope, so that a folder cannot add or redirect services.
    read: () => (kept ??= { value: vscode.workspace.getConfiguration(prefix).inspect(setting.services)?.globalValue }).value,
    write: async (value) => {
      try {
        await vscode.workspace.getConfiguration(prefix).update(setting.services, value, vscode.ConfigurationTarget.Global);
      } finally {
        kept = undefined;
      }
    },
    onDidChange: (listener) =>
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(name)) listener();
      }),
    dispose: () => forgetting.dispose(),
  };
}

const environmentNames = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** VS Code's proxy and certificate settings and the environment's variables. */
export function networkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  const authorization: unknown = http.get('proxyAuthorization');
  const noProxy: unknown = http.get('noProxy');
  const proxy: unknown = http.get('proxy');
  return {
    proxy: typeof proxy === 'string' ? proxy : '',
    proxySupport: proxySupport(http.get('proxySupport')),
    ...(typeof authorization === 'string' && authorization !== '' ? { proxyAuthorization: authorization } : {}),
    noProxy: isArray(noProxy) ? noProxy.filter((host) => typeof host === 'string') : [],
    strictSsl: http.get('proxyStrictSSL') !== false,
    systemCertificates: http.get('systemCertificates') !== false,
    environment: Object.fromEntries(environmentNames.map((name) => [name, process.env[name]])),
  };
}

function proxySupport(value: unknown): NetworkSettings['proxySupport'] {
  return value === 'off' || value === 'on' || value === 'fallback' ? value : 'override';
}
