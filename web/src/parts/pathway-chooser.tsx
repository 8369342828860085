import { overview, pathwayId } from '../state/session';
import { choosePathway } from '../state/workbench';

/** Which pathway the screens are about. */
export function PathwayChooser() {
  return (
    <div class="field chooser">
      <label for="pathway">Pathway</label>
      <select
        id="pathway"
        value={pathwayId.value}
        onChange={(event) => void choosePathway(event.currentTarget.value)}
      >
        {(overview.value?.routes ?? []).map((route) => (
          <optgroup key={route.id} label={route.name}>
            {route.pathways.map((pathway) => (
              <option key={pathway.id} value={pathway.id}>
                {pathway.name}
                {pathway.programme ? '' : ' (no programme)'}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
