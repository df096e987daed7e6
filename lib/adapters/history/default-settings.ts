import type { SessionSettings } from '../../client/index.ts';

/** Unless told otherwise, a session is committed when its policy's defaults say so: else nothing would be remembered. */
export const defaultSettings: SessionSettings = { autoCommit: {} };
