// The worker: holds the engine and one open map, and answers one call at a time.

import { initSync, Workspace } from 'tlevel-engine';
import type { FromWorker, ToWorker } from './messages';
import { fromBase64, unpackXz } from './unpack';

const say = (message: FromWorker, transfer: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(message, transfer);

let ready: Promise<unknown> = Promise.resolve();
let workspace: Workspace | null = null;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'boot') {
    ready = start(data.engine);
    // a failure is reported with the first call, which waits for it
    ready.catch(() => {});
    return;
  }
  try {
    await ready;
    const value = data.type === 'open' ? open(data.bytes, data.name) : call(data.method, data.args);
    const isBytes = value instanceof Uint8Array;
    say({ type: 'done', id: data.id, value }, isBytes ? [value.buffer as ArrayBuffer] : []);
  } catch (problem) {
    say({ type: 'failed', id: data.id, ...described(problem) });
  }
};

/** Starts the engine, which the page carries packed. */
async function start(engine: string): Promise<void> {
  if (engine) initSync({ module: await unpackXz(fromBase64(engine)) });
}

function open(bytes: ArrayBuffer | null, name: string): null {
  workspace?.free();
  workspace = null;
  workspace = Workspace.open(bytes && new Uint8Array(bytes), name, (stage, done, total) =>
    say({ type: 'progress', stage, done, total }),
  );
  return null;
}

function call(method: string, args: unknown[]): unknown {
  if (!workspace) throw new Error('No map is open. Open one first.');
  const found = workspace[method];
  if (typeof found !== 'function') throw new Error(`This build of the engine cannot do "${method}" yet.`);
  const value: unknown = found.apply(workspace, args);
  // bytes may lie in the engine's memory, which must not be given away
  return value instanceof Uint8Array ? value.slice() : value;
}

function described(problem: unknown): { message: string; place: string | null; broken: boolean } {
  if (problem instanceof WebAssembly.RuntimeError) {
    const message = 'The engine stopped in the middle of this. Your decisions are kept. Open the map again to go on.';
    return { message, place: null, broken: true };
  }
  if (problem instanceof Error) {
    const place = (problem as Error & { place?: unknown }).place;
    return { message: problem.message, place: typeof place === 'string' && place ? place : null, broken: false };
  }
  return { message: String(problem), place: null, broken: false };
}
