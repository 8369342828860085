// The page in Chromium, as a person would use it.

import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const web = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const root = resolve(web, '..');
const page = process.env.WORKBENCH ?? join(web, 'dist/workbench.html');
export const address = pathToFileURL(page).href;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

/** Why the tests cannot run here; false if they can. */
export function missing() {
  if (!CHROMIUM) return 'no Chromium; install it, or name it: CHROMIUM=PATH';
  return missingPage();
}

/** Why there is no page to test; false if there is one. */
export function missingPage() {
  return existsSync(page) ? false : `no page at ${page}; run "npm run build" first`;
}

/** The command line, and why it cannot be asked; false if it can. */
export const program = process.env.TLEVEL ?? join(root, 'target/debug/tlevel');
export const alone = existsSync(program) ? false : `no program at ${program}; build it, or name it: TLEVEL=PATH`;

export async function browser() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A fresh profile with the page open; every request and every error of it is written down. */
export async function visit(open, { width = 1440, height = 900, dark = false } = {}) {
  const context = await open.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  const seen = { requests: [], errors: [] };
  context.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) seen.requests.push(request.url());
  });
  const tab = await another(context, seen);
  return { context, tab, seen };
}

/** One more tab of the same profile. */
export async function another(context, seen = { errors: [] }) {
  const tab = await context.newPage();
  tab.setDefaultTimeout(Number(process.env.PATIENCE ?? 30_000));
  tab.on('pageerror', (error) => seen.errors.push(String(error)));
  tab.on('console', (line) => {
    if (line.type() === 'error') seen.errors.push(line.text());
  });
  await tab.goto(address);
  return tab;
}

/** Opens the bundled map. */
export async function bundled(tab) {
  await tab.getByRole('button', { name: 'Begin with the bundled map' }).click();
  await opened(tab);
}

/** Opens a file. */
export async function openFile(tab, file) {
  await tab.locator('input[type=file]').first().setInputFiles(file);
  await opened(tab);
}

async function opened(tab) {
  await tab.waitForFunction(() => location.hash === '#/map' && !document.querySelector('[role=progressbar]'));
}

export async function go(tab, name) {
  await tab.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click();
}

/** Chooses the pathway whose name is that. */
export async function pathway(tab, name) {
  await tab.locator('#pathway').selectOption({ label: name });
}

/** Clicks, and gives the downloaded file. */
export async function downloaded(tab, click) {
  const [file] = await Promise.all([tab.waitForEvent('download'), click()]);
  const path = join(mkdtempSync(join(tmpdir(), 'workbench-')), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** The sizes of the core that the page shows, by their names. */
export async function sizes(tab) {
  const cells = await tab.locator('.core-size .figures dd').allInnerTexts();
  const [route, own, specialism, near] = cells.map(Number);
  return { route, pathway: own, specialism, near };
}
