// The map: routes, pathways, clusters and occupations.

import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { MapCluster, MapOccupation, MapPathway, MapRoute, Mark } from '../engine/contract';
import { Empty, many, ScreenHead, Segments } from '../parts/parts';
import { reasonInWords } from '../parts/reasons';
import { opened, overview, pathwayId } from '../state/session';
import { choosePathway, go } from '../state/workbench';

const search = signal('');
const levels = signal<'all' | '3'>('all');

export function MapScreen() {
  const map = opened.value;
  const routes = (overview.value?.routes ?? []).map(matching).filter((route) => route.pathways.length > 0);
  if (!map) return <Empty title="No map is open">Open one first.</Empty>;
  const { info, findings } = map;
  return (
    <div class="stack">
      <ScreenHead title={info.title ?? info.name}>
        {many(info.occupations, 'occupation')} in {many(info.pathways, 'pathway')} of {many(info.routes, 'route')}, with{' '}
        {many(info.statements, 'statement')} of knowledge, skills and behaviours. Choose a pathway to shape its core.
      </ScreenHead>
      {findings.counts.error + findings.counts.warning > 0 && (
        <div class="note row apart">
          <p>
            The check found{' '}
            {[
              findings.counts.error > 0 ? many(findings.counts.error, 'error') : '',
              findings.counts.warning > 0 ? many(findings.counts.warning, 'warning') : '',
            ]
              .filter(Boolean)
              .join(' and ')}{' '}
            in this file. You can go on all the same.
            {findings.counts.set_aside
              ? ` ${many(findings.counts.set_aside, 'record has', 'records have')} no place on the map and ${findings.counts.set_aside === 1 ? 'is' : 'are'} left out.`
              : ''}
          </p>
          <button class="button slim" type="button" onClick={() => go('findings')}>
            See the findings
          </button>
        </div>
      )}
      <div class="row map-tools">
        <div class="field grow">
          <label for="map-search">Find an occupation, cluster or pathway</label>
          <input
            id="map-search"
            type="search"
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
        </div>
        <Segments
          legend="Occupations"
          name="levels"
          value={levels.value}
          choices={[
            { value: 'all', label: 'All levels' },
            { value: '3', label: 'Level 3 only' },
          ]}
          onChange={(value) => (levels.value = value)}
        />
      </div>
      <Legend />
      {routes.length === 0 && (
        <Empty title="Nothing on the map matches">
          <p>Try fewer letters, or show all levels.</p>
        </Empty>
      )}
      <div class="map-routes">
        {routes.map((route) => (
          <Route key={route.id} route={route} />
        ))}
      </div>
      {(info.licence || info.source) && (
        <p class="foot">
          {info.source ? `${info.source}. ` : ''}
          {info.licence ? `Licence: ${info.licence}.` : ''}
        </p>
      )}
    </div>
  );
}

function Legend() {
  return (
    <ul role="list" class="row small muted" aria-label="What the signs say">
      <li>
        <span class="dot approved" /> approved
      </li>
      <li>
        <span class="dot development" /> in development
      </li>
      <li>
        <span class="dot gap" /> no standard yet
      </li>
      <li>
        <span class="level three">3</span> level 3, may count for a core
      </li>
      <li>
        <span class="tag warn">Apprenticeships only</span> no T Level, with the reason
      </li>
    </ul>
  );
}

/** The route with what the search and the level leave of it. */
function matching(route: MapRoute): MapRoute {
  const wanted = search.value.trim().toLowerCase();
  const fits = (text: string) => text.toLowerCase().includes(wanted);
  const keeps = (one: MapOccupation, whole: boolean) =>
    (levels.value === 'all' || one.level === 3) && (whole || fits(one.title) || fits(one.id));
  const pathways = route.pathways
    .map((pathway) => {
      const inPathway = !wanted || fits(pathway.name) || fits(route.name);
      const clusters = pathway.clusters
        .map((cluster) => {
          const whole = inPathway || fits(cluster.name);
          return { ...cluster, occupations: cluster.occupations.filter((one) => keeps(one, whole)) };
        })
        .filter((cluster) => cluster.occupations.length > 0);
      return { ...pathway, clusters };
    })
    .filter((pathway) => pathway.clusters.length > 0 || (!wanted && levels.value === 'all'));
  return { ...route, pathways };
}

