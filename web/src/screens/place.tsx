export function PlaceScreen() { return <h1 tabIndex={-1} id="screen-title">place</h1>; }
