// For Node: the module is read from the disk, so that nothing needs to be awaited.
import { readFileSync } from 'node:fs';
import { initSync } from './tlevel.js';

initSync({ module: readFileSync(new URL('./tlevel_bg.wasm', import.meta.url)) });

export * from './tlevel.js';
/** Does nothing: Node loads the module when it is imported. */
export default async function init() {}
