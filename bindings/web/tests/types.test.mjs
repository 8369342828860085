// What the types say is what the functions give: results, as literals of their types, pass
// TypeScript, which knows missing and unknown members. Needs TypeScript, from the folder
// TLEVEL_NODE_MODULES if it is not installed here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as tlevel from '../pkg/node.js';

let tsc;
try {
  const modules = process.env.TLEVEL_NODE_MODULES;
  const typescript = createRequire(modules ? join(modules, 'x.js') : import.meta.url).resolve('typescript/package.json');
  // since version 7, a package does not give its program by name
  tsc = join(dirname(typescript), 'bin', 'tsc');
} catch {
  // the test is skipped
}

const types = fileURLToPath(new URL('../pkg/tlevel.d.ts', import.meta.url)).replace(/\.d\.ts$/, '.js');

/** What TypeScript says of a program. */
function compiled(source) {
  const folder = mkdtempSync(join(tmpdir(), 'tlevel-types-'));
  try {
    writeFileSync(join(folder, 'x.ts'), `import * as t from ${JSON.stringify(types)};\n${source}`);
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'esnext,dom', '--module', 'nodenext', '--skipLibCheck', 'false'];
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, join(folder, 'x.ts')]);
    return { said: stdout.toString(), status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('results are of their types', { skip: !tsc && 'there is no TypeScript', timeout: 120_000 }, () => {
  const workspace = tlevel.Workspace.open(null, 'the bundled map');
  const pathway = 'digital/digital-support-and-services';
  const derivation = JSON.parse(workspace.derivation());
  derivation.programmes = derivation.programmes.filter((programme) => programme.route.id === 'digital');
  const programme = derivation.programmes.find((programme) => programme.pathway.id === pathway);
  const topic = programme.topics.find((topic) => topic.elements.length > 0);
  const strict = JSON.parse(tlevel.derive(readFileSync(new URL('../../../fixtures/maps/england.json', import.meta.url)), {
    concepts: readFileSync(new URL('../../../fixtures/maps/england-concepts.csv', import.meta.url)).toString(),
    pathway,
  }));
  const overview = JSON.parse(workspace.overview());
  const file = (name) => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url));
  const [small, official] = [file('maps/consultation.json'), file('official/standards.json')];
  const desk = tlevel.Workspace.open(small, 'a small map');
  const occupations = JSON.stringify([
    { title: 'Drone surveyor', level: 3, statements: [{ kind: 'skill', text: 'Survey sites with a drone.' }] },
    { title: 'Bricklayer' },
  ]);
  const results = {
    Info: workspace.info(),
    Findings: workspace.findings(),
    Overview: JSON.stringify(overview),
    'NamedPolicy[]': workspace.policies(),
    Derivation: JSON.stringify(derivation),
    'Programme[]': JSON.stringify(strict.programmes),
    Matrix: workspace.matrix(pathway),
    'CurvePoint[]': workspace.curve(pathway),
    TopicView: workspace.topic(pathway, topic.id),
    ItemView: workspace.item(pathway, topic.elements[0].concept),
    'Required<t.DecisionFiles>': workspace.ledger(),
    Applied: workspace.setLedger('decision,occupation_a,statement_a,occupation_b,statement_b\nsane,a,b,c,d\n'),
    MapFile: tlevel.read(official),
    Harmony: tlevel.harmonise(small),
    TopicMatrix: tlevel.topics(small),
    'Placement[]': tlevel.suggest(small, occupations, { explain: true }),
    ExplainedConcept: tlevel.explain(small, 'LARS51 K1'),
    ExplainedTopic: tlevel.explain(small, 'health-and-safety'),
    Difference: tlevel.diff(small, file('maps/england.json'), { newPolicy: 'panel' }),
    Effect: JSON.stringify(JSON.parse(desk.effects('change,branch\nunmark,protective-services\n')).effect),
    Questions: workspace.questions(pathway, 3),
    Responses: desk.responses(file('responses/consultation.csv'), 'responses.csv'),
  };
  const literal = ([type, json], i) => `export const r${i}: ${type.startsWith('Required') ? type : `t.${type}`} = ${json};`;
  const { said, status } = compiled(Object.entries(results).map(literal).join('\n'));
  assert.equal(status, 0, said.slice(0, 3_000));
  const wrong = compiled('export const x: t.Info = { name: "x" };\nt.derive(new Uint8Array(), { polciy: "panel" });');
  assert.equal((wrong.said.match(/error TS/g) ?? []).length, 2, wrong.said);
});
