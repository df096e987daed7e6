const eraseAgain =
  'Send DELETE for the session with memories=true again: it erases what is left, in every scope that its mark knows.';
const anew = 'That makes it of all its statements. Commitlane itself never causes this.';

/** What to do about each finding about memories, and about what is left of a deleted session. */
export const memoryAdvice = {
  'erased-session-unfinished': eraseAgain,
  'erased-session-item': `${eraseAgain} If this finding stays, remove the items.`,
  'erased-session-unmarked':
    'Was it deleted without memories=true? Send DELETE with memories=true: until then its memories stay.',
  'erased-session-statement': eraseAgain,
  'erased-session-memory': eraseAgain,
  'erased-session-source': `${eraseAgain} If this finding stays, remove the items: they only name what is gone.`,
  'erased-session-manifest': `${eraseAgain} If this finding stays, extract that archive again, or delete its session.`,
  'erased-session-elsewhere':
    'Add the scope to formerScopes, a list of names, in the item META of the session. Then send DELETE with memories=true again.',
  'memory-stale': `Take it back and restore it (memories forget, then memories restore). ${anew}`,
  'memory-missing': `Enter it once more (memories edit). ${anew}`,
  'statement-unlisted':
    'Add its name to the set `names` of the item that the finding names: until then, the deletion of that session does not find it. Commitlane itself never causes this.',
  'statement-outlived':
    'Send the DELETE of the session with memories=true, or of the scope, once more: it was cut off, or is under way.',
  'source-surplus': 'Nothing: what they name is gone, and they go with their sessions.',
} as const satisfies Record<string, string>;

export type MemoryFindingCode = keyof typeof memoryAdvice;
