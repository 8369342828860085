// The package in Chromium gives what it gives in Node. Needs puppeteer-core, from the
// folder TLEVEL_NODE_MODULES if it is not installed here, and Chromium (or CHROMIUM).
//
// TLEVEL_MAP=FILE also opens that map and prints how long it takes, and how long its topics
// take beside the program (TLEVEL, or target/debug/tlevel) on one thread.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tlevel from '../pkg/node.js';

const folder = process.env.TLEVEL_NODE_MODULES;
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));
let puppeteer;
try {
  const require = createRequire(folder ? join(folder, 'x.js') : import.meta.url);
  puppeteer = (await import(require.resolve('puppeteer-core'))).default;
} catch {
  // the test is skipped
}
const skip = !chromium ? 'there is no Chromium' : !puppeteer && 'there is no puppeteer-core';

/** How long the program takes for the topics of a map on one thread: the median of what it says itself, in milliseconds. */
function programTime(map) {
  const root = new URL('../../../', import.meta.url).pathname;
  const program = process.env.TLEVEL ?? join(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/tlevel');
  const folder = mkdtempSync(join(tmpdir(), 'tlevel-'));
  const options = ['--policy', 'panel', '--matrix', join(folder, 'matrix.json'), '--force', '--stats'];
  const times = [1, 2, 3, 4, 5].map(() => {
    const env = { ...process.env, RAYON_NUM_THREADS: '1' };
    const { stderr } = spawnSync(program, ['derive', map, ...options], { env, encoding: 'utf8' });
    return 1000 * JSON.parse(stderr.trim().split('\n').pop()).seconds.total;
  });
  rmSync(folder, { recursive: true });
  return times.sort((a, b) => a - b)[2];
}

test('the package in Chromium gives what it gives in Node', { skip, timeout: 120_000 }, async () => {
  const root = new URL('../../../', import.meta.url);
  const map = process.env.TLEVEL_MAP;
  const types = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json' };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      return response.end('<!doctype html><title>tlevel</title>');
    }
    const path = pathname === '/map' ? map : new URL(`.${pathname}`, root);
    response.setHeader('content-type', types[pathname.split('.').pop()] ?? 'application/octet-stream');
    return response.end(existsSync(path) ? readFileSync(path) : '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'], headless: true });
  try {
    const page = await browser.newPage();
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const found = await page.evaluate(async (map) => {
      const tlevel = await import('/bindings/web/pkg/tlevel.js');
      await tlevel.default();
      const get = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
      const england = await get('/fixtures/maps/england.json');
      const timed = (bytes) => {
        const start = performance.now();
        const workspace = tlevel.Workspace.open(bytes, 'a map');
        const opened = performance.now() - start;
        const pathways = JSON.parse(workspace.overview()).routes.flatMap((route) => route.pathways);
        const { id } = pathways.sort((a, b) => b.counting - a.counting)[0];
        workspace.matrix(id);
        const first = performance.now() - start;
        const slider = [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((quorum) => {
          const start = performance.now();
          workspace.setQuorum(`${quorum}`, `${quorum}`);
          workspace.matrix(id);
          return performance.now() - start;
        });
        workspace.free();
        return { opened, first, slider: Math.max(...slider) };
      };
      const median = (run) => {
        const times = [1, 2, 3, 4, 5].map(() => {
          const start = performance.now();
          run();
          return performance.now() - start;
        });
        return times.sort((a, b) => a - b)[2];
      };
      let message = '';
      try {
        tlevel.derive(new Uint8Array([1, 2, 3]));
      } catch (error) {
        message = error.message;
      }
      return {
        message,
        derived: tlevel.derive(england, { policy: 'panel' }),
        spec: [...tlevel.spec(england, 'onsite-construction', { format: 'docx' })],
        bundled: timed(null),
        given: map ? timed(await get('/map')) : null,
        topics: map ? await get('/map').then((bytes) => median(() => tlevel.topics(bytes, { policy: 'panel' }))) : null,
      };
    }, map);
    const england = readFileSync(new URL('fixtures/maps/england.json', root));
    assert.equal(found.derived, tlevel.derive(england, { policy: 'panel' }));
    assert.ok(Buffer.from(found.spec).equals(Buffer.from(tlevel.spec(england, 'onsite-construction', { format: 'docx' }))));
    assert.match(found.message, /not an occupational map|not valid JSON|UTF-8/);
    assert.deepEqual(wrong.filter((text) => !text.includes('favicon')), []);
    const shown = (of) => `open ${of.opened.toFixed(0)} ms, first matrix ${of.first.toFixed(0)} ms, slider at most ${of.slider.toFixed(0)} ms`;
    console.log(`the bundled map in Chromium: ${shown(found.bundled)}`);
    if (found.given) {
      console.log(`${map} in Chromium: ${shown(found.given)}`);
      const native = programTime(map);
      const times = (found.topics / native).toFixed(1);
      console.log(`its topics: ${found.topics.toFixed(0)} ms in Chromium, ${native.toFixed(0)} ms by the program: ${times} times`);
    }
  } finally {
    await browser.close();
    server.close();
  }
});
