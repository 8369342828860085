import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { alone, browser, bundled, go, missing, openFile, program, visit } from './browser.mjs';
import { file, smallMap } from './maps.mjs';

const skip = missing();
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

test('the bundled map opens without any request', { skip }, async () => {
  const { tab, seen, context } = await visit(open);
  await bundled(tab);
  assert.match(await tab.locator('h1').innerText(), /map/i);
  assert.ok((await tab.locator('.map-route').count()) > 5);
  assert.deepEqual(seen, { requests: [], errors: [] });
  await context.close();
});

test('a file opens, and its findings are grouped with places', { skip }, async () => {
  const { tab, seen, context } = await visit(open);
  await openFile(tab, file(smallMap()));
  assert.equal(await tab.locator('h1').innerText(), 'A small map');
  await go(tab, /Findings/);
  await tab.getByText('Approved occupations without a reference').click();
  const places = await tab.locator('details[open] td.code').allInnerTexts();
  assert.equal(places.length, 3);
  assert.match(places[0], /line 1/);
  assert.deepEqual(seen, { requests: [], errors: [] });
  await context.close();
});

test('a map in a workbook opens, and findings name sheet and cell', { skip: skip || alone }, async () => {
  const { tab, seen, context } = await visit(open);
  const folder = mkdtempSync(join(tmpdir(), 'tlevel-'));
  try {
    writeFileSync(join(folder, 'small.json'), JSON.stringify(smallMap({ title: 'In a workbook' })));
    execFileSync(program, ['convert', join(folder, 'small.json'), '-o', join(folder, 'small.xlsx')]);
    const buffer = readFileSync(join(folder, 'small.xlsx'));
    await openFile(tab, { name: 'small.xlsx', mimeType: 'application/octet-stream', buffer });
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.equal(await tab.locator('h1').innerText(), 'In a workbook');
  await go(tab, /Findings/);
  await tab.getByText('Approved occupations without a reference').click();
  const places = await tab.locator('details[open] td.code').allInnerTexts();
  assert.match(places[0], /sheet Occupations, cell [A-Z]+6/);
  assert.deepEqual(seen, { requests: [], errors: [] });
  await context.close();
});

test('a dropped file opens', { skip }, async () => {
  const { tab, context } = await visit(open);
  const data = await tab.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return transfer;
  }, JSON.stringify(smallMap({ title: 'Dropped here' })));
  await tab.dispatchEvent('.drop', 'drop', { dataTransfer: data });
  await tab.getByRole('heading', { name: 'Dropped here' }).waitFor();
  await context.close();
});

test('a file that is no map is refused with a sentence, and the map before stays', { skip }, async () => {
  const { tab, context } = await visit(open);
  await openFile(tab, file(smallMap()));
  await go(tab, 'Open');
  await tab.locator('input[type=file]').first().setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"title": ') });
  const box = tab.getByRole('alert').locator('.trouble');
  await box.waitFor();
  assert.match(await box.innerText(), /Opening notes\.json did not work/);
  assert.match(await box.innerText(), /line 1|JSON/);
  await go(tab, 'Map');
  assert.equal(await tab.locator('h1').innerText(), 'A small map');
  await context.close();
});

test('opening a large file shows progress and can be cancelled', { skip }, async () => {
  const { tab, context } = await visit(open);
  const big = smallMap({ title: 'Large' });
  const [cluster] = big.routes[0].pathways[0].clusters;
  const [first] = cluster.occupations;
  const words = (n) => `Statement ${n} about the ${['cutting', 'fitting', 'drawing', 'glazing'][n % 4]} of part ${n * 7919}`;
  for (let n = 0; n < 400; n += 1) {
    const statements = Array.from({ length: 60 }, (_, k) => ({ id: `K${k}`, kind: 'knowledge', text: words(n * 60 + k) }));
    cluster.occupations.push({ ...first, id: `L${n}`, title: `Occupation ${n}`, statements });
  }
  await tab.locator('input[type=file]').first().setInputFiles(file(big, 'large.json'));
  await tab.getByRole('progressbar').waitFor();
  await tab.getByRole('button', { name: 'Cancel' }).click();
  await tab.getByText('Stopped. Nothing was opened.').waitFor();
  await tab.getByRole('button', { name: 'Choose a file' }).waitFor();
  await openFile(tab, file(smallMap({ title: 'After it' })));
  assert.equal(await tab.locator('h1').innerText(), 'After it');
  await context.close();
});

test('the map can be searched, and marks say why a branch has no T Level', { skip }, async () => {
  const { tab, context } = await visit(open);
  await bundled(tab);
  assert.ok((await tab.locator('.map-route > summary .tag.warn').count()) > 0);
  await tab.getByLabel('Find an occupation, cluster or pathway').fill('bricklay');
  assert.match(await tab.locator('.map-routes').innerText(), /Bricklayer/);
  await tab.getByLabel('Find an occupation, cluster or pathway').fill('zzzz');
  await tab.getByText('Nothing on the map matches').waitFor();
  await context.close();
});
