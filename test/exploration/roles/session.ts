import type { SessionKey } from '../../../lib/session/index.ts';

/** The one session that all actors meet in. */
export const session: SessionKey = { tenant: 't', session: 's' };

/** Whose memories it feeds. */
export const scope = 'u';
