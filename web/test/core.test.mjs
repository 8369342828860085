import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, bundled, go, missing, openFile, pathway, sizes, visit } from './browser.mjs';
import { file, smallMap } from './maps.mjs';

const skip = missing();
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

async function small() {
  const seen = await visit(open);
  await openFile(seen.tab, file(smallMap()));
  await go(seen.tab, 'Core');
  await seen.tab.locator('.matrix').waitFor();
  return seen;
}

test('the slider derives the core again while it moves', { skip }, async () => {
  const { tab, context, seen } = await small();
  assert.equal((await sizes(tab)).pathway, 4);
  await tab.getByLabel('Pathway core: at least').fill('3');
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '3');
  assert.match(await tab.locator('tbody.near, tbody.specialism').first().innerText(), /Planning/);
  await tab.getByRole('button', { name: "Back to the policy's shares" }).click();
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '4');
  assert.deepEqual(seen.errors, []);
  await context.close();
});

for (const [width, height] of [
  [1040, 720],
  [1440, 900],
]) {
  test(`the sliders and the sizes stay in sight beside the table, ${width} by ${height} px`, { skip }, async () => {
    const { tab, context } = await visit(open, { width, height });
    await bundled(tab);
    await go(tab, 'Core');
    await pathway(tab, 'Health');
    await tab.locator('.matrix thead .occupation', { hasText: 'Dental nurse' }).waitFor();
    await tab.locator('.matrix').evaluate((table) => table.scrollIntoView({ block: 'end' }));
    const inSight = (selector) =>
      tab.locator(selector).first().evaluate((one) => {
        const { left, top, width: w, height: h } = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(left + w / 2, top + h / 2));
      });
    for (const selector of ['#needed', '#route-share', '.core-size dd.pathway', '.matrix thead .occupation']) {
      assert.ok(await inSight(selector), `${selector} is in sight`);
    }
    const rows = await tab.locator('.topic-open').evaluateAll(
      (all) =>
        all.filter((one) => {
          const { left, top, height: h } = one.getBoundingClientRect();
          return one.contains(document.elementFromPoint(left + 2, top + h / 2));
        }).length,
    );
    assert.ok(rows >= 5, `${rows} topics are in sight`);
    await context.close();
  });
}

test('the table of the pathway before opens nothing', { skip }, async () => {
  const { tab, context } = await visit(open);
  await bundled(tab);
  await go(tab, 'Core');
  await tab.locator('.matrix').waitFor();
  const rested = await tab.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => document.querySelector('.matrix')?.closest('[inert]') && resolve(true);
        new MutationObserver(look).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['inert'] });
        const list = document.querySelector('#pathway');
        list.value = [...list.options].find((one) => one.textContent === 'Health').value;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        setTimeout(() => resolve(false), 5000);
      }),
  );
  assert.ok(rested, 'the old table rests');
  await tab.locator('.matrix thead .occupation', { hasText: 'Dental nurse' }).waitFor();
  await tab.locator('.topic-open').first().click();
  await tab.getByRole('dialog').locator('.statement').first().waitFor();
  await context.close();
});

test('the curve shows the size that the slider gives', { skip }, async () => {
  const { tab, context } = await small();
  const words = await tab.locator('.curve svg').getAttribute('aria-label');
  assert.match(words, /3 of 3 occupations: 0 route core and 3 pathway core topics/);
  await context.close();
});

test('strict asks for all occupations, a policy file for its own share', { skip }, async () => {
  const { tab, context } = await small();
  await tab.getByLabel('Strict').check();
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '3');
  const policy = {
    format: 'tlevel-policy',
    version: 1,
    name: 'Two thirds',
    levels: [3],
    pathway_quorum: 0.6,
    route_quorum: 1,
    min_sharers: 2,
    near: 1,
    grouping: { by: 'unit' },
    exceptions: [],
    hours: { qualification_min: 900, qualification_max: 1400, specialism_min_share: 0.5, placement_min: 315 },
    apprenticeship_only: [],
  };
  await tab.locator('.core-settings input[type=file]').setInputFiles(file(policy, 'policy.json'));
  await tab.getByLabel('Own').waitFor();
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '4');
  await tab.locator('.core-settings input[type=file]').setInputFiles(file({ format: 'none' }, 'policy.json'));
  await tab.getByText('Reading the policy did not work').waitFor();
  await context.close();
});

test('leaving an occupation out says what changes', { skip }, async () => {
  const { tab, context } = await small();
  await tab.locator('.core-occupations summary').click();
  await tab.getByRole('checkbox', { name: /Glass painter/ }).click();
  await tab.getByText(/Without Glass painter/).waitFor();
  assert.equal(await tab.locator('.matrix thead .occupation').count(), 2);
  await tab.getByRole('checkbox', { name: /Glass painter/ }).click();
  await tab.getByText(/With Glass painter/).waitFor();
  assert.equal(await tab.locator('.matrix thead .occupation').count(), 3);
  await context.close();
});

test('each cell has a sign and words, not only a shade', { skip }, async () => {
  const { tab, context } = await small();
  const cell = tab.locator('tbody.pathway tr:not(.tier) td.cell').first();
  assert.match(await cell.innerText(), /[●◐○]/);
  assert.match(await cell.locator('.hide').textContent(), /(much|some|little), \d+ statement/);
  await context.close();
});

test('a topic shows its statements, what they share, and who lacks it', { skip }, async () => {
  const { tab, context } = await small();
  await tab.locator('.topic-open', { hasText: 'Planning' }).click();
  const sheet = tab.getByRole('dialog');
  await sheet.locator('.statement').first().waitFor();
  assert.match(await sheet.innerText(), /Who lacks it\s+Glass painter/);
  const marks = await sheet.locator('mark').allInnerTexts();
  assert.ok(marks.length > 2, marks.join('; '));
  // shared words beside each other are one mark
  assert.ok(marks.some((mark) => / /.test(mark)), marks.join('; '));
  await tab.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  assert.match(await tab.evaluate(() => document.activeElement?.textContent), /Planning/);
  await context.close();
});

test('a pathway without a programme says why', { skip }, async () => {
  const { tab, context } = await visit(open);
  await bundled(tab);
  await go(tab, 'Core');
  const none = await tab.locator('#pathway option', { hasText: '(no programme)' }).first().innerText();
  await pathway(tab, none);
  await tab.getByText('This pathway has no programme').waitFor();
  await context.close();
});
