import { bounded } from './bounded.ts';
import { committedByPolicy } from './committed-by-policy.ts';
import { fenced } from './fenced.ts';
import { immutable } from './immutable.ts';
import type { Invariant } from './invariant.ts';
import { noDuplicate } from './no-duplicate.ts';
import { noLeaseDuringModel } from './no-lease-during-model.ts';
import { noLoss } from './no-loss.ts';
import { once } from './once.ts';
import { oneHolder } from './one-holder.ts';
import { oneSeal } from './one-seal.ts';
import { order } from './order.ts';
import { progress } from './progress.ts';
import { releaseLast } from './release-last.ts';
import { stopsWhenTold } from './stops-when-told.ts';
import { toldTruly } from './told-truly.ts';

/** The ten promises of the protocol, one of policies, three manners of leases, and one of what is told. */
export const invariants: readonly Invariant[] = [
  noLoss,
  noDuplicate,
  order,
  oneSeal,
  fenced,
  immutable,
  progress,
  once,
  noLeaseDuringModel,
  bounded,
  committedByPolicy,
  oneHolder,
  releaseLast,
  stopsWhenTold,
  toldTruly,
];
