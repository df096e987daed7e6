import type { Machine } from '../world/machine.ts';
import type { Scenario } from '../world/scenario.ts';
import type { State } from '../world/state.ts';
import { contentsOf, type Placed } from './contents-of.ts';
import type { Invariant } from './invariant.ts';

/** No run of a scenario takes more than six. */
const MAX_CHECKS = 10;

/**
 * What is stored in a session with a policy, and what the policy wants committed, is committed with nobody stepping
 * in, unless its commit was dead-lettered; and the session is then left alone.
 */
export const committedByPolicy: Invariant = {
  name: 'committed-by-policy',
  afterStep({ before, choice, after }, machine) {
    if (choice.kind === 'close') return forgotten(before, machine.scenario);
    return choice.kind === 'check' ? restless(after, machine) : undefined;
  },
  atEnd(state, { scenario }) {
    return state.isClosing ? undefined : forgotten(state, scenario);
  },
};

function restless({ actors }: State, { places }: Machine): string | undefined {
  const checks = actors[places.findIndex(({ role }) => role === 'checker')]?.runs ?? 0;
  return checks > MAX_CHECKS ? `the session has been checked ${checks} times` : undefined;
}

function forgotten(state: State, { policy }: Scenario): string | undefined {
  if (!policy || isDeadLettered(state)) return undefined;
  const live = contentsOf(state.session).filter(({ archive }) => archive === undefined);
  const wanted = withoutRecent(live, policy.keepRecent);
  const [oldest] = wanted;
  const isMany = policy.messageCount !== null && wanted.length >= policy.messageCount;
  if (!oldest || (!isMany && policy.idleSeconds === null)) return undefined;
  return `${wanted.length} message(s) stay live for ever, from '${oldest.content}' at position ${oldest.position} on`;
}

function isDeadLettered({ session, commitQueue }: State): boolean {
  const states = [...session.commits.values()].map(({ state }) => state);
  return commitQueue.dead.length > 0 || states.includes('dead-lettered');
}

/** What a commit may take that leaves at least so many messages live: appends are taken whole. */
function withoutRecent(live: readonly Placed[], keepRecent: number): readonly Placed[] {
  if (keepRecent === 0) return live;
  const firstKept = live.at(-keepRecent)?.position ?? 0;
  return live.filter(({ position }) => position < firstKept);
}
