export function TakeAwayScreen() { return <h1 tabIndex={-1} id="screen-title">take-away</h1>; }
