export function ChangeScreen() { return <h1 tabIndex={-1} id="screen-title">change</h1>; }
