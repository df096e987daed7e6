import { clausesOf } from './clauses-of.ts';
import { isFactual } from './is-factual.ts';
import type { Statement } from './statement.ts';
import type { Utterance } from './utterance.ts';

/** What follows a colon is a quotation or an example, if this comes before it. */
const ANNOUNCED =
  /\b(?:translate|say|says|said|saying|write|wrote|written|read|reads|sentence|phrase|quote|title|line|example|e\.g|like this|follows|following|messages?|text|email|mail|letter|note|output|answers?|replied|reply|draft|post|tweet|comment|caption|bio|prompt|log|error|this|these|story|told|tell|asked|thinks?|thought|called|motto|lyrics)\b/i;

/** The statements of an utterance that can be taken as facts. */
export function statementsOf(
  { text, saidOn }: Utterance,
  context: Omit<Statement, 'text' | 'saidOn'>,
): Statement[] {
  if (!isFactual(text)) return [];
  return clausesOf(afterTopic(text)).map((clause) => ({ ...context, text: clause, saidOn }));
}

function afterTopic(text: string): string {
  const [before = '', ...after] = text.split(/:(?=\s)/);
  return after.length > 0 && !ANNOUNCED.test(before) ? after.join(',').trim() : before;
}