function Route({ route }: { route: MapRoute }) {
  const isOpen = search.value.trim() !== '' || route.pathways.some((one) => one.id === pathwayId.value);
  const programmes = route.pathways.filter((one) => one.programme).length;
  // a large map has thousands of lines: those of a closed route are not drawn
  const [seen, setSeen] = useState(isOpen);
  return (
    <details class="map-route" open={isOpen} onToggle={(event) => event.currentTarget.open && setSeen(true)}>
      <summary>
        <h2>{route.name}</h2>
        <span class="muted small">
          {many(route.pathways.length, 'pathway')}, {programmes} with a programme
        </span>
        {route.mark && <span class="tag warn">Apprenticeships only</span>}
      </summary>
      {(seen || isOpen) && (
        <div class="stack map-pathways">
          <MarkNote mark={route.mark} />
          {route.pathways.map((pathway) => (
            <Pathway key={pathway.id} pathway={pathway} />
          ))}
        </div>
      )}
    </details>
  );
}

function MarkNote({ mark }: { mark: Mark | null | undefined }) {
  if (!mark) return null;
  return (
    <p class="small">
      <span class="tag warn">Apprenticeships only</span> {mark.reasons.join(', ')}
      {mark.note ? `: ${mark.note}` : ''}
    </p>
  );
}

function Pathway({ pathway }: { pathway: MapPathway }) {
  const { route, pathway: own } = pathway.core;
  const shape = async () => {
    await choosePathway(pathway.id);
    go('core');
  };
  return (
    <section class="card map-pathway" aria-label={pathway.name}>
      <div class="row apart">
        <div>
          <h3>{pathway.name}</h3>
          <p class="small muted">
            {pathway.programme
              ? `${many(route, 'topic')} in the route core, ${own} in the pathway core, ${many(pathway.specialisms, 'specialism')}`
              : (pathway.why ?? 'No programme.')}
          </p>
          <MarkNote mark={pathway.mark} />
        </div>
        {pathway.programme && (
          <button class="button slim" type="button" onClick={() => void shape()}>
            Shape this core<span class="hide"> for {pathway.name}</span>
          </button>
        )}
      </div>
      <div class="map-clusters">
        {pathway.clusters.map((cluster) => (
          <Cluster key={cluster.id} cluster={cluster} />
        ))}
      </div>
    </section>
  );
}

function Cluster({ cluster }: { cluster: MapCluster }) {
  return (
    <div class="map-cluster">
      <h4>{cluster.name}</h4>
      <MarkNote mark={cluster.mark} />
      <ul role="list">
        {cluster.occupations.map((one) => (
          <Occupation key={one.id} one={one} />
        ))}
      </ul>
    </div>
  );
}

const STATUS: Record<string, string> = {
  approved: 'approved',
  'in-development': 'development',
  development: 'development',
};

function Occupation({ one }: { one: MapOccupation }) {
  const sign = STATUS[one.status] ?? 'gap';
  const said = [one.status.replaceAll('-', ' '), many(one.statements, 'statement'), one.reason && reasonInWords(one.reason)].filter(Boolean).join(', ');
  return (
    <li class="map-occupation" title={`${one.id}: ${said}`}>
      <span class={`dot ${sign}`} />
      <span class={one.level === 3 ? 'level three' : 'level'}>
        <span class="hide">level </span>
        {one.level ?? '?'}
      </span>
      <span>
        {one.title}
        <span class="hide">, {said}</span>
        {one.level === 3 && one.statements === 0 && <span class="muted small"> no statements</span>}
      </span>
    </li>
  );
}
