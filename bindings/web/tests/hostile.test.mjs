// Broken bytes give an Error with a sentence: never a trap, after which the instance would
// be dead. The same bytes in each run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as tlevel from '../pkg/node.js';

const fixture = (path) => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url));
const maps = [fixture('maps/consultation.json'), fixture('official/standards.json')];
const responses = fixture('responses/consultation.csv');

/** Numbers that look random (mulberry32). */
function numbers(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A file that something went wrong with. */
function broken(bytes, next) {
  const copy = Buffer.from(bytes);
  switch (next(5)) {
    case 0: // cut off
      return copy.subarray(0, next(copy.length));
    case 1: // bytes changed
      for (let n = 0; n <= next(20); n += 1) copy[next(copy.length)] = next(256);
      return copy;
    case 2: { // a part twice
      const [at, length] = [next(copy.length), next(2_000)];
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.max(0, at - length))]);
    }
    case 3: { // a part missing
      const at = next(copy.length);
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + next(5_000))]);
    }
    default: { // numbers and words of another kind
      const words = ['-1', '99999999999999999999', 'null', '{}', '""', '"\\ud800"', '1e999', '[[[]]]'];
      return Buffer.from(copy.toString('latin1').replace(/: ("[^"]*"|\d+)/g, (all) => (next(30) ? all : `: ${words[next(words.length)]}`)), 'latin1');
    }
  }
}

/** Calls, and fails on anything but an answer or an Error with a sentence. */
function survives(call) {
  try {
    call();
    return true;
  } catch (error) {
    assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${error?.stack ?? error}`);
    assert.ok(error.message.length > 10, error.message);
    return false;
  }
}

test('broken maps', { timeout: 240_000 }, () => {
  const next = numbers(7);
  let read = 0;
  for (let round = 0; round < 150; round += 1) {
    const bytes = broken(maps[round % 2], next);
    read += survives(() => tlevel.check(bytes));
    if (round % 3 === 0) survives(() => tlevel.derive(bytes, { policy: 'panel' }));
    if (round % 10 === 0) {
      survives(() => {
        const workspace = tlevel.Workspace.open(bytes, 'broken.json');
        try {
          const { routes } = JSON.parse(workspace.overview());
          for (const { id } of routes.flatMap((route) => route.pathways)) {
            for (const call of ['matrix', 'curve', 'programme']) survives(() => workspace[call](id));
            survives(() => workspace.spec(id, 'docx'));
          }
        } finally {
          workspace.free();
        }
      });
    }
  }
  assert.ok(read > 10 && read < 150, `${read} of 150 could be read`);
});

test('broken decisions, changes, responses and words', { timeout: 240_000 }, () => {
  const next = numbers(11);
  const workspace = tlevel.Workspace.open(maps[0], 'consultation.json');
  const before = workspace.derivation();
  const ledger = Buffer.from('decision,occupation_a,statement_a,occupation_b,statement_b,note\nsame,LARS82,K4,LARS1,K1,"a, b"\nunsure,LARS82,K4,LARS1,K1,x\n');
  const changes = Buffer.from('change,occupation,level,to\nre-level,LARS287,3,\nmove,LARS82,,construction\n');
  for (let round = 0; round < 60; round += 1) {
    const text = (bytes) => broken(bytes, next).toString('latin1');
    survives(() => workspace.setLedger(text(ledger)));
    survives(() => workspace.setLedger(JSON.stringify({ pairs: text(ledger), topics: text(ledger), content: text(changes) })));
    survives(() => workspace.effects(text(changes)));
    survives(() => workspace.responses(broken(responses, next), 'responses.csv'));
    survives(() => workspace.suggest(text(Buffer.from('{"title":"Baker","skills":["Bake"],"level":3}')), next(5)));
    survives(() => workspace.setPolicy(text(Buffer.from(JSON.stringify(JSON.parse(workspace.policies())[1].policy)))));
    survives(() => workspace.setQuorum(text(Buffer.from('60 %')), text(Buffer.from('3 of 4'))));
    survives(() => tlevel.explain(maps[0], text(Buffer.from('LARS82 K4')), { policy: 'panel' }));
  }
  // workbooks that are none
  for (const head of ['PK\x03\x04', 'PK\x05\x06', '\xd0\xcf\x11\xe0']) {
    survives(() => workspace.responses(Buffer.from(head + 'x'.repeat(next(4_000)), 'latin1'), 'responses.xlsx'));
  }
  const xlsx = workspace.spec('onsite-construction', 'xlsx');
  for (let round = 0; round < 40; round += 1) {
    survives(() => workspace.responses(broken(xlsx, next), 'responses.xlsx'));
    survives(() => workspace.decisionsOfWorkbook(broken(xlsx, next)));
  }
  workspace.setLedger('');
  workspace.setPolicy('panel');
  workspace.setQuorum('', '');
  assert.equal(workspace.derivation(), before, 'nothing of it is left');
});

test('names that are long, empty or of another script', () => {
  const workspace = tlevel.Workspace.open(maps[0], '\u202e\u0000name');
  for (const name of ['', ' ', '\u0000', 'x'.repeat(100_000), '🏗️', '__proto__', '../..', '\ud800']) {
    for (const call of ['matrix', 'curve', 'programme']) survives(() => workspace[call](name));
    survives(() => workspace.topic(name, name));
    survives(() => workspace.item(name, name));
    survives(() => workspace.questions(name, 3));
    survives(() => workspace.spec(name, name));
    survives(() => workspace.picture(name, name, name));
    survives(() => workspace.except(name, name));
    survives(() => workspace.setQuorum(name, name));
  }
  assert.ok(workspace.overview().length > 100);
});
