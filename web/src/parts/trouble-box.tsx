import { notice, trouble } from '../state/session';
import { reopen } from '../state/workbench';

/** What went wrong, where, and a way to put it away. */
export function TroubleBox() {
  const found = trouble.value;
  return (
    <div class="stack tight">
      <div role="alert">
        {found && (
          <div class="trouble">
            <p class="strong">{found.what} did not work</p>
            <p>{found.message}</p>
            {found.place && (
              <p>
                Place: <span class="code">{found.place}</span>
              </p>
            )}
            <div class="row">
              {found.broken && (
                <button class="button slim main" type="button" onClick={() => void reopen()}>
                  Open the map again
                </button>
              )}
              <button class="button slim" type="button" onClick={() => (trouble.value = null)}>
                Close this message
              </button>
            </div>
          </div>
        )}
      </div>
      <div role="status">{notice.value && <p class="note">{notice.value}</p>}</div>
    </div>
  );
}
