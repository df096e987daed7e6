import { findWhen } from '../calendar/find-when.ts';
import { datedClause, MARK } from '../dated-clause.ts';
import { HABIT } from '../habit.ts';
import type { Rule } from '../rule.ts';
import { toldOf } from '../told-of.ts';
import { eventDraft } from './event-draft.ts';

const PAST =
  /^(?:I|we)(?: \p{L}+)? (?:\p{L}+ed|went|was|were|had|got|took|made|did|saw|met|ran|gave|came|found|bought|began|left|lost|won|wrote|told|taught|spent|flew|drove|broke|sold|held)\b/iu;

/** Verbs of talk and thought, and of what is not remembered by its date. */
const IDLE =
  /^(?:see|say|think|feel|know|talk|chat|speak|want|wish|need|look|love|like|read|try|let|check|keep|remember|notice|realize|hear|tell|do|make|use)$/;
const IDLE_PROGRESS = /^(?:remembering|wondering|saying|telling|hoping|looking forward)\b/;
const FILLER = /^(.+?) (?:just|even|actually|also|finally|only) /;

/** `I ordered the certificate on Thursday`: what the speaker did, does or is going to do at a time. */
export const ownEvent: Rule = (statement) => {
  const found = findWhen(statement.text, { ...statement, isPast: PAST.test(statement.text) });
  if (!found || HABIT.test(statement.text)) return undefined;
  const text = datedClause(statement.text, found);
  const told = text === undefined ? undefined : toldOf({ ...statement, text });
  if (!told || told.isNegated || IDLE.test(told.verb) || isState(told.verb, told.rest)) return undefined;
  return eventDraft({
    text: told.text.replace(FILLER, '$1 '),
    words: `${told.verb} ${told.rest.replace(MARK, ' ')}`,
    when: found,
  });
};

/** What somebody is or has over a time is no event. */
function isState(verb: string, rest: string): boolean {
  if (verb === 'be') return IDLE_PROGRESS.test(rest) || !/^(?:\p{L}+ing|off|away|free)\b/u.test(rest);
  return verb === 'have' && /^(?:been|to)\b/.test(rest);
}
