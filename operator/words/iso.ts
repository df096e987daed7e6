/** A time for people and programs: ISO 8601, in UTC. */
export const iso = (ms: number) => new Date(ms).toISOString();
