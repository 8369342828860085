// WebKit by WebDriver, with nothing installed but WebKitGTK's driver: the engine that Safari has.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE = Number(process.env.PATIENCE ?? 60_000);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts WebKitGTK's small browser on a screen that nobody sees, with a fresh home; downloads are saved below it. */
export async function webkit({ driver, browser, screen }) {
  const home = mkdtempSync(join(tmpdir(), 'workbench-webkit-'));
  const [port, display] = [await freePort(), `:${90 + (process.pid % 900)}`];
  const view = spawn(screen, [display, '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
  const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, DISPLAY: display };
  // in a container there is no sandbox to be had, and no graphics card
  Object.assign(env, { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' });
  const child = spawn(driver, [`--port=${port}`], { stdio: 'ignore', env });
  const stop = () => {
    child.kill();
    view.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const base = `http://127.0.0.1:${port}`;
    await answering(base);
    const options = { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } };
    const { sessionId } = await ask(`${base}/session`, 'POST', { capabilities: { alwaysMatch: options } });
    const session = `${base}/session/${sessionId}`;
    await ask(`${session}/timeouts`, 'POST', { script: PATIENCE, pageLoad: PATIENCE });
    const run = (code, ...values) => running(session, code, values);
    return {
      home,
      go: (url) => ask(`${session}/url`, 'POST', { url }),
      reload: () => ask(`${session}/refresh`, 'POST', {}),
      /** Runs a function in the page, and gives what it returns. */
      run,
      /** Waits until a function in the page returns something. */
      async until(code, ...values) {
        const end = Date.now() + PATIENCE;
        for (;;) {
          const found = await run(code, ...values);
          if (found) return found;
          if (Date.now() > end) throw new Error(`nothing came of ${code}`);
          await pause(100);
        }
      },
      async close() {
        await ask(session, 'DELETE').catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answering(base) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const ready = await ask(`${base}/status`, 'GET').catch(() => null);
    if (ready) return;
    if (Date.now() > end) throw new Error('the driver of WebKit does not answer');
    await pause(100);
  }
}

async function ask(url, method, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function running(session, code, values) {
  const script = `const [text, done] = arguments;
    Promise.resolve().then(() => (${code})(...JSON.parse(text)))
      .then((value) => done(JSON.stringify({ value: value ?? null })), (error) => done(JSON.stringify({ error: String(error) })));`;
  const answer = JSON.parse(await ask(`${session}/execute/async`, 'POST', { script, args: [JSON.stringify(values)] }));
  if (answer.error) throw new Error(answer.error);
  return answer.value;
}
