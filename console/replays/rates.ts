/** How many letters a second a replay sends at most: what is offered, and what may be asked for. */
export const rates = { default: 20, min: 1, max: 500 } as const;
