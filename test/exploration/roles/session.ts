import type { Subject } from '../../../lib/memory/index.ts';
import type { SessionKey } from '../../../lib/session/index.ts';

/** The one session that all actors meet in. */
export const session: SessionKey = { tenant: 't', session: 's' };

/** Whose memories it feeds. */
export const scope = 'u';

/** What every memory is about. */
export const topic: Subject = { category: 'entity', key: 'topic' };

/** Another session that has fed the same memories. */
export const otherSession = 'other';
