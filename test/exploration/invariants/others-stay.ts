import type { Statement } from '../../../lib/memory/index.ts';
import { otherSession } from '../roles/session.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/**
 * What another session said of the same subject stays, whatever becomes of this one; and what was taken back of it stays
 * taken back.
 */
export const othersStay: Invariant = {
  name: 'others-stay',
  afterStep({ before, after }) {
    if (before.memories === after.memories) return undefined;
    if (ofOther(after).length < ofOther(before).length) return 'what another session said is gone';
    const isLost = ofOther(after).length > 0 && isTakenBack(before) && !isTakenBack(after);
    return isLost ? 'what was taken back of it is no longer' : undefined;
  },
};

const statementsOf = ({ memories }: State): Statement[] => [...memories.statements.values()];

function ofOther(state: State): Statement[] {
  return statementsOf(state).filter(({ by }) => by.kind === 'archive' && by.session === otherSession);
}

function isTakenBack(state: State): boolean {
  return statementsOf(state).some(({ retracts }) => retracts);
}
