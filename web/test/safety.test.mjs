import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, go, missing, openFile, visit, web } from './browser.mjs';
import { file, HOSTILE, smallMap } from './maps.mjs';

const skip = missing();
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

const SCREENS = ['Map', 'Core', 'Review', 'Place', 'Change', 'Responses', /Take away/, /Findings/];

test('hostile texts stay texts, on every screen', { skip }, async () => {
  const { tab, context, seen } = await visit(open);
  await openFile(tab, file(smallMap({ text: (words) => `${words} ${HOSTILE}` })));
  for (const name of SCREENS) {
    await go(tab, name);
    await tab.waitForTimeout(50);
    assert.equal(await tab.locator('main img, main script').count(), 0, String(name));
  }
  await go(tab, 'Core');
  await tab.locator('.topic-open').first().click();
  await tab.getByRole('dialog').locator('.statement').first().waitFor();
  assert.equal(await tab.locator('dialog img, dialog script').count(), 0);
  assert.match(await tab.getByRole('dialog').innerText(), /onerror=/);
  assert.equal(await tab.evaluate(() => window.hurt), undefined);
  assert.deepEqual(seen, { requests: [], errors: [] });
  await context.close();
});

test('no source makes markup from a text', () => {
  const files = readdirSync(join(web, 'src'), { recursive: true }).filter((name) => /\.tsx?$/.test(name));
  assert.ok(files.length > 20);
  for (const name of files) {
    const source = readFileSync(join(web, 'src', name), 'utf8');
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/, name);
    assert.ok(source.split('\n').length < 600, `${name} is too long`);
  }
});

test('the page forbids every address', { skip }, () => {
  const html = readFileSync(process.env.WORKBENCH ?? join(web, 'dist/workbench.html'), 'utf8');
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)[1];
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; worker-src blob:;/);
  assert.doesNotMatch(policy, /https?:|\*|unsafe-inline|unsafe-eval' /);
  assert.doesNotMatch(html, /<(?:script|link|img)[^>]+(?:src|href)="(?!data:)/);
});
