// A map kept open: the same answers as those of the plain functions, and what a page
// changes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as tlevel from '../pkg/node.js';
import { workbook } from './workbook.mjs';

const path = new URL('../../../fixtures/maps/england.json', import.meta.url);
const bytes = readFileSync(path);
const PATHWAY = 'digital/digital-support-and-services';
const open = () => tlevel.Workspace.open(null, 'the bundled map');
const parsed = (json) => JSON.parse(json);
const fails = (call, message) =>
  assert.throws(call, (error) => error instanceof Error && (message.test ? message.test(error.message) : error.message === message));

test('opening reports each stage, in order', () => {
  const stages = [];
  const workspace = tlevel.Workspace.open(bytes, 'england.json', (...of) => stages.push(of));
  assert.deepEqual(stages, [
    ['reading', 0, 5], ['checking', 1, 5], ['joining', 2, 5], ['topics', 3, 5], ['deriving', 4, 5], ['ready', 5, 5],
  ]);
  const info = parsed(workspace.info());
  assert.equal(info.name, 'england.json');
  assert.ok(info.occupations > 400 && info.routes === 15 && info.licence === 'OGL-UK-3.0');
  workspace.free();
});

test('the bundled map, opened, gives what the plain functions give', () => {
  const workspace = open();
  assert.equal(workspace.derivation(), tlevel.derive(bytes, { policy: 'panel' }));
  assert.equal(workspace.findings(), tlevel.check(bytes));
  workspace.setPolicy('t-level');
  assert.equal(workspace.derivation(), tlevel.derive(bytes));
  workspace.setQuorum('60 %', '3 of 4');
  assert.equal(workspace.derivation(), tlevel.derive(bytes, { quorum: '0.6', routeQuorum: '0.75' }));
  workspace.setQuorum('', '');
  assert.equal(workspace.derivation(), tlevel.derive(bytes));
  workspace.setPolicy(JSON.stringify({ ...parsed(workspace.policies())[1].policy, share: 'statement' }));
  assert.equal(workspace.derivation(), tlevel.derive(bytes, { policy: 'panel', share: 'statement' }));
  const spec = workspace.spec('onsite-construction', 'html');
  const plain = tlevel.spec(bytes, 'onsite-construction', { policy: 'panel', share: 'statement', format: 'html' });
  assert.ok(Buffer.from(spec).equals(Buffer.from(plain)));
});

test('one programme is that of the derivation, whichever was asked for first', () => {
  const [first, second] = [open(), open()];
  first.setQuorum('0.7', '');
  const alone = parsed(first.programme(PATHWAY));
  second.setQuorum('0.7', '');
  const all = parsed(second.derivation()).programmes.find((programme) => programme.pathway.id === PATHWAY);
  assert.deepEqual(alone, all);
});

test('the overview has every occupation once, with a standing', () => {
  const { routes } = parsed(open().overview());
  const pathways = routes.flatMap((route) => route.pathways);
  const occupations = pathways.flatMap((p) => p.clusters).flatMap((c) => c.occupations);
  assert.equal(occupations.length, parsed(open().info()).occupations);
  assert.ok(occupations.every((o) => ['counts', 'specialism', 'excluded'].includes(o.standing)));
  assert.ok(occupations.every((o) => (o.standing === 'excluded') === (o.reason !== undefined && o.reason !== 'no-statements')));
  assert.ok(pathways.every((p) => p.programme === (p.why === undefined)));
  const marked = routes.filter((r) => r.mark ?? r.pathways.some((p) => p.mark ?? p.clusters.some((c) => c.mark)));
  assert.ok(marked.length > 0, 'the bundled map has apprenticeship-only branches');
});

test('the matrix says who has what, as the programmes and the topics do', () => {
  const workspace = open();
  for (const { id } of parsed(workspace.overview()).routes.flatMap((r) => r.pathways).filter((p) => p.counting > 1)) {
    const matrix = parsed(workspace.matrix(id));
    const programme = parsed(workspace.programme(id));
    assert.deepEqual(matrix.occupations.map((o) => o.id), programme.counting.map((o) => o.id));
    const core = [...new Set(programme.topics.map((topic) => topic.id))];
    assert.deepEqual(matrix.rows.slice(0, core.length).map((row) => row.id), core, 'in the order of the specification');
    const tiers = matrix.rows.map((row) => row.tier);
    const order = ['route', 'pathway', 'group', 'specialism', 'near'];
    assert.deepEqual(tiers, [...tiers].sort((a, b) => order.indexOf(a) - order.indexOf(b)), id);
    for (const row of matrix.rows) {
      assert.equal(row.holders, row.cells.filter((cell) => cell > 0).length);
      assert.ok(row.cells.every((cell, i) => cell >= 0 && cell <= 1 && (cell === 0 || row.count[i] > 0)));
      const topic = parsed(workspace.topic(id, row.id));
      assert.equal(topic.tier, row.tier, `${id} ${row.id}`);
      assert.equal(row.of - row.holders, topic.lacking.length, `${id} ${row.id}: ${JSON.stringify(topic.lacking)}`);
    }
  }
});

