import { phraseOf } from '../phrase-of.ts';
import { retell } from '../retell.ts';
import type { Rule } from '../rule.ts';

/** What tells of a person only if the name is a person's; `Bergen is a city` is no memory. */
const FACTS: readonly (readonly [RegExp, (name: string, what: string) => string])[] = [
  [/^(?<name>\p{Lu}\p{Ll}+) is from (?<what>.+)/u, (name) => `${name}-origin`],
  [
    /^(?<name>\p{Lu}\p{Ll}+) is (?<what>an? (?!bit\b|little\b|star\b|hero\b|genius\b|saint\b|lot\b).+)/u,
    (name) => `${name}-is`,
  ],
  [/^(?<name>\p{Lu}\p{Ll}+) (?:works|lives) (?<what>.+)/u, (name) => `${name}-home-and-work`],
  [
    /^(?<name>\p{Lu}\p{Ll}+) (?:loves|likes|hates|prefers) (?<what>.+)/u,
    (name, what) => `${name}-likes-${what}`,
  ],
];

/** A lasting fact about somebody else whom the conversation has shown to be a person or an animal. */
export const aboutOthers: Rule = ({ text, known }) => {
  for (const [pattern, subject] of FACTS) {
    const { name = '', what = '' } = pattern.exec(text)?.groups ?? {};
    const fact = known.has(name) ? factOf(text, what) : undefined;
    if (!fact) continue;
    return { category: 'entity', subject: subject(name, fact.what), text: fact.text, confidence: 0.85 };
  }
  return undefined;
};

function factOf(text: string, what: string): { readonly text: string; readonly what: string } | undefined {
  const phrase = phraseOf(what);
  const retold = phrase && retell(phrase);
  if (!retold) return undefined;
  const cut = withoutSecondClause(retold);
  return { text: `${text.slice(0, text.length - what.length)}${cut}.`, what: cut };
}

function withoutSecondClause(text: string): string {
  const and = text.indexOf(' and ');
  return and !== -1 && /\b(?:will|is|has)\b/.test(text.slice(and)) ? text.slice(0, and) : text;
}
