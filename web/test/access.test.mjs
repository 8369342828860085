import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { browser, bundled, go, missing, openFile, pathway, visit } from './browser.mjs';
import { file, smallMap } from './maps.mjs';

const skip = missing();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = ['Map', 'Core', 'Review', 'Place', 'Change', 'Responses', /Take away/, /Findings/, 'Open'];
let open;
before(async () => {
  if (!skip) open = await browser();
});
after(() => open?.close());

async function clean(tab, where) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('\n  ')}`);
  assert.deepEqual(said, [], where);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${where}: ${wide} px wider than the window`);
}

for (const [width, dark] of [
  [360, false],
  [768, true],
  [1440, false],
  [1920, true],
]) {
  test(`no barrier that axe finds, ${width} px, ${dark ? 'dark' : 'light'}`, { skip, timeout: 240_000 }, async () => {
    const { tab, context } = await visit(open, { width, dark });
    await clean(tab, 'start');
    await bundled(tab);
    for (const name of SCREENS) {
      await go(tab, name);
      if (name === 'Place') {
        await tab.getByLabel('Title').fill('Bricklayer');
        await tab.locator('.ranked li').first().waitFor();
      }
      await clean(tab, String(name));
    }
    await go(tab, 'Core');
    await pathway(tab, 'Health');
    await tab.locator('.topic-open').first().click();
    await tab.getByRole('dialog').locator('.statement').first().waitFor();
    await clean(tab, 'a topic');
    await tab.keyboard.press('Escape');
    await context.close();
  });
}

test('a screen reader is told what changes, each thing once, by names without keys', { skip }, async () => {
  const { tab, context } = await visit(open);
  await openFile(tab, file(smallMap()));
  await go(tab, 'Core');
  await tab.locator('.matrix').waitFor();
  const news = () => tab.locator('main > [role=status]').textContent();
  const said = (words) => tab.waitForFunction((wanted) => [...document.querySelectorAll('[role=status]')].some((one) => one.textContent.includes(wanted)), words);
  assert.equal(await news(), '');
  const slider = tab.getByRole('slider', { name: 'Pathway core: at least', exact: true });
  await slider.focus();
  await tab.keyboard.press('ArrowRight');
  await said('pathway core: 3,');
  // no other part of the page speaks of it
  assert.equal(await tab.locator('.core-bar [aria-live], .core-bar output, .core-bar [role=status]').count(), 0);
  await tab.locator('.topic-open').first().click();
  const dialog = tab.getByRole('dialog');
  await dialog.locator('.statement').first().waitFor();
  await tab.waitForFunction(() => document.activeElement?.id === 'sheet-title');
  const about = await dialog.evaluate((one) => document.getElementById(one.getAttribute('aria-describedby')).textContent);
  assert.match(about, /core \d+ of \d+ occupations have it/);
  await dialog.getByLabel('What should become of it').selectOption('drop');
  await dialog.getByRole('button', { name: 'Record the decision', exact: true }).click();
  await dialog.locator('[role=status]', { hasText: 'Recorded. Drop: ' }).waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await tab.keyboard.press('Control+z');
  await said('Taken back. Drop: ');
  // the page has the colours as soon as the button says so
  const colours = await tab.getByRole('button', { name: 'Colours: as the system has them', exact: true }).evaluate(
    (button) =>
      new Promise((done) => {
        const { dataset } = document.documentElement;
        new MutationObserver(() => done(`${button.ariaLabel}: ${dataset.theme}`)).observe(button, { attributeFilter: ['aria-label'] });
        button.click();
      }),
  );
  assert.equal(colours, 'Colours: light: light');
  await context.close();
});

/** Presses Tab until the focus is on what fits. */
async function tabTo(tab, fits, most = 80) {
  for (let n = 0; n < most; n += 1) {
    const text = await tab.evaluate(() => {
      const at = document.activeElement;
      return `${at?.tagName} ${at?.id}${at?.getAttribute('aria-label') ?? ''} ${at?.textContent?.slice(0, 80)}`;
    });
    if (fits.test(text)) return;
    await tab.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${fits}`);
}

test('the whole way by keyboard alone: open, shape, decide, take away', { skip }, async () => {
  const { tab, context } = await visit(open);
  // a file is chosen in the browser's own dialog, which a test cannot type into
  await openFile(tab, file(smallMap()));
  await tabTo(tab, /^A .*Core/);
  await tab.keyboard.press('Enter');
  await tab.locator('.matrix').waitFor();
  // the focus comes a frame after the screen
  await tab.waitForFunction(() => /The core of Glass/.test(document.activeElement?.textContent));
  await tabTo(tab, /INPUT needed/);
  await tab.keyboard.press('ArrowRight');
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '3');
  await tabTo(tab, /^BUTTON .*(Health|Communication|Managing)/);
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  await tab.getByRole('dialog').locator('.statement').first().waitFor();
  await tabTo(tab, /SELECT decide-word/);
  await tab.keyboard.press('d');
  await tabTo(tab, /^BUTTON .*Record the decision/);
  await tab.keyboard.press('Enter');
  await tab.getByRole('dialog').getByRole('button', { name: 'Take back' }).waitFor();
  await tab.keyboard.press('Escape');
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '2');
  await tab.keyboard.press('Control+z');
  await tab.waitForFunction(() => document.querySelector('.core-size dd.pathway')?.textContent === '3');
  await tab.evaluate(() => window.scrollTo(0, 0));
  await tab.locator('#screen-title').focus();
  await tab.keyboard.press('Shift+Tab');
  for (let n = 0; n < 4; n += 1) await tab.keyboard.press('Shift+Tab');
  await tabTo(tab, /^A .*Take away/);
  await tab.keyboard.press('Enter');
  await tabTo(tab, /^BUTTON Word: Draft/);
  const [saved] = await Promise.all([tab.waitForEvent('download'), tab.keyboard.press('Enter')]);
  assert.match(saved.suggestedFilename(), /\.docx$/);
  await context.close();
});
