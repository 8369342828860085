import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, bundled, downloaded, go, missing, openFile, root, visit } from './browser.mjs';

const skip = missing();
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

test('an occupation is placed as one types', { skip }, async () => {
  const { tab, context } = await visit(open);
  await bundled(tab);
  await go(tab, 'Place');
  await tab.getByText('Nothing typed yet').waitFor();
  await tab.getByLabel('Title').pressSequentially('Apprentice bricklayer');
  await tab.getByLabel('Tasks, knowledge and skills').fill('Build brick walls\nMix mortar');
  // what the first letters gave may be there until all of it is read
  const first = tab.locator('.ranked li').first();
  await first.filter({ hasText: 'Construction' }).waitFor();
  assert.match(await first.innerText(), /% likely[\s\S]*Construction/);
  assert.match(await first.innerText(), /For it, the strongest first:/);
  await context.close();
});

test('a change shows its effects, and is saved to a file', { skip }, async () => {
  const { tab, context } = await visit(open);
  await bundled(tab);
  await go(tab, 'Change');
  await tab.getByRole('button', { name: 'Add the change' }).click();
  await tab.getByText('Fill in: an occupation.').waitFor();
  await tab.getByLabel('What to change').selectOption({ label: 'Open an apprenticeship-only branch' });
  await tab.getByLabel('Branch').selectOption({ index: 1 });
  await tab.getByRole('button', { name: 'Add the change' }).click();
  await tab.getByRole('heading', { name: '1 change' }).waitFor();
  assert.match(await tab.locator('[aria-labelledby=effects-title]').innerText(), /would change/);
  const path = await downloaded(tab, () => tab.getByRole('button', { name: 'Save the changes (CSV)' }).click());
  assert.match(readFileSync(path, 'utf8'), /^change,occupation,[^\n]+\r\nunmark,/);
  await context.close();
});

test('responses are screened, and personal details left out', { skip }, async () => {
  const { tab, context } = await visit(open);
  await openFile(tab, join(root, 'fixtures/maps/consultation.json'));
  await go(tab, 'Responses');
  await tab.getByText('No responses are open').waitFor();
  await tab.locator('main input[type=file]').setInputFiles(join(root, 'fixtures/responses/consultation.csv'));
  await tab.getByText('10 answers to the three questions, with 5 proposals').waitFor();
  await tab.evaluate(() => document.querySelectorAll('main details').forEach((one) => (one.open = true)));
  const text = await tab.locator('main').innerText();
  assert.match(text, /New: Drone surveyor/);
  assert.doesNotMatch(text, /Jane Doe|John Roe|example\.org|SKYWAYS/i);
  const path = await downloaded(tab, () => tab.getByRole('button', { name: 'Save as Excel' }).click());
  assert.match(path, /responses\.xlsx$/);
  await context.close();
});