test('the curve has the size of the core that each quorum gives, and the pathway holds less and less', () => {
  const workspace = open();
  const before = parsed(workspace.curve(PATHWAY));
  asTheMatrix(workspace, before);
  const sizes = before.map((point) => point.route + point.pathway);
  assert.ok(sizes[0] > sizes.at(-1));
  // with decisions too
  workspace.setQuorum('1/2', '');
  const dropped = parsed(workspace.programme(PATHWAY)).topics.find((topic) => topic.tier === 'pathway');
  const content = `concept id,decision,new wording,comment,pathway,by,at\n${dropped.id},drop,,taught before,${PATHWAY},Ada,2026-11-24\n`;
  assert.deepEqual(parsed(workspace.setLedger(JSON.stringify({ pairs: '', topics: '', content }))), { applied: 1, problems: [] });
  const after = parsed(workspace.curve(PATHWAY));
  assert.notDeepEqual(after, before);
  asTheMatrix(workspace, after);
});

function asTheMatrix(workspace, curve) {
  const { occupations } = parsed(workspace.matrix(PATHWAY));
  assert.deepEqual(curve.map((point) => point.needed), occupations.map((_, i) => i + 1));
  for (const point of curve) {
    workspace.setQuorum(`${point.needed}/${point.of}`, '');
    const size = (tier) => parsed(workspace.matrix(PATHWAY)).rows.filter((row) => row.tier === tier).length;
    assert.deepEqual([size('route'), size('pathway')], [point.route, point.pathway]);
  }
}

test('an exception changes who counts, and "clear" brings the policy back', () => {
  const workspace = open();
  const before = workspace.matrix(PATHWAY);
  const [{ id }] = parsed(before).occupations;
  workspace.except(id, 'exclude');
  assert.ok(!parsed(workspace.matrix(PATHWAY)).occupations.some((o) => o.id === id));
  workspace.except(id, 'specialism');
  assert.ok(!parsed(workspace.matrix(PATHWAY)).occupations.some((o) => o.id === id));
  workspace.except(id, 'clear');
  assert.equal(workspace.matrix(PATHWAY), before);
  // a level 2 occupation may count
  const all = parsed(workspace.overview()).routes.flatMap((r) => r.pathways).flatMap((p) => p.clusters.flatMap((c) => c.occupations.map((o) => ({ ...o, pathway: p.id }))));
  const other = all.find((o) => o.reason === 'level' && o.statements > 0);
  if (other) {
    workspace.except(other.id, 'include');
    assert.ok(parsed(workspace.matrix(other.pathway)).occupations.some((o) => o.id === other.id));
  }
});

test('decisions change what they are about, and taking them back restores all', () => {
  const workspace = open();
  const before = workspace.derivation();
  const { topics } = parsed(workspace.programme(PATHWAY));
  const element = topics.flatMap((topic) => topic.elements).find((e) => new Set(e.statements.map((s) => s.occupation)).size > 1);
  const [a, b] = element.statements;
  const decisions = {
    pairs: `decision,occupation_a,statement_a,occupation_b,statement_b,note,by,at\ndifferent,${a.occupation},${a.statement},${b.occupation},${b.statement},not the same,Ada,2026-11-24\n`,
    topics: `decision,topic,occupation,statement,into,note,by,at\nrename,${topics[0].id},,,A better heading,,Ada,2026-11-24\n`,
    content: `concept id,decision,new wording,comment,pathway,by,at\n${topics[1].id},drop,,taught before,${PATHWAY},Ada,2026-11-24\n`,
  };
  assert.deepEqual(parsed(workspace.setLedger(JSON.stringify(decisions))), { applied: 3, problems: [] });
  assert.deepEqual(parsed(workspace.ledger()), decisions);
  const after = parsed(workspace.programme(PATHWAY));
  assert.equal(after.topics[0].heading, 'A better heading');
  assert.ok(!after.topics.some((topic) => topic.id === topics[1].id));
  const options = { policy: 'panel', ledger: decisions.pairs, topicDecisions: decisions.topics, decisions: decisions.content };
  assert.equal(workspace.derivation(), tlevel.derive(bytes, options));
  assert.deepEqual(parsed(workspace.setLedger('')), { applied: 0, problems: [] });
  assert.equal(workspace.derivation(), before);
});

