import { keeps, person } from '../state/session';
import { setPerson } from '../state/workbench';

/** The name that decisions carry. */
export function PersonField() {
  return (
    <div class="field person">
      <label for="person">Your name, if you like</label>
      <input
        id="person"
        type="text"
        autocomplete="off"
        aria-describedby="person-why"
        value={person.value}
        onChange={(event) => void setPerson(event.currentTarget.value.trim())}
      />
      <span class="hint" id="person-why">
        It goes with each decision and its time, in {keeps.value ? 'this browser and in the files' : 'the files'} that you save.
      </span>
    </div>
  );
}
