// The main path in Firefox: open, see, slide, look inside, decide, reload, take away.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { firefox } from './bidi.mjs';
import { address, missingPage } from './browser.mjs';
import { path } from './path.mjs';
import { wordsOf } from './zip.mjs';

const program = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((one) => one && existsSync(one));

function missing() {
  if (!program) return 'no Firefox; install it, or name it: FIREFOX=PATH';
  return missingPage();
}

test('the main path works in Firefox, from a file, without a request', { skip: missing() }, async () => {
  const downloads = mkdtempSync(join(tmpdir(), 'workbench-'));
  const page = await firefox(program, downloads);
  try {
    await page.go(address);
    await path(page);
    // Firefox keeps the place with an empty file, and writes beside it
    const saved = () => {
      const names = readdirSync(downloads);
      const name = names.find((one) => one.endsWith('.docx') && statSync(join(downloads, one)).size > 0);
      return names.some((one) => one.endsWith('.part')) ? undefined : name;
    };
    for (let n = 0; n < 200 && !saved(); n += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(saved(), 'no Word file was saved');
    const words = wordsOf(readFileSync(join(downloads, saved()))).join(' ');
    assert.match(words, /Health/);
    assert.deepEqual(page.seen, { requests: [], errors: [] });
  } finally {
    await page.close();
  }
});