test('decisions go into one workbook and come back, and a review that was filled in is read', () => {
  const workspace = open();
  const given = {
    pairs: 'decision,occupation_a,statement_a,occupation_b,statement_b,note,by,at\r\nsame,LARS82,K4,OCC0682,K10,"a ""b"", c",Ada,2026-11-24\r\n',
    topics: 'decision,topic,occupation,statement,into,note,by,at\r\nrename,planning,,,Planning and more,,Ada,2026-11-24\r\n',
    content: 'concept id,decision,new wording,comment,pathway,by,at,about\r\nplanning,drop,,"taught\nbefore",digital,Ben,2026-11-25,Planning\r\n',
  };
  const saved = workspace.decisionWorkbook(JSON.stringify(given));
  assert.deepEqual(saved, workspace.decisionWorkbook(JSON.stringify(given)), 'the same bytes');
  const back = parsed(workspace.decisionsOfWorkbook(saved));
  assert.deepEqual(Object.keys(back), Object.keys(given));
  for (const kind of Object.keys(given)) assert.equal(back[kind].replaceAll('\r\n', '\n'), given[kind].replaceAll('\r\n', '\n'));
  const pairs = parsed(workspace.decisionsOfWorkbook(workspace.decisionWorkbook(JSON.stringify({ pairs: given.pairs }))));
  assert.deepEqual([pairs.topics, pairs.content], ['', '']);
  // a draft that nobody filled in has sheets of content, and no decision
  const draft = parsed(workspace.decisionsOfWorkbook(workspace.spec(PATHWAY, 'xlsx')));
  assert.deepEqual(draft, { pairs: '', topics: '', content: '' });
  // one that a panel filled in: items name their topic, and a new wording is a decision
  const head = ['text', 'decision', 'new wording', 'comment', 'topic', 'concept id', 'pathway'];
  const filled = parsed(workspace.decisionsOfWorkbook(workbook({
    'Route core': [['Route core'], head, ['Data law', 'drop', '', '=1, "said"', 'Law', 'k-law', 'digital'], ['Ethics', '', '', 'a remark', 'Law', 'k-ethics', '']],
    'Pathway core': [['Pathway core'], head, ['Testing', '', '- Test & <check>', '', 'Testing', 'k-test', '']],
    Items: [['concept id', 'text'], ['k-other', 'Nothing to decide']],
  })));
  assert.deepEqual(filled, {
    pairs: '',
    topics: '',
    content: 'concept id,decision,new wording,comment,pathway,by,at,about\nk-law,drop,,"=1, ""said""",digital,,,\nk-test,,- Test & <check>,,,,,\n',
  });
  fails(() => workspace.decisionsOfWorkbook(workspace.report('findings', 'xlsx')), /^no sheet has decisions: a column "decision" beside/);
  fails(() => workspace.decisionsOfWorkbook(new Uint8Array([80, 75, 3, 4])), /workbook/);
  fails(() => workspace.decisionWorkbook('{"pair": ""}'), /^decisions: unknown field `pair`/);
});

test('rows that cannot be read or applied are reported with their line; contradictions change nothing', () => {
  const workspace = open();
  const before = workspace.derivation();
  const header = 'decision,occupation_a,statement_a,occupation_b,statement_b\n';
  const told = parsed(workspace.setLedger(`${header}sane,LARS82,K4,OCC0682,K10\nsame,LARS82,K99,OCC0682,K10\n`));
  assert.deepEqual(told.problems.map(({ file, line }) => [file, line]), [['pairs', 2], ['pairs', 3]]);
  assert.match(told.problems[0].message, /"sane" is no decision/);
  const contradiction = `${header}same,LARS82,K4,OCC0682,K10\ndifferent,LARS82,K4,OCC0682,K10\n`;
  const contradicted = parsed(workspace.setLedger(contradiction));
  assert.equal(contradicted.applied, 0);
  assert.match(contradicted.problems[0].message, /are different; but line 2 says that they are/);
  assert.equal(parsed(workspace.ledger()).pairs.includes('different'), false, 'the earlier decisions stay');
  const unread = parsed(workspace.setLedger('{"topics": "nonsense", "content": "decision\\nkeep\\n"}'));
  assert.deepEqual(unread.problems.map(({ file }) => file), ['topics', 'content']);
  fails(() => workspace.setLedger('{"pair": ""}'), /^decisions: unknown field `pair`/);
  workspace.setLedger('');
  assert.equal(workspace.derivation(), before);
});

