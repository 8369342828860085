// What this browser keeps: decisions, the last file and a few settings. Nothing leaves it.

import type { Entry } from './decisions';

const NAME = 'tlevel-workbench';

export interface KeptFile {
  name: string;
  /** `null`: the bundled map. */
  blob: Blob | null;
  at: string;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser could not keep this.'));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser could not keep this.'));
    transaction.onerror = () => reject(transaction.error ?? new Error('The browser could not keep this.'));
  });
}

/** A store in the browser, shared by all tabs of the page. */
export class Store {
  private readonly channel: BroadcastChannel | null;

  private constructor(private readonly database: IDBDatabase) {
    this.channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null;
  }

  /** Opens the store; `null` if this browser keeps nothing (a private window, say). */
  static async open(): Promise<Store | null> {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        const entries = request.result.createObjectStore('entries', { keyPath: 'id' });
        entries.createIndex('map', 'map');
        request.result.createObjectStore('kept');
      };
      return new Store(await done(request));
    } catch {
      return null;
    }
  }

  /** Calls back when another tab has changed something. */
  onChange(run: () => void): void {
    if (this.channel) this.channel.onmessage = run;
    // where tabs cannot speak to each other, look again on return
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') run();
    });
  }

  async entries(map: string): Promise<Entry[]> {
    const index = this.database.transaction('entries').objectStore('entries').index('map');
    return done(index.getAll(map) as IDBRequest<Entry[]>);
  }

  /** Writes entries by their ids: those of other tabs stay as they are. */
  async put(entries: readonly Entry[]): Promise<void> {
    const transaction = this.database.transaction('entries', 'readwrite');
    for (const entry of entries) transaction.objectStore('entries').put(entry);
    await finished(transaction);
    this.channel?.postMessage('changed');
  }

  async get<T>(key: string): Promise<T | undefined> {
    return done(this.database.transaction('kept').objectStore('kept').get(key) as IDBRequest<T | undefined>);
  }

  async keep(key: string, value: unknown): Promise<void> {
    const transaction = this.database.transaction('kept', 'readwrite');
    transaction.objectStore('kept').put(value, key);
    await finished(transaction);
  }

  /** Forgets all: decisions of every map, the file, the settings. */
  async clear(): Promise<void> {
    const transaction = this.database.transaction(['entries', 'kept'], 'readwrite');
    transaction.objectStore('entries').clear();
    transaction.objectStore('kept').clear();
    await finished(transaction);
    this.channel?.postMessage('changed');
  }
}
