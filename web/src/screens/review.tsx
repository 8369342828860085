export function ReviewScreen() { return <h1 tabIndex={-1} id="screen-title">review</h1>; }
