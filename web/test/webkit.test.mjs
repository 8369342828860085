// The main path in WebKit, the engine of Safari: open, see, slide, look inside, decide, reload, take away.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { address, missingPage } from './browser.mjs';
import { path } from './path.mjs';
import { webkit } from './webdriver.mjs';
import { wordsOf } from './zip.mjs';

const first = (...paths) => paths.find((one) => one && existsSync(one));
const driver = first(process.env.WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver');
const screen = first(process.env.XVFB, '/usr/bin/Xvfb');
const machine = process.arch === 'x64' ? 'x86_64' : 'aarch64';
const browser = first(
  process.env.WEBKIT,
  ...['4.1', '6.0', '4.0'].flatMap((version) => {
    const folder = version === '6.0' ? 'webkitgtk-6.0' : `webkit2gtk-${version}`;
    return [`/usr/lib/${machine}-linux-gnu/${folder}/MiniBrowser`, `/usr/libexec/${folder}/MiniBrowser`];
  }),
);

function missing() {
  if (!driver || !browser) return 'no WebKit; install webkit2gtk-driver, or name it: WEBKIT_DRIVER=PATH WEBKIT=PATH';
  if (!screen) return 'no screen for WebKit; install xvfb, or name it: XVFB=PATH';
  return missingPage();
}

/** Writes down what goes wrong in the page from here on. */
function watch() {
  window.faults = [];
  addEventListener('error', (event) => window.faults.push(event.message));
  addEventListener('unhandledrejection', (event) => window.faults.push(String(event.reason)));
}

test('the main path works in WebKit, from a file', { skip: missing() }, async () => {
  const page = await webkit({ driver, browser, screen });
  try {
    await page.go(address);
    await page.run(watch);
    const faults = [];
    await path({
      ...page,
      async reload() {
        faults.push(...(await page.run(() => window.faults)));
        await page.reload();
        await page.run(watch);
      },
    });
    const saved = () => readdirSync(page.home, { recursive: true }).find((name) => name.endsWith('.docx'));
    for (let n = 0; n < 200 && !saved(); n += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(saved(), 'no Word file was saved');
    assert.match(wordsOf(readFileSync(join(page.home, saved()))).join(' '), /Health/);
    faults.push(...(await page.run(() => window.faults)));
    assert.deepEqual(faults, []);
  } finally {
    await page.close();
  }
});