test('questions, suggestions and effects are those of the command line', () => {
  const workspace = open();
  const tried = [];
  const asked = parsed(workspace.questions('onsite-construction', 5, (...of) => tried.push(of)));
  assert.ok(asked.questions.length <= 5 && asked.format === 'tlevel-questions');
  assert.ok(tried.every(([stage, done, of]) => stage === 'trying answers' && done < of));
  const json = '{"title":"Solar panel installer","level":3}';
  assert.equal(workspace.suggest(json, 3), tlevel.suggest(bytes, json, { top: 3, explain: true }));
  const effects = parsed(workspace.effects('change,occupation,level\nre-level,LARS82,4\n'));
  assert.equal(effects.changes === undefined, false);
  assert.ok(workspace.report('effects', 'html').length > 1_000);
  const responses = readFileSync(new URL('../../../fixtures/responses/consultation.csv', import.meta.url));
  const screened = workspace.responses(responses, 'consultation.csv');
  assert.equal(JSON.parse(screened).format, 'tlevel-consultation');
  assert.ok(workspace.report('responses', 'xlsx').length > 1_000);
});

test('an item has its statements side by side, and what they share', () => {
  const workspace = open();
  const programme = parsed(workspace.programme(PATHWAY));
  const element = programme.topics.flatMap((topic) => topic.elements)[0];
  const item = parsed(workspace.item(PATHWAY, element.concept));
  assert.equal(item.statements.length, element.statements.length);
  assert.ok(item.evidence.length > 0 && item.evidence.every((pair) => pair.score > 0));
  assert.ok(item.evidence.some((pair) => pair.words.length > 0));
  const has = new Set(item.statements.map((statement) => statement.occupation));
  assert.ok(item.lacking.every((occupation) => !has.has(occupation.id)));
});

test('files to take away are of their kind', () => {
  const workspace = open();
  const begins = (bytes, text) => assert.equal(Buffer.from(bytes.slice(0, text.length)).toString('latin1'), text);
  for (const [format, text] of [['docx', 'PK'], ['xlsx', 'PK'], ['html', '<!DOCTYPE html>'], ['md', '# '], ['json', '{']]) {
    begins(workspace.spec('onsite-construction', format), text);
  }
  for (const what of ['map', 'plan']) begins(workspace.picture(what, '', 'svg'), '<svg');
  begins(workspace.picture('route', 'construction', 'svg'), '<svg');
  for (const what of ['programme', 'matrix']) begins(workspace.picture(what, PATHWAY, 'svg'), '<svg');
  begins(workspace.picture('matrix', PATHWAY, 'csv'), 'topic,heading');
  for (const format of ['docx', 'xlsx', 'html', 'csv', 'md', 'json']) {
    assert.ok(workspace.report('derivation', format).length > 1_000, format);
    assert.ok(workspace.report('findings', format).length > 1_000, format);
  }
});

test('what is not there is an error with a sentence, and the workspace lives on', () => {
  const workspace = open();
  const before = workspace.derivation();
  fails(() => workspace.matrix('Onsite constuction'), /did you mean "Onsite construction"\?$/);
  fails(() => workspace.topic(PATHWAY, 'nothing'), '"nothing" is no topic of this map');
  fails(() => workspace.item(PATHWAY, 'k-nothing'), '"k-nothing" is no concept of this map');
  fails(() => workspace.setQuorum('0', ''), /^"0" is not a share/);
  fails(() => workspace.setPolicy('pannel'), /^policy: "pannel" is neither t-level, panel nor a policy as JSON/);
  fails(() => workspace.except('LARS82', 'maybe'), '"maybe": expected include, exclude, specialism or clear');
  fails(() => workspace.except('nobody at all', 'include'), /nobody at all/);
  fails(() => workspace.picture('map', '', 'png'), /^this build writes no PNG; take SVG/);
  fails(() => workspace.picture('moon', '', 'svg'), '"moon": expected map, route, programme, plan or matrix');
  fails(() => workspace.report('moon', 'html'), '"moon": expected derivation, findings, responses or effects');
  fails(() => workspace.report('effects', 'html'), 'there are no changes yet; give some first');
  fails(() => workspace.suggest('{"title": 1}', 3), /^new occupations: line 1/);
  fails(() => workspace.effects('nothing'), /^changes: /);
  fails(() => tlevel.derive(bytes, { polciy: 'panel' }), /^options: unknown field `polciy`/);
  assert.equal(workspace.derivation(), before);
});

test('errors have their place', () => {
  assert.throws(() => tlevel.read(Buffer.from('{"format": "tlevel-map",\n "version": 1, "routes": 5}')), (error) => {
    return error instanceof Error && /^line 2, column \d+$/.test(error.place) && error.message.startsWith(error.place);
  });
});
