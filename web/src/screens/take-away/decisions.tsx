// The decisions: saved to a file, opened from files, merged, listed.

import { signal } from '@preact/signals';
import { download, fileName } from '../../parts/download';
import { FileButton, many } from '../../parts/parts';
import { PersonField } from '../../parts/person-field';
import { type Conflict, type Entry, inWords } from '../../state/decisions';
import { openLedgers, settle, takeBack } from '../../state/deciding';
import { type FileKind, ledgerFiles, OPTIONS } from '../../state/ledger';
import { attempt, current } from '../../state/running';
import { conflicts, entries, force, ledgerProblems, opened } from '../../state/session';

const said = signal<{ text: string; problems: string[] } | null>(null);

const file = () => `${fileName(opened.value?.info.title ?? 'map')}-decisions.xlsx`;

/** One workbook with a sheet for each kind of decision. */
async function save(): Promise<void> {
  await attempt('Saving the decisions', async () => {
    const texts = JSON.stringify(ledgerFiles(entries.value));
    download(file(), await current().call<Uint8Array>('decisionWorkbook', texts));
  });
}

/** The options of the command line that read the workbook. */
function options(): string {
  const texts = ledgerFiles(entries.value);
  const kinds = (Object.keys(OPTIONS) as FileKind[]).filter((kind) => texts[kind]);
  return kinds.map((kind) => `${OPTIONS[kind]} ${file()}`).join(' ');
}

async function openFiles(given: File[]): Promise<void> {
  await attempt('Opening decisions', async () => {
    const { added, alike, conflicts: found, problems } = await openLedgers(given);
    const text = `${many(added, 'decision was', 'decisions were')} added, ${many(alike, 'was', 'were')} there already, ${many(found, 'differs', 'differ')} from yours.`;
    said.value = { text, problems };
  });
}

export function DecisionFiles() {
  return (
    <section class="card stack no-print" aria-labelledby="decisions-title">
      <div class="row apart">
        <h2 id="decisions-title">{many(force.value.length, 'decision')}</h2>
        <div class="row">
          <button
            class="button main"
            type="button"
            disabled={force.value.length === 0}
            onClick={() => void save()}
          >
            Save decisions
          </button>
          <FileButton label="Open decisions" accept=".xlsx,.ods,.csv" multiple onFiles={(given) => void openFiles(given)} />
        </div>
      </div>
      <PersonField />
      <div role="status">
        {said.value && (
          <div class="note stack tight">
            <p>{said.value.text}</p>
            {said.value.problems.length > 0 && (
              <ul>
                {said.value.problems.map((problem, index) => (
                  <li key={index}>{problem}</li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
      {ledgerProblems.value.length > 0 && (
        <div class="note warn">
          <p class="strong">Not all decisions could be applied</p>
          <ul>
            {ledgerProblems.value.map((problem, index) => (
              <li key={index}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {conflicts.value.map((conflict) => (
        <ConflictCard key={conflict.theirs.id} conflict={conflict} />
      ))}
      {force.value.length > 0 ? <List /> : <None />}
    </section>
  );
}

function None() {
  return (
    <p class="muted">
      No decision yet. Decide inside a topic or in the review, or open the files of a colleague: two people's decisions are merged, and
      where they differ you choose.
    </p>
  );
}

function ConflictCard({ conflict }: { conflict: Conflict }) {
  const side = (entry: Entry, whose: string) => (
    <p>
      <span class="strong">{whose}:</span> {inWords(entry.verdict)}
      {entry.by && `, ${entry.by}`}
      {entry.note && `: ${entry.note}`}
    </p>
  );
  return (
    <div class="note warn stack tight" role="group" aria-label={`Two decisions on ${conflict.ours.about}`}>
      <p class="strong">Two decisions on {conflict.ours.about}</p>
      {side(conflict.ours, 'Yours')}
      {side(conflict.theirs, 'From the file')}
      <div class="row">
        <button class="button slim" type="button" onClick={() => void settle(conflict, 'ours')}>
          Keep yours
        </button>
        <button class="button slim" type="button" onClick={() => void settle(conflict, 'theirs')}>
          Take the file's
        </button>
      </div>
    </div>
  );
}

function List() {
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="The decisions">
        <table class="list small">
          <thead>
            <tr>
              <th scope="col">About</th>
              <th scope="col">Decision</th>
              <th scope="col">Comment</th>
              <th scope="col">Who, when</th>
              <th scope="col">
                <span class="hide">Take back</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...force.value].reverse().map((entry) => (
              <tr key={entry.id}>
                <td>{entry.about}</td>
                <td>{inWords(entry.verdict)}</td>
                <td>{entry.note}</td>
                <td>
                  {entry.by ? `${entry.by}, ` : ''}
                  {new Date(entry.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
                </td>
                <td>
                  <button class="button slim" type="button" onClick={() => void takeBack(entry.id)}>
                    Take back<span class="hide"> for {entry.about}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary class="small">For the command line</summary>
        <p class="command">{`tlevel derive MAP ${options()}`}</p>
      </details>
    </>
  );
}
