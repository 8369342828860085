// How much must be shared: the policy, and the two quorums.

import { FileButton, Segments } from '../../parts/parts';
import { matrix, opened, PANEL, settings, STRICT } from '../../state/session';
import { setPolicy, setQuorum } from '../../state/workbench';

const LABELS: Record<string, string> = { [STRICT]: 'Strict', [PANEL]: 'Panel', own: 'Own' };

/** The policy: its name, a file of one's own, and what it says. */
export function PolicyChooser() {
  const { policy } = settings.value;
  const choices = [STRICT, PANEL, ...(policy === 'own' ? ['own'] : [])].map((value) => ({ value, label: LABELS[value] ?? value }));
  const entry = opened.value?.policies.find(({ name }) => name === policy);
  return (
    <div class="stack tight">
      <div class="row core-policy">
        <Segments legend="Policy" name="policy" value={policy} choices={choices} onChange={(value) => void setPolicy(value)} />
        <FileButton
          slim
          label="Policy from a file"
          accept=".json,application/json"
          onFiles={([file]) => void file?.text().then((text) => setPolicy('own', text))}
        />
      </div>
      {entry && <p class="hint">{entry.description}</p>}
    </div>
  );
}

/** How much must be shared, in the pathway and in the route. */
export function Quorum() {
  return (
    <div class="core-quorum">
      <PathwayQuorum />
      <RouteQuorum />
    </div>
  );
}

export function BackToPolicy() {
  const { needed, route } = settings.value;
  return (
    <button class="button slim" type="button" disabled={!needed && !route} onClick={() => void setQuorum({ needed: '', route: '' })}>
      Back to the policy's shares
    </button>
  );
}

/** How many occupations the person, or else the policy, asks for. */
export function neededNow(): { needed: number; of: number } {
  const of = Math.max(matrix.value?.occupations.length ?? 1, 1);
  const given = /^(\d+) of/.exec(settings.value.needed);
  const needed = given ? Number(given[1]) : (matrix.value?.need ?? of);
  return { needed: Math.min(needed, of), of };
}

function ownPolicy(): Record<string, unknown> {
  try {
    return JSON.parse(settings.value.own ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}

function PathwayQuorum() {
  const { needed, of } = neededNow();
  return (
    <div class="field">
      <p class="label">
        <label for="needed">Pathway core: at least</label> <span class="quorum-value">{needed} of {of}</span> occupations
      </p>
      <input
        id="needed"
        type="range"
        min={1}
        max={of}
        step={1}
        value={needed}
        disabled={of < 2}
        aria-valuetext={`${needed} of ${of} occupations`}
        onInput={(event) => void setQuorum({ needed: `${event.currentTarget.value} of ${of}` })}
      />
    </div>
  );
}

function RouteQuorum() {
  const { route, policy } = settings.value;
  const share = opened.value?.policies.find(({ name }) => name === policy)?.policy.route_quorum ?? ownPolicy()['route_quorum'] ?? 1;
  const percent = route ? Number.parseInt(route, 10) : Math.round(Number(share) * 100);
  return (
    <div class="field">
      <p class="label">
        <label for="route-share">Route core: at least</label> <span class="quorum-value">{percent} %</span> of its pathways
      </p>
      <input
        id="route-share"
        type="range"
        min={5}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={`${percent} percent of the pathways`}
        onInput={(event) => void setQuorum({ route: `${event.currentTarget.value} %` })}
      />
    </div>
  );
}
