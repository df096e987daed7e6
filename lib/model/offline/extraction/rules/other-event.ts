import { findWhen } from '../calendar/find-when.ts';
import { datedClause, MARK } from '../dated-clause.ts';
import { HABIT } from '../habit.ts';
import { retell } from '../retell.ts';
import type { Rule } from '../rule.ts';
import { eventDraft } from './event-draft.ts';

const HAPPENS =
  /^(?<subject>(?:(?:[Tt]he|[Mm]y|[Oo]ur|\p{Lu}\p{Ll}+'s) (?:\p{Ll}+ )?\p{Ll}+|\p{Lu}\p{Ll}+)) (?:is|are|comes?|starts?|begins?|ends?|turns?|arrives?|leaves?|lands?|opens?|closes?|takes place|moves?)\b/u;
const NO_SUBJECT =
  /^(?:I|It|This|That|There|They|He|She|We|You|Next|Last)\b|birthday$|^(?:Christmas|Easter|Thanksgiving|Hanukkah|Ramadan|Halloween)$/;

/** `The release is on Thursday`: what happens to others, or to what is the speaker's, at a time. */
export const otherEvent: Rule = ({ text, speaker, ...anchor }) => {
  const subject = HAPPENS.exec(text)?.groups?.['subject'];
  if (subject === undefined || NO_SUBJECT.test(subject) || HABIT.test(text)) return undefined;
  const when = findWhen(text, { ...anchor, isPast: false });
  const clause = when && datedClause(text, when);
  const isNamed = !/^(?:the|my|our)\b/i.test(subject);
  const retold = clause && retell(clause, isNamed);
  if (!when || !retold || / (?:not|never)\b/.test(retold)) return undefined;
  const told = /^the\b/i.test(subject)
    ? `${speaker} said that the${retold.slice(3)}`
    : retold.replace(/^their /, `${speaker}'s `);
  return eventDraft({ text: told, words: retold.replace(MARK, ' '), when });
};
