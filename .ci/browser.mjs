// Opens pages in a headless browser and looks at them as people do: on a phone
// and on a desk, with the keyboard alone, with an automated accessibility check,
// and without scripts.
//
// node .ci/browser.mjs FOLDER_OF_NODE_MODULES SITE PAGE...
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [modules, site, ...others] = process.argv.slice(2);
const require = createRequire(resolve(modules, "x.js"));
const puppeteer = require("puppeteer-core");
const axe = require.resolve("axe-core/axe.min.js");

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const faults = [];
let checks = 0;

const browser = await puppeteer.launch({
  executablePath: browsers.find(existsSync),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

const check = (page, what, holds) => {
  checks += 1;
  if (!holds) faults.push(`${page}: ${what}`);
};

const open = async (file, size) => {
  const page = await browser.newPage();
  await page.setViewport(size);
  page.on("pageerror", (error) => faults.push(`${file}: ${error}`));
  page.on("request", (request) => check(file, `asks for ${request.url()}`, request.url().startsWith("file:")));
  await page.goto(pathToFileURL(file).href);
  return page;
};

// where the focus is, and whether one sees it
const focus = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    what: at.tagName + (at.id ? `#${at.id}` : ""),
    class: at.className.baseVal ?? at.className,
    isBody: at === document.body,
    isSeen: style.outlineStyle !== "none" && box.width > 0 && box.left >= 0 && box.left < innerWidth,
  };
});

const look = async (file) => {
  for (const [name, size] of Object.entries(SIZES)) {
    const page = await open(file, size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(file, `wider than a ${name} by ${wide} pixels`, wide <= 0);
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), RULES);
    for (const { id, help, nodes } of violations) {
      faults.push(`${file} (${name}): ${id}: ${help}: ${nodes.length} times, first ${nodes[0].html.slice(0, 160)}`);
    }
    checks += 1;
    await page.close();
  }
};

// the first stop skips to the content; each stop is seen; the last is reached
const tab = async (file) => {
  const page = await open(file, SIZES.desk);
  await page.keyboard.press("Tab");
  check(file, "the first stop is not the skip link", (await focus(page)).class === "skip");
  let stops = 1;
  for (; stops < 400; stops += 1) {
    const at = await focus(page);
    if (at.isBody) break;
    check(file, `stop ${stops} (${at.what}) is not seen`, at.isSeen);
    await page.keyboard.press("Tab");
  }
  const there = await page.evaluate(() => document.querySelectorAll("a[href],input,[tabindex='0']").length);
  check(file, `${stops - 1} stops of ${there}`, stops - 1 >= Math.min(there, 399));
  await page.close();
  // the skip link alone
  const again = await open(file, SIZES.desk);
  await again.keyboard.press("Tab");
  await again.keyboard.press("Enter");
  check(file, "the skip link does not lead to the content", (await focus(again)).what === "MAIN#main");
  await again.close();
};

const search = async (query, least) => {
  const page = await open(join(site, "search.html"), SIZES.phone);
  await page.focus("#query");
  await page.keyboard.type(query);
  const { said, links } = await page.evaluate(() => ({
    said: document.getElementById("found").textContent,
    links: [...document.querySelectorAll("#results a")].map((link) => link.href),
  }));
  check("search", `"${query}": ${said}`, links.length >= least && /^\d+ results?/.test(said));
  for (const link of links) {
    check("search", `${link} is not there`, existsSync(fileURLToPath(link.split("#")[0])));
  }
  if (links.length > 0) {
    await page.keyboard.press("Tab");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    check("search", "the first result does not open", page.url() === links[0]);
  }
  await page.close();
};

const withoutScripts = async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(pathToFileURL(join(site, "search.html")).href);
  const seen = await page.$eval("noscript", (element) => element.textContent).catch(() => "");
  check("search without scripts", "does not say so", seen.includes("needs scripts"));
  const form = await page.$eval(".search", (element) => element.hidden);
  check("search without scripts", "shows a form that does nothing", form);
  // on foot from the start to an occupation
  await page.goto(pathToFileURL(join(site, "index.html")).href);
  for (const folder of ["routes", "pathways", "occupations"]) {
    const link = await page.$(`main a[href*="${folder}/"]`);
    check("without scripts", `no link to ${folder} on ${page.url()}`, link !== null);
    if (link === null) break;
    const address = await link.evaluate((element) => element.href.baseVal ?? element.href);
    await page.goto(new URL(address, page.url()).href);
  }
  await page.close();
};

const here = dirname(fileURLToPath(import.meta.url));
const pages = others.map((page) => (existsSync(page) ? page : join(site, page)));
for (const file of pages) await look(file);
for (const file of pages) await tab(file);
await search("construction", 2);
// forms of a word, a T Level by its title, a slip
await search("plumbers", 1);
await search("T Level in Onsite construction", 1);
await search("carpentr", 1);
await search("brickleyer", 1);
await search("no such thing as this", 0);
await withoutScripts();
await browser.close();
for (const fault of faults.slice(0, 40)) console.error(fault.replace(here, ""));
if (faults.length > 40) console.error(`and ${faults.length - 40} more`);
console.log(`${pages.length} pages, ${checks} checks, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
