// Builds dist/workbench.html: one file with the page, its worker and the engine.
//
// The engine (WebAssembly) comes from bindings/web/pkg, or from the folder that
// TLEVEL_WEB_PKG names. Nothing in the page is fetched: its policy forbids it.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const web = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const engine = resolve(process.env.TLEVEL_WEB_PKG ?? join(web, '../bindings/web/pkg'));
const glue = join(engine, 'tlevel.js');
const wasm = join(engine, 'tlevel_bg.wasm.xz');

for (const file of [glue, wasm]) {
  if (!existsSync(file)) {
    console.error(`The engine is missing: ${file}`);
    console.error('Build bindings/web first, or name its folder: TLEVEL_WEB_PKG=FOLDER npm run build');
    process.exit(2);
  }
}

/** The address of the .wasm file, which the glue code would fetch, is taken out: the page gives it the bytes. */
const noAddress = {
  name: 'no-address',
  transform: (code, id) => (id === glue ? code.replace(/new URL\([^)]*import\.meta\.url\)/g, 'undefined') : null),
};

async function bundle(entry, name) {
  const [result] = [
    await build({
      configFile: false,
      root: web,
      logLevel: 'warn',
      plugins: [noAddress],
      resolve: { alias: { 'tlevel-engine': glue } },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        cssCodeSplit: false,
        lib: { entry: join(web, entry), formats: ['iife'], name, fileName: () => 'bundle.js' },
      },
    }),
  ].flat(2);
  const text = (file) => (file?.type === 'chunk' ? file.code : String(file?.source ?? ''));
  return {
    code: text(result.output.find((file) => file.fileName.endsWith('.js'))),
    style: text(result.output.find((file) => file.fileName.endsWith('.css'))),
  };
}

const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString('base64');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const worker = await bundle('src/engine/worker.ts', 'tlevelWorker');
const page = await bundle('src/main.tsx', 'tlevelPage');
// a script ends at "</script", whatever stands before it
const script = page.code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  'worker-src blob:',
  `style-src ${hash(page.style)}`,
  'img-src blob: data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const html = readFileSync(join(web, 'index.html'), 'utf8')
  .replace('{{policy}}', () => policy)
  .replace('{{style}}', () => page.style)
  .replace('{{worker}}', () => packed(worker.code))
  .replace('{{engine}}', () => readFileSync(wasm).toString('base64'))
  .replace('{{script}}', () => script);

mkdirSync(join(web, 'dist'), { recursive: true });
const out = join(web, 'dist/workbench.html');
writeFileSync(out, html);
const mb = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
console.log(`web/dist/workbench.html: ${mb(html.length)}, compressed ${mb(gzipSync(html, { level: 9 }).length)}`);
