// Lifetimes and events, shaped so that VS Code's own Disposable and Event fit without an adapter.

/** Something that holds a resource until `dispose` is called; calling it twice must do no harm. */
export interface Disposable {
  dispose(): void;
}

/** A subscription to something that happens: hand in a listener, get back the way to stop listening. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

let listenerFailed = (error: unknown): void => {
  // Nobody has said where to: it is not lost, and does no harm to what raised the event.
  queueMicrotask(() => {
    throw error;
  });
};

/** Says where errors go that listeners throw. Holds for all events of this program that have no place of their own for them. */
export function reportListenerErrors(report: (error: unknown) => void): void {
  listenerFailed = report;
}

/**
 * Raises an event. Listeners run in the order they subscribed. One that throws stops neither the rest nor whoever raises the event: what
 * has happened has happened, whatever a listener makes of it.
 */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  /** @param failed is told of what a listener has thrown, in place of `reportListenerErrors`. */
  constructor(private readonly failed?: (error: unknown) => void) {}

  /** Subscribe here. */
  readonly event: Event<T> = (listener) => {
    // A wrapper, so that the same function subscribed twice is two subscriptions.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  /** Tells every listener. Never throws. */
  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        (this.failed ?? listenerFailed)(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** Collects disposables and disposes them together, the last one added first. */
export class DisposableStore implements Disposable {
  private items: Disposable[] = [];
  private disposed = false;

  /** Keeps `item` until the store is disposed; disposes it at once when the store already is. */
  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  /** Disposes all of them, whatever one of them throws: that is thrown at the end, several errors as an AggregateError. */
  dispose(): void {
    this.disposed = true;
    const items = this.items;
    this.items = [];
    const errors: unknown[] = [];
    for (const item of items.reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('; '));
    if (errors.length === 1) throw errors[0];
  }
}
