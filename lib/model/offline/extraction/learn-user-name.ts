import { isFactual } from './is-factual.ts';
import { NAME } from './names.ts';
import type { Utterance } from './utterance.ts';

const OWN_NAME = new RegExp(
  `\\b(?:[Mm]y name is|I am called|^(?:[Pp]lease )?[Cc]all me) (?<name>${NAME})(?=[.!,]|$| and\\b)`,
  'u',
);
const INTRODUCTION =
  /^(?:(?:Hi|Hello|Hey|Good \w+)\b(?: there| everyone| all)?[,!]? )?(?:I am|this is) (?<name>\p{Lu}\p{Ll}+)(?=[.!,]|$| from\b| and\b)/u;

/** Sentences of a user's first message among which they may introduce themself: `Hi! I'm Marta.` */
const INTRODUCTION_SENTENCES = 3;
const GREETED =
  /\b(?:Hi|Hello|Hey|Good (?:morning|evening|night)|Congratulations|Thank you|Thanks|Welcome|Nice to meet you|Well done),? (?<name>\p{Lu}\p{Ll}+)(?=[!.,])/u;
const NOT_A_NAME =
  /(?:ish|ese|ian|ean)$|day$|^(?:There|Back|When|If|Later|Tomorrow|Maybe|Crazy|Not|Just|So|Very|Sorry|Happy|Glad|Dutch|French|German|Greek|Thai|Czech|World|Everyone|Everybody|All|Team|Again|And|I|You|Folks|Sir|Madam)$/;

/** What the user without a name in the metadata is called; `saidIn` where they said it themself. */
export interface UserName {
  readonly name: string;
  readonly saidIn?: Utterance;
}

/** By themself, or by the assistant that greets them. */
export function learnUserName(utterances: readonly Utterance[]): UserName | undefined {
  const unnamed = utterances.filter(({ name }) => name === undefined);
  const own = unnamed.filter(
    ({ message, text, isTask }) => message.role === 'user' && !isTask && isFactual(text),
  );
  const [first] = own;
  for (const [index, saidIn] of own.entries()) {
    const mayIntroduce = index < INTRODUCTION_SENTENCES && saidIn.messageIndex === first?.messageIndex;
    const name =
      nameIn(OWN_NAME, withoutQuotes(saidIn)) ??
      (mayIntroduce ? nameIn(INTRODUCTION, saidIn.text) : undefined);
    if (name !== undefined) return { name, saidIn };
  }
  const greeted = unnamed
    .filter(({ message }) => message.role === 'assistant')
    .map(({ text }) => nameIn(GREETED, text));
  const [name, ...others] = new Set(greeted.filter((heard) => heard !== undefined));
  return name !== undefined && others.length === 0 ? { name } : undefined;
}

function nameIn(pattern: RegExp, text: string): string | undefined {
  const name = pattern.exec(text)?.groups?.['name'];
  return name === undefined || NOT_A_NAME.test(name) ? undefined : name;
}

function withoutQuotes({ text }: Utterance): string {
  return text.replace(/"[^"]*"?/g, '');
}
