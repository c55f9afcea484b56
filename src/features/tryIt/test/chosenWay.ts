// The way that the test of a service goes: to the service itself or through a gateway, as it was chosen last.

import * as l10n from '@vscode/l10n';
import type { Service } from '../../../model/service';
import type { TestWay } from './messages';
import type { WaysOf } from './ways';

/** What it needs from outside. */
export interface ChosenWayParts {
  /** The ways to the same service, itself among them; empty where there is no other one. */
  readonly ways: WaysOf;
  /** The address of the way that was chosen last; undefined for the service itself. */
  readonly keptWay: (service: Service) => string | undefined;
  readonly keepWay: (service: Service, way: string | undefined) => Promise<void>;
}

/** The way of one test. */
export class ChosenWay {
  private all: readonly Service[] = [];
  private lost: string | undefined;
  private current: Service;

  constructor(private readonly parts: ChosenWayParts, private readonly service: Service) {
    this.current = service;
  }

  /** The service that is called. */
  get called(): Service {
    return this.current;
  }

  /** What is to be known of it: that it is not the one that was chosen. */
  get notes(): readonly string[] {
    const { lost } = this;
    return lost === undefined ? [] : [l10n.t('The chosen way, {0}, is gone: the test goes to the service itself.', lost)];
  }

  /** Looks which ways there are: one may have come since, or gone. */
  async look(): Promise<void> {
    const { service, parts } = this;
    this.all = await parts.ways(service);
    const kept = parts.keptWay(service);
    const found = this.all.find(({ address }) => address === kept);
    if (kept !== undefined && !found) {
      this.lost = this.current.address === kept ? this.current.name : kept;
      await parts.keepWay(service, undefined);
    }
    this.current = found ?? service;
  }

  /** Goes another way, now and the next time; stays where this is none. */
  async go(address: string): Promise<void> {
    const found = this.all.find((each) => each.address === address);
    if (!found) return;
    [this.current, this.lost] = [found, undefined];
    await this.parts.keepWay(this.service, address === this.service.address ? undefined : address);
  }

  /** What one can choose from; nothing where there is one way only. */
  choices(): readonly TestWay[] {
    const { all, service: own } = this;
    return all.length < 2 ? [] : all.map(({ address, name }) =>
      ({ id: address, label: address === own.address ? l10n.t('{0} (this one)', name) : name }));
  }
}
