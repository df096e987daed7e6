import type { Rule } from '../rule.ts';
import { otherEvent } from './other-event.ts';
import { ownEvent } from './own-event.ts';

/** What has a date. */
export const eventRules: readonly Rule[] = [ownEvent, otherEvent];
