import { HABIT } from '../habit.ts';
import type { Rule } from '../rule.ts';
import { slugOf } from '../slug-of.ts';
import { toldOf } from '../told-of.ts';

const NO_HABIT =
  /\b(?:have|has) always\b|\bnot always\b|\bused to\b|\b(?:remember|forget|forgotten|wanted|know|knew|been|grateful|lucky)\b/i;

/** What the speaker does again and again, in the present tense. */
export const patternRules: readonly Rule[] = [habit];

function habit(statement: Parameters<Rule>[0]): ReturnType<Rule> {
  if (!HABIT.test(statement.text) || NO_HABIT.test(statement.text)) return undefined;
  const told = toldOf({ ...statement, text: withoutAppendix(statement.text) });
  if (!told || told.isPast || told.isNegated || !HABIT.test(told.text)) return undefined;
  if (/^(?:will|can|must|like|love|enjoy|prefer|hate|agree)$/.test(told.verb)) return undefined;
  if (told.verb === 'be' && !/^\w+ing\b/.test(told.rest)) return undefined;
  const subject = slugOf(`${told.verb === 'be' ? '' : told.verb} ${told.rest.replace(HABIT, ' ')}`);
  return subject.length < 4 || told.rest.split(' ').length < 2
    ? undefined
    : {
        category: 'pattern',
        subject: subject.split('-').slice(0, 4).join('-'),
        text: `${told.text}.`,
        confidence: 0.85,
      };
}

/** `, it keeps my head straight` says something about the habit, which says enough. */
function withoutAppendix(text: string): string {
  return text.replace(/,? (?:so|which|because|and it|but|instead of the)\b[\s\S]*/i, '');
}
