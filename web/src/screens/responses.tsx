// Responses to a consultation: read, grouped, screened; personal details left out.

import { signal } from '@preact/signals';
import type { Proposal, Responses } from '../engine/contract';
import { download } from '../parts/download';
import { EffectList } from '../parts/effects';
import { Empty, FileButton, many, ScreenHead } from '../parts/parts';
import { attempt, current } from '../state/running';
import { opened } from '../state/session';

const found = signal<{ name: string; map: string; result: Responses } | null>(null);
const reading = signal('');

const QUESTIONS: [string, string][] = [
  ['a', 'Which occupations are missing?'],
  ['b', 'Which occupations belong elsewhere?'],
  ['c', 'Which apprenticeship-only branches could be opened?'],
];

async function read(file: File | undefined): Promise<void> {
  if (!file) return;
  reading.value = file.name;
  await attempt(`Reading ${file.name}`, async () => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const result = await current().json<Responses>('responses', bytes, file.name);
    found.value = { name: file.name, map: opened.value?.key ?? '', result };
  });
  reading.value = '';
}

export function ResponsesScreen() {
  const shown = found.value?.map === opened.value?.key ? found.value : null;
  return (
    <div class="stack">
      <ScreenHead title="Responses">
        Screen what a consultation proposes: occupations to add, to move, and branches to open. Names, organisations and addresses are
        left out, as far as they are found.
      </ScreenHead>
      <div class="row">
        <FileButton
          main={!shown}
          label={shown ? 'Open other responses' : 'Open responses (CSV or Excel)'}
          accept=".csv,.xlsx,text/csv"
          onFiles={([file]) => void read(file)}
        />
        {shown &&
          (['xlsx', 'docx', 'csv'] as const).map((format) => (
            <button key={format} class="button" type="button" onClick={() => void save(format)}>
              Save as {{ xlsx: 'Excel', docx: 'Word', csv: 'CSV' }[format]}
            </button>
          ))}
      </div>
      {reading.value && <p role="status">Reading {reading.value} …</p>}
      {shown ? (
        <Result result={shown.result} />
      ) : (
        <Empty title="No responses are open">
          <p>
            Open the export of a form, or a table with a row for each proposal. The columns are found by their headings. Nothing is sent
            anywhere.
          </p>
        </Empty>
      )}
    </div>
  );
}

async function save(format: 'xlsx' | 'docx' | 'csv'): Promise<void> {
  await attempt('Writing the file', async () => {
    download(`responses.${format}`, await current().call<Uint8Array>('report', 'responses', format));
  });
}

function Result({ result }: { result: Responses }) {
  const { responses, proposals, not_screened: unread = [] } = result.screening;
  return (
    <div class="stack">
      <p class="note">
        {many(responses, 'answer')} to the three questions, with {many(proposals.length, 'proposal')}. Equal proposals are counted once. Read the texts before you publish them: a name in the
        middle of a sentence may be left.
      </p>
      {unread.length > 0 && (
        <details class="card">
          <summary>
            <span class="strong">{many(unread.length, 'answer')} could not be screened</span>
            <span class="muted small">for a person to read, by reason</span>
          </summary>
          <table class="list small">
            <thead>
              <tr>
                <th scope="col">Why</th>
                <th scope="col">Lines of the file</th>
              </tr>
            </thead>
            <tbody>
              {byReason(unread).map(([message, lines]) => (
                <tr key={message}>
                  <td>{message}</td>
                  <td>{lines.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {QUESTIONS.map(([letter, title]) => {
        const own = proposals.filter((one) => one.question === letter).sort((a, b) => b.responses - a.responses);
        return (
          <section key={letter} class="stack tight">
            <h2>{title}</h2>
            {own.length === 0 && <p class="muted">No response to this question.</p>}
            {own.map((one) => (
              <ProposalCard key={one.key} one={one} />
            ))}
          </section>
        );
      })}
    </div>
  );
}

/** The lines of each reason, the most frequent first; a line that fails twice for a reason is given once. */
function byReason(rows: readonly { line: number; message: string }[]): [string, number[]][] {
  const lines = new Map<string, Set<number>>();
  for (const { line, message } of rows) lines.set(message, (lines.get(message) ?? new Set()).add(line));
  return [...lines].map(([message, all]): [string, number[]] => [message, [...all]]).sort(([, a], [, b]) => b.length - a.length);
}

function ProposalCard({ one }: { one: Proposal }) {
  const best = one.screening?.placement?.suggestions[0];
  const programmes = one.screening?.outcome?.effect.programmes ?? [];
  return (
    <details class="card">
      <summary>
        <span class="strong">{one.title}</span>
        <span class="muted small">
          {many(one.responses, 'answer')}
          {one.routes.length > 0 && `, ${one.routes.map(({ name }) => name).join(', ')}`}
        </span>
      </summary>
      <div class="stack">
        {one.rationales.length > 0 && (
          <section class="stack tight">
            <h3>What people wrote</h3>
            {one.rationales.map((text, index) => (
              <blockquote key={index} class="question-side">
                <p>{text}</p>
              </blockquote>
            ))}
          </section>
        )}
        {best && (
          <p>
            <span class="strong">It fits best in:</span> {best.cluster_name} ({best.route_name} › {best.pathway_name})
          </p>
        )}
        <section class="stack tight">
          <h3>What it would do</h3>
          <EffectList programmes={programmes} />
        </section>
        {(one.screening?.open_questions ?? []).length > 0 && (
          <section class="stack tight">
            <h3>What only people can answer</h3>
            <ul>
              {(one.screening?.open_questions ?? []).map(({ code, asks }) => (
                <li key={code}>{asks}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </details>
  );
}
