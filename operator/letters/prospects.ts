import type { Prospect } from '../../lib/dead-letters/index.ts';

/** What a replay would do now, in words. */
export const prospects: Readonly<Record<Prospect, string>> = {
  works: 'does what was asked',
  overtaken: 'runs behind newer commits, which have its messages: changes nothing twice',
  behind: 'runs behind newer archives: their summaries were written without it',
  'takes-later': 'has no `through`: takes what was appended since, too',
  done: 'has ended already: changes nothing',
  gone: 'its session is gone: changes nothing',
  unreadable: 'cannot be understood: is not replayed, or given up again',
};
