import type { Tool } from '../tool.ts';
import { appendMessages } from './append-messages.ts';
import { commit } from './commit.ts';
import { listSessions } from './list-sessions.ts';
import { openSession } from './open-session.ts';
import { readContext } from './read-context.ts';
import { searchMemories } from './search-memories.ts';
import { searchMessages } from './search-messages.ts';

/** All tools: those that read, then those that write. */
export const tools: readonly Tool[] = [
  searchMemories,
  searchMessages,
  readContext,
  listSessions,
  openSession,
  appendMessages,
  commit,
];
