import type { Carried } from './memory.ts';

/** Each is two items of the change that writes the statement, beside four others: it must fit one transaction. */
const MAX_SESSIONS = 40;

/** Stands for every session of a scope; no session is called so. */
export const ANY_SESSION = '*';

/**
 * The same groups, of at most 40 sessions in all: where there are more, the text goes with any session of the scope that is
 * erased, rather than never.
 */
export function boundedCarried(groups: Carried): Carried {
  return new Set(groups.flat()).size > MAX_SESSIONS ? [[ANY_SESSION]] : groups;
}
