/** A moment as the API writes it. */
export const iso = (ms: number) => new Date(ms).toISOString();
