import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { alone, browser, downloaded, go, missing, openFile, program, visit } from './browser.mjs';
import { file, smallMap } from './maps.mjs';
import { wordsOf } from './zip.mjs';

const skip = missing();
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

async function small() {
  const seen = await visit(open);
  await openFile(seen.tab, file(smallMap()));
  await go(seen.tab, /Take away/);
  return seen;
}

test('every file that is offered can be saved', { skip }, async () => {
  const { tab, context, seen } = await small();
  const buttons = tab.locator('.files button');
  const starts = { docx: 'PK', xlsx: 'PK', png: '\u0089PNG', svg: '<' };
  for (let n = 0; n < (await buttons.count()); n += 1) {
    const path = await downloaded(tab, () => buttons.nth(n).click());
    const bytes = readFileSync(path);
    const start = starts[path.split('.').pop()];
    assert.ok(bytes.length > 20, path);
    if (start) assert.ok(bytes.subarray(0, 4).toString('latin1').startsWith(start), path);
  }
  assert.deepEqual(seen, { requests: [], errors: [] });
  await context.close();
});

test("the Word file says what the command line's says, with the same decisions", { skip: skip || alone }, async () => {
  const { tab, context } = await small();
  await go(tab, 'Core');
  await tab.locator('.topic-open', { hasText: 'Communication' }).click();
  await tab.getByLabel('What should become of it').selectOption('drop');
  await tab.getByRole('button', { name: 'Record the decision' }).click();
  await tab.getByRole('dialog').getByRole('button', { name: 'Take back' }).waitFor();
  await tab.keyboard.press('Escape');
  await go(tab, /Take away/);
  const word = await downloaded(tab, () => tab.getByRole('button', { name: 'Word: Draft specification' }).click());
  const decisions = await downloaded(tab, () => tab.getByRole('button', { name: 'Save decisions' }).click());
  const folder = mkdtempSync(join(tmpdir(), 'workbench-'));
  writeFileSync(join(folder, 'small.json'), JSON.stringify(smallMap()));
  const out = join(folder, 'out.docx');
  const options = ['--policy', 'panel', '--pathway', 'craft/glass', '--decisions', decisions, '-o', out];
  execFileSync(program, ['spec', join(folder, 'small.json'), ...options], { stdio: 'ignore' });
  const words = wordsOf(readFileSync(word));
  assert.ok(words.length > 50);
  assert.ok(words.join(' ').includes('Core component: 3 content areas'));
  // the saved workbook has a caption above its table, so line 2 of the page is row 3 there
  const theirs = wordsOf(readFileSync(out)).map((text) => text.replace('Content!B3', 'line 2'));
  assert.equal(words.join('\n'), theirs.join('\n'));
  await context.close();
});

test('the summary prints without the frame, links or buttons', { skip }, async () => {
  const { tab, context } = await small();
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.locator('.rail').isVisible(), false);
  assert.equal(await tab.locator('main button:visible').count(), 0);
  assert.equal(await tab.locator('main a:visible').count(), 0);
  assert.match(await tab.locator('main').innerText(), /The core of Glass|Summary: the core of Glass/);
  await context.close();
});
