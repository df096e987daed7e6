import { answeredAlive } from './answered-alive.ts';
import { bounded } from './bounded.ts';
import { committedByPolicy } from './committed-by-policy.ts';
import { eventsTellAll } from './events-tell-all.ts';
import { fenced } from './fenced.ts';
import { immutable } from './immutable.ts';
import type { Invariant } from './invariant.ts';
import { leastInterval } from './least-interval.ts';
import { memoriesAreViews } from './memories-are-views.ts';
import { noDuplicate } from './no-duplicate.ts';
import { noLeaseDuringModel } from './no-lease-during-model.ts';
import { noLoss } from './no-loss.ts';
import { nothingStays } from './nothing-stays.ts';
import { once } from './once.ts';
import { oneHolder } from './one-holder.ts';
import { oneSeal } from './one-seal.ts';
import { order } from './order.ts';
import { othersStay } from './others-stay.ts';
import { ownAttempts } from './own-attempts.ts';
import { progress } from './progress.ts';
import { releaseLast } from './release-last.ts';
import { stopsWhenTold } from './stops-when-told.ts';
import { toldTruly } from './told-truly.ts';
import { vectorsOfTexts } from './vectors-of-texts.ts';

/** The fifteen promises of the protocol, two of policies, two of what a queue gives up, three manners of leases, and one of what is told. */
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
  nothingStays,
  memoriesAreViews,
  vectorsOfTexts,
  othersStay,
  committedByPolicy,
  leastInterval,
  ownAttempts,
  answeredAlive,
  oneHolder,
  releaseLast,
  stopsWhenTold,
  toldTruly,
  eventsTellAll,
];
