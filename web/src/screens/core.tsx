export function CoreScreen() { return <h1 tabIndex={-1} id="screen-title">core</h1>; }
