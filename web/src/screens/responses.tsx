export function ResponsesScreen() { return <h1 tabIndex={-1} id="screen-title">responses</h1>; }
