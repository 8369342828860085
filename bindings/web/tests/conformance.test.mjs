// The package gives what the command line gives, byte for byte.
//
//   TLEVEL=target/debug/tlevel node --test bindings/web/tests
//
// tests/conformance.json holds the inputs. In a command, MAP and NEW are maps, FILE:x is a
// file with the option (or argument) x, OUT:x a file that the command writes, and "read"
// names the one to compare. "parts" compares these parts of a ZIP file, and not pictures,
// which the command line has in Word if it was built with them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as tlevel from '../pkg/node.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.env.TLEVEL ?? resolve(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/tlevel');
const folder = mkdtempSync(join(tmpdir(), 'tlevel-'));
after(() => rmSync(folder, { recursive: true }));

const file = (path) => readFileSync(join(root, path));
const given = (value) => {
  if (typeof value !== 'string') return value;
  if (value.startsWith('FILE:')) return file(value.slice(5)).toString();
  if (value.startsWith('JSON:')) return JSON.parse(file(value.slice(5)));
  return value;
};

/** What the command line prints or writes. */
function commandLine(set, options) {
  const words = set.command.map((word) => {
    if (word === 'MAP') return set.map;
    if (word === 'NEW') return set.new;
    if (word.startsWith('OUT:')) return join(folder, word.slice(4));
    if (!word.startsWith('FILE:')) return word;
    const name = word.slice(5);
    const path = join(folder, name);
    writeFileSync(path, name === 'argument' ? set.argument : options[name]);
    return path;
  });
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: root, maxBuffer: 1 << 28 });
  assert.ok(status === 0 || status === 1, `${words.join(' ')}: ${stderr}`);
  return set.read ? readFileSync(join(folder, set.read)) : stdout;
}

function wasm(set, options) {
  const call = tlevel[set.call];
  const map = file(set.map);
  if (set.new) return call(map, file(set.new), options);
  return set.argument === undefined ? call(map, options) : call(map, set.argument, options);
}

/** A part of a ZIP file. */
const part = (bytes, name) => {
  const path = join(folder, 'zip');
  writeFileSync(path, bytes);
  return execFileSync('unzip', ['-p', path, name], { maxBuffer: 1 << 28 }).toString();
};

/** The text of a Word file. */
const text = (xml) => [...xml.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text]) => text);

for (const set of JSON.parse(readFileSync(new URL('./conformance.json', import.meta.url)))) {
  test(set.name, () => {
    const options = set.options && Object.fromEntries(Object.entries(set.options).map(([k, v]) => [k, given(v)]));
    const [ours, theirs] = [Buffer.from(wasm(set, options)), commandLine(set, options)];
    assert.ok(ours.length > 100, 'says something');
    if (set.parts) {
      const [a, b] = [text(part(ours, set.parts)), text(part(theirs, set.parts))];
      assert.ok(a.length > 100);
      assert.deepEqual(a, b);
    } else {
      assert.ok(ours.equals(theirs), `${ours.length} and ${theirs.length} bytes differ`);
    }
  });
}
