// A browser by WebDriver BiDi, with nothing installed but the browser: enough to run code in a page and to watch it.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const PATIENCE = Number(process.env.PATIENCE ?? 60_000);

/** Starts Firefox with a fresh profile, which saves downloads in `downloads`. */
export async function firefox(program, downloads) {
  const profile = mkdtempSync(join(tmpdir(), 'workbench-firefox-'));
  const settings = {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.helperApps.alwaysAsk.force': false,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.normandy.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'toolkit.telemetry.enabled': false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  const address = await listening(child);
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('Firefox does not answer'));
  });
  const seen = { requests: [], errors: [] };
  const send = talk(socket, (event) => note(event, seen));
  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['network.beforeRequestSent', 'log.entryAdded'] });
  const { contexts } = await send('browsingContext.getTree', {});
  const context = contexts[0].context;
  return {
    seen,
    go: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    reload: () => send('browsingContext.reload', { context, wait: 'complete' }),
    /** Runs a function in the page, and gives what it returns. */
    run: (code, ...values) => run(send, context, code, values),
    /** Waits until a function in the page returns something. */
    async until(code, ...values) {
      const end = Date.now() + PATIENCE;
      for (;;) {
        const found = await run(send, context, code, values);
        if (found) return found;
        if (Date.now() > end) throw new Error(`nothing came of ${code}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async close() {
      await send('browser.close', {}).catch(() => {});
      socket.close();
      await ended(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function listening(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (part) => {
      text += part;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Firefox ended (${code}): ${text.slice(-500)}`)));
    setTimeout(() => reject(new Error(`Firefox does not start: ${text.slice(-500)}`)), PATIENCE).unref();
  });
}

function ended(child) {
  if (child.exitCode !== null) return null;
  return new Promise((resolve) => {
    child.on('exit', resolve);
    setTimeout(() => child.kill(), 5000).unref();
  });
}

/** Sends commands and resolves with their answers. */
function talk(socket, onEvent) {
  const waiting = new Map();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'event') {
      onEvent(message);
      return;
    }
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.type === 'success') resolve?.(message.result);
    else reject?.(new Error(`${message.error}: ${message.message}`));
  };
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

function note({ method, params }, seen) {
  if (method === 'network.beforeRequestSent') {
    const { url } = params.request;
    if (!/^(about|file|blob|data):/.test(url)) seen.requests.push(url);
  } else if (params.level === 'error') seen.errors.push(params.text);
}

async function run(send, context, code, values) {
  const answer = await send('script.callFunction', {
    functionDeclaration: `async (text) => JSON.stringify((await (${code})(...JSON.parse(text))) ?? null)`,
    arguments: [{ type: 'string', value: JSON.stringify(values) }],
    target: { context },
    awaitPromise: true,
    userActivation: true,
  });
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
  return JSON.parse(answer.result.value);
}
