// Writes the pictures of the guide, from the bundled map, so that they show what the page shows now.

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { browser, bundled, go, missing, openFile, pathway, root, visit } from './browser.mjs';

const why = missing();
if (why) {
  console.error(why);
  process.exit(2);
}
const folder = join(root, 'docs/guide/pictures');
mkdirSync(folder, { recursive: true });
const MOST = 120_000;
const open = await browser();
const size = { width: 1040, height: 660 };

async function picture(tab, name) {
  // the notes of a moment before are not what the picture is about
  await tab.waitForTimeout(150);
  const path = join(folder, `${name}.png`);
  await tab.screenshot({ path });
  const bytes = statSync(path).size;
  console.log(`docs/guide/pictures/${name}.png ${Math.round(bytes / 1000)} kB`);
  if (bytes > MOST) throw new Error(`${name} is larger than ${MOST} bytes`);
}

const { tab } = await visit(open, size);
await picture(tab, 'start');
await bundled(tab);
await go(tab, 'Core');
await pathway(tab, 'Health');
await tab.locator('.matrix').waitFor();
await tab.setViewportSize({ width: 1040, height: 880 });
await tab.evaluate(() => scrollTo(0, 120));
await picture(tab, 'core');
await tab.evaluate(() => scrollTo(0, 0));
await tab.setViewportSize(size);
await tab.locator('.topic-open').first().click();
await tab.getByRole('dialog').locator('.statement').first().waitFor();
await picture(tab, 'topic');
await tab.keyboard.press('Escape');
await go(tab, 'Review');
await tab.getByRole('button', { name: 'Ask me 20 questions' }).click();
await tab.locator('#question-title').waitFor();
await tab.evaluate(() => scrollTo(0, 90));
await picture(tab, 'review');
await tab.keyboard.press('1');
await tab.getByText('Question 2 of').waitFor();
await go(tab, 'Place');
await tab.getByLabel('Title').fill('Heritage bricklayer');
await tab.getByLabel('Tasks, knowledge and skills').fill('Repair walls of old buildings\nMix lime mortar\nLay bricks to match the bond');
await tab.locator('.ranked li').first().waitFor();
await tab.waitForTimeout(1500);
await picture(tab, 'place');
await go(tab, /Take away/);
await picture(tab, 'take-away');
await go(tab, 'Map');
await tab.evaluate(() => scrollTo(0, 0));
await picture(tab, 'map');

const officer = (await visit(open, size)).tab;
await openFile(officer, join(root, 'fixtures/maps/consultation.json'));
await go(officer, 'Responses');
await officer.locator('main input[type=file]').setInputFiles(join(root, 'fixtures/responses/consultation.csv'));
await officer.getByText(/answers to the three questions/).waitFor();
await officer.locator('details.card > summary', { hasText: 'Move Surveying technician' }).click();
await picture(officer, 'responses');
await open.close();
