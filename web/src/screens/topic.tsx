export function TopicSheet(_: { id: string }) { return null; }
