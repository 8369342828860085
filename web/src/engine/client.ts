// The page's side of the engine: a worker with one open map.

import type { FromWorker, ToWorker } from './messages';
import { fromBase64, unpackGzip } from './unpack';

export class EngineError extends Error {
  constructor(
    message: string,
    readonly place: string | null,
    /** Whether the worker can answer no more calls. */
    readonly broken: boolean,
  ) {
    super(message);
  }
}

export class Cancelled extends Error {}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (reason: Error) => void;
}

type Progress = (stage: string, done: number, total: number) => void;

const packed = (id: string) => document.getElementById(id)?.textContent?.trim() ?? '';

let address: Promise<string> | null = null;

/** The address of the worker's code, unpacked once. */
function workerAddress(): Promise<string> {
  address ??= unpackGzip(fromBase64(packed('worker'))).then((code) =>
    URL.createObjectURL(new Blob([code], { type: 'text/javascript' })),
  );
  return address;
}

export class Engine {
  private readonly waiting = new Map<number, Waiting>();
  private progress: Progress = () => {};
  private next = 0;
  private ended: Error | null = null;

  private constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(new EngineError(event.message || 'The engine could not start in this browser.', null, true));
    };
  }

  private static spare: Promise<Engine> | null = null;

  /** Starts a worker that the next `start` gives, so that a person does not wait for it. */
  static warm(): void {
    Engine.spare ??= Engine.launch();
    Engine.spare.catch(() => (Engine.spare = null));
  }

  /** Starts a worker, or gives the one that is warm. */
  static start(): Promise<Engine> {
    const engine = Engine.spare ?? Engine.launch();
    Engine.spare = null;
    return engine;
  }

  private static async launch(): Promise<Engine> {
    const engine = new Engine(new Worker(await workerAddress()));
    // the worker unpacks it: here it would hold up the page
    engine.worker.postMessage({ type: 'boot', engine: packed('engine') } satisfies ToWorker);
    return engine;
  }

  /** Opens a map; `null` is the bundled one. */
  async open(bytes: ArrayBuffer | null, name: string, progress: Progress): Promise<void> {
    this.progress = progress;
    await this.ask((id) => ({ type: 'open', id, bytes, name }), bytes ? [bytes] : []);
    this.progress = () => {};
  }

  /** Calls a method of the open map that answers in JSON. */
  async json<T>(method: string, ...args: unknown[]): Promise<T> {
    const text = await this.ask((id) => ({ type: 'call', id, method, args }));
    return JSON.parse(text as string) as T;
  }

  /** Calls a method that answers in bytes, or not at all. */
  async call<T>(method: string, ...args: unknown[]): Promise<T> {
    return (await this.ask((id) => ({ type: 'call', id, method, args }))) as T;
  }

  /** Ends the worker; what it was doing fails as cancelled. */
  cancel(): void {
    this.end(new Cancelled('Cancelled.'));
  }

  private ask(message: (id: number) => ToWorker, transfer: Transferable[] = []): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    const id = (this.next += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage(message(id), transfer);
    });
  }

  private hear(message: FromWorker): void {
    if (message.type === 'progress') {
      this.progress(message.stage, message.done, message.total);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === 'done') {
      waiting?.resolve(message.value);
      return;
    }
    const problem = new EngineError(message.message, message.place, message.broken);
    waiting?.reject(problem);
    if (message.broken) this.end(problem);
  }

  private end(reason: Error): void {
    if (this.ended) return;
    this.ended = reason;
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}

/** Runs the newest of several requests: while one runs, only the last that comes is kept. */
export class Newest<A> {
  private running = false;
  private pending: { value: A } | null = null;

  constructor(private readonly run: (value: A) => Promise<void>) {}

  async ask(value: A): Promise<void> {
    this.pending = { value };
    if (this.running) return;
    this.running = true;
    try {
      while (this.pending) {
        const { value: next }: { value: A } = this.pending;
        this.pending = null;
        await this.run(next);
      }
    } finally {
      this.running = false;
    }
  }
}
