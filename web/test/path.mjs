// The main path through the page, for any browser that runs code in it.

import assert from 'node:assert/strict';

/** Clicks the first thing that fits and bears that text. */
const click = (selector, text) => {
  const found = [...document.querySelectorAll(selector)].find((one) => one.textContent.includes(text) && !one.disabled);
  found?.click();
  return Boolean(found);
};
const shows = (selector, text = '') => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);

/** Changes a field as a person would. */
const set = (selector, value) => {
  const field = document.querySelector(selector);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
};

/** Opens the bundled map and walks to a Word file; `page` has `until`, `run` and `reload`. */
export async function path(page) {
  await page.until(click, 'button', 'Begin with the bundled map');
  await page.until(shows, '.map-pathway');
  await page.until(click, '.rail a', 'Core');
  const health = await page.until(() => [...document.querySelectorAll('#pathway option')].find((one) => one.textContent === 'Health')?.value);
  await page.run(set, '#pathway', health);
  await page.until(shows, 'h1', 'The core of Health');
  // the table of the pathway before stays until the new one is there
  await page.until(shows, '.matrix thead .occupation', 'Dental nurse');

  const before = await page.run(texts, '.core-size .figures dd');
  await page.run(set, '#needed', '1');
  await page.until((was) => [...document.querySelectorAll('.core-size .figures dd')].map((one) => one.textContent).join() !== was, before.join());
  const after = await page.run(texts, '.core-size .figures dd');
  const core = ([route, pathway]) => Number(route) + Number(pathway);
  assert.ok(core(after) > core(before), `the core grows: ${core(before)} to ${core(after)} topics`);
  await page.until(click, 'button', "Back to the policy's shares");
  await page.until((was) => [...document.querySelectorAll('.core-size .figures dd')].map((one) => one.textContent).join() === was, before.join());

  await page.until(click, '.topic-open', '');
  await page.until(shows, 'dialog[open] .statement mark');
  await page.run(set, '#decide-note', 'Seen by the panel');
  await page.until(click, 'dialog button', 'Record the decision');
  await page.until(shows, 'dialog', 'Take back');
  await page.until(click, 'dialog button', 'Close');
  await page.until(() => !document.querySelector('dialog'));
  assert.ok(await page.run(shows, '.matrix .tag', 'decided'));

  await page.reload();
  await page.until(click, 'button', 'Continue');
  await page.until(shows, '.map-pathway');
  await page.until(click, '.rail a', 'Take away');
  await page.until(shows, 'main', 'Seen by the panel');
  await page.run(set, '#pathway', health);
  await page.until(shows, 'main', 'Health');
  await page.until(click, '.files button', 'Word');
}
