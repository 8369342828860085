// What the page and its worker say to each other.

export type ToWorker =
  | { type: 'boot'; engine: string }
  | { type: 'open'; id: number; bytes: ArrayBuffer | null; name: string }
  | { type: 'call'; id: number; method: string; args: unknown[] };

export type FromWorker =
  | { type: 'progress'; stage: string; done: number; total: number }
  | { type: 'done'; id: number; value: unknown }
  | { type: 'failed'; id: number; message: string; place: string | null; broken: boolean };
