import type { Section } from './section.ts';
import { append } from './sections/append.ts';
import { autoCommit } from './sections/auto-commit.ts';
import { commit } from './sections/commit.ts';
import { contextRead } from './sections/context-read.ts';
import { cpu } from './sections/cpu.ts';
import { deletion } from './sections/deletion.ts';
import { followUp } from './sections/follow-up.ts';
import { leases } from './sections/leases.ts';
import { limits } from './sections/limits.ts';
import { lists } from './sections/lists.ts';
import { memory } from './sections/memory.ts';
import { read } from './sections/read.ts';
import { recovery } from './sections/recovery.ts';
import { request } from './sections/request.ts';
import { rhythm } from './sections/rhythm.ts';
import { search } from './sections/search.ts';

/** All that is measured, in the order in which it is shown. */
export const sections: readonly Section[] = [
  append,
  autoCommit,
  read,
  request,
  lists,
  commit,
  recovery,
  followUp,
  contextRead,
  search,
  deletion,
  leases,
  rhythm,
  limits,
  memory,
  cpu,
];
