// What the sample needs from outside.

import type { Memory, SecretBox } from '../../base/ports';
import type { Clock } from '../../model/clock';
import type { Storages } from '../../storage/storages';
import type { PlainText } from '../../ui/plain';
import type { SampleApim } from '../apim';
import type { JobsApi } from '../jobs';
import type { KeyStore, ServiceStore } from '../services';

/** What the sample needs from outside. */
export interface SampleParts extends Pick<JobsApi, 'neighbours' | 'tellSampleFolder'> {
  /** Path of the sample's program. */
  readonly program: string;
  /** Path of the folder that the samples of all windows have their folders in. */
  readonly folder: string;
  readonly secrets: SecretBox;
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly storages: Storages;
  /** The workspace's own. */
  readonly memory: Memory;
  /** Lets what is known of a service follow it from the address that it had before. */
  readonly follow: (from: string, to: string) => Promise<void>;
  /** One line for the log. */
  readonly log: (line: string) => void;
  /** Warns the person of something that is not as they expect, while everything goes on. */
  readonly warn: (message: PlainText) => void;
  /** Told of the API Management instance that runs with the sample, and with undefined that it does not any more. */
  readonly tellApim: (instance: SampleApim | undefined) => void;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Shows that the folder is waited for while it is; the signal aborts when a person has waited long enough. */
  readonly whileWaiting: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  /** So long a start may take, in milliseconds; 20 seconds where it is absent. */
  readonly longestStartMs?: number;
}
