import type { MemoryCategory } from '../../../../memory/index.ts';
import { phraseOf } from '../phrase-of.ts';
import { retell } from '../retell.ts';
import type { Rule } from '../rule.ts';

type Groups = Readonly<Record<string, string>>;

export interface PatternRule {
  readonly category: MemoryCategory;
  /** Groups whose name begins with `what` are cut to a phrase and retold, or the rule does not apply. */
  readonly pattern: RegExp;
  readonly subject: (groups: Groups) => string;
  /** Without its full stop. */
  readonly text: (speaker: string, groups: Groups) => string;
  readonly confidence: number;
}

/** A rule that a regular expression says almost all of. */
export function fromPattern({ category, pattern, subject, text, confidence }: PatternRule): Rule {
  return (statement) => {
    const match = pattern.exec(statement.text);
    if (!match) return undefined;
    const groups: Record<string, string> = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) {
      const words = name.startsWith('what') && value !== undefined ? phraseOf(value) : value;
      const told = name.startsWith('what') && words !== undefined ? retell(words) : words;
      if (value !== undefined && told === undefined) return undefined;
      groups[name] = told ?? '';
    }
    return {
      category,
      subject: subject(groups),
      text: `${text(statement.speaker, groups)}.`,
      confidence,
    };
  };
}
