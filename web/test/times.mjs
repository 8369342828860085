// Prints how long the page takes: opening, and from a moved slider to the changed table.
//
// npm run times -- [FILE] opens FILE too, a large map of your own. Run it on a calm machine.

import { loadavg } from 'node:os';
import { basename } from 'node:path';
import { browser, missing, visit } from './browser.mjs';

const why = missing();
if (why) {
  console.error(why);
  process.exit(2);
}
const RUNS = 5;
const file = process.argv[2];
const open = await browser();
const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const row = (what, all, aim) =>
  console.log(`${what.padEnd(58)} ${middle(all).toFixed(0).padStart(6)} ms  (aim ${aim} ms; ${all.map((one) => one.toFixed(0)).join(', ')})`);

/** Milliseconds in the page from a click, or a chosen file, to the screen that shows the programmes. */
async function opening(choose) {
  const { tab, context } = await visit(open);
  await tab.getByRole('button', { name: 'Choose a file' }).waitFor();
  await tab.evaluate(() => {
    const began = (event) => {
      if (!event.target.matches('button, input[type=file]') || window.began) return;
      window.began = performance.now();
      new MutationObserver((_, watch) => {
        if (!document.querySelector('.map-pathway')) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => (window.shown = performance.now())));
      }).observe(document.body, { childList: true, subtree: true });
    };
    addEventListener('click', began, true);
    addEventListener('change', began, true);
  });
  await choose(tab);
  await tab.waitForFunction(() => window.shown);
  return { tab, context, took: await tab.evaluate(() => window.shown - window.began) };
}

/** Milliseconds from each place of the slider to the table that it gives. */
async function sliding(tab) {
  await tab.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Core' }).click();
  await tab.locator('.matrix').waitFor();
  return tab.evaluate(async () => {
    const slider = document.getElementById('needed');
    const first = Number(slider.value);
    const all = [];
    for (let step = 0; step < 10; step += 1) {
      const next = step % 2 === 0 ? Math.max(Number(slider.min), first - 1) : first;
      const changed = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(resolve));
        });
        watch.observe(document.querySelector('.matrix'), { childList: true, subtree: true, characterData: true, attributes: true });
        setTimeout(resolve, 3000);
      });
      const began = performance.now();
      slider.value = String(next);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await changed;
      all.push(performance.now() - began);
    }
    return all;
  });
}

async function measure(name, choose, aim) {
  const all = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { tab, context, took } = await opening(choose);
    all.push(took);
    if (run === RUNS - 1) {
      row(`${name}: to the first programme`, all, aim);
      row(`${name}: slider to changed table`, await sliding(tab), 50);
    }
    await context.close();
  }
}

console.log(`load ${loadavg()[0].toFixed(1)}, middle of ${RUNS} runs`);
const pages = [];
for (let run = 0; run < RUNS; run += 1) {
  const { tab, context } = await visit(open);
  await tab.getByRole('button', { name: 'Choose a file' }).waitFor();
  pages.push(await tab.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()));
  await context.close();
}
row('the page: to its first picture', pages, 1000);
await measure('bundled map', (tab) => tab.getByRole('button', { name: 'Begin with the bundled map' }).click(), 1000);
if (file) await measure(basename(file), (tab) => tab.locator('input[type=file]').first().setInputFiles(file), 2000);
await open.close();
