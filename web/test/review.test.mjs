import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, bundled, go, missing, pathway, visit } from './browser.mjs';

const skip = missing();
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

test('a sitting is answered with the keys 1, 2, 3 and S', { skip }, async () => {
  const { tab, context, seen } = await visit(open);
  await bundled(tab);
  await go(tab, 'Review');
  await pathway(tab, 'Health');
  await tab.getByRole('button', { name: 'Ask me 20 questions' }).click();
  await tab.getByRole('heading', { name: /^Question 1 of \d+/ }).waitFor();
  const of = Number(/of (\d+)/.exec(await tab.locator('#question-title').innerText())[1]);
  assert.ok(of > 0 && of <= 20);
  const keys = ['1', '2', '3', 's'];
  for (let n = 0; n < of; n += 1) {
    await tab.locator('#question-title', { hasText: `Question ${n + 1} of` }).waitFor();
    await tab.keyboard.press(keys[n % keys.length]);
  }
  await tab.getByText('That was the sitting').waitFor();
  await go(tab, /Take away/);
  const asked = Array.from({ length: of }, (_, n) => keys[n % keys.length]).filter((key) => key !== 's').length;
  await tab.getByRole('heading', { name: new RegExp(`^${asked} decisions?$`) }).waitFor();
  assert.deepEqual(seen, { requests: [], errors: [] });
  await context.close();
});

test('keys typed in a comment decide nothing', { skip }, async () => {
  const { tab, context } = await visit(open);
  await bundled(tab);
  await go(tab, 'Review');
  await pathway(tab, 'Health');
  await tab.getByRole('button', { name: 'Ask me 20 questions' }).click();
  await tab.locator('#question-title').waitFor();
  await tab.getByLabel('Comment, if you like').pressSequentially('1 or 2 or 3s');
  assert.match(await tab.locator('#question-title').innerText(), /^Question 1 of/);
  await context.close();
});
