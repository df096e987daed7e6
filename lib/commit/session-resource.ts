import type { SessionKey } from '../session/index.ts';

/** The name of a session's lease. */
export const sessionResource = ({ tenant, session }: SessionKey) => `TENANT#${tenant}#SESSION#${session}`;
