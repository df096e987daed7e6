import type { ReadableMessage } from '../../readable/index.ts';
import { proseOf } from '../text/prose-of.ts';
import { sentencesOf } from '../text/sentences-of.ts';

/** Longer sentences are lists, logs and pasted text. */
const MAX_SENTENCE_LENGTH = 400;

/** Asks for text to be made or changed, or tells a story: what such a message states is nobody's life. */
const TASK =
  /\b(?:translate|translation|rewrite|rephrase|proofread|paraphrase|summari[sz]e|role-?play\w*|(?:in|a|the|my) character|act as|pretend\w*|imagine|suppose(?!d)|hypothetical\w*|thought experiment|let's say|let us say|assume|(?:short|a|the|this) story|novel|poem|song|lyrics?|chorus|verse|haiku|limerick|monologue|script|essay|cover letter|fiction\w*|perspective of|persona|(?:the|this|that|my) (?:sentence|phrase|text|quote|protagonist|narrator)|grammar|spelling|correct my|Dear (?:Sir|Madam|\p{Lu}\p{L}+)|example sentence|template|test data|lorem|unit test|dreamt|dreamed|nightmare|horoscope|knock,? knock|repeat after|(?:a|this|another) joke (?:about|for)|(?:tell|hear|know|make) (?:you |me |us )?(?:a|this|one|another) joke|quiz|trivia|forwarded|fwd)\b|[♪♫🎵🎶🎤]/iu;
const IRONY =
  /\b(?:jk|lol|rofl|lmao|haha\w*|sarcas\w*|iron(?:y|ic\w*)|yeah,? right|said (?:no one|nobody|no-one)|not really)\b|(?:^|\s)(?:j\/k|\/s)\b|[😂🤣😜😝😏🙃😉🤪]|;-?\)/iu;
const OFF_THE_RECORD =
  /\b(?:off the record|between (?:us|you and me)|do(?:n't| not) (?:remember|store|save|note|memori[sz]e|keep|write down) (?:this|that|it|any))\b/i;

/** `Bob: …`, `[10:32] Bob …`, `<bob> …`, `Bob - …`, `Bob  10:32`, `--- Original message`: a line of a pasted chat or mail. */
const SPEAKER =
  /^\s*(?:\[[^\]]{1,40}\]|\(?\d{1,2}:\d{2}|-{3,} ?\p{L}|<[\w .-]{1,30}>|@?[\p{L}\p{N}_.-]{1,30}(?: \p{Lu}[\p{L}.-]{0,30}){0,2}(?::| [-–—] |\s+\[?\(?\d{1,2}:\d{2}| (?:wrote|writes|said|says)$))/u;
/** What is listed is to choose from, or somebody else's. */
const LISTED = /^\s*(?:[-*+•]|\d{1,2}[.)]|\p{L}\))\s/u;
/** Before a first quotation mark, which may stand for the beginning of a word; what follows is somebody else's. */
const QUOTED = /"[^"]*"?|(?<![\p{L}\p{N}])'(?!(?:cause|bout|til|em)\b)(?=\p{L}).*/gu;
/** What follows it after a colon is not said, but shown. */
const ANNOUNCES =
  /\b(?:sent|sends|say|says|said|saying|told|wrote|write|writes|written|reads?|message|mail|letter|email|text|post|tweet|note|bio|profile|review|comment|quote|repl(?:y|ies|ied)|answer\w*|title|line|article|following|follows|this|these|like|caption|motto|log|error|output|transcript|chat|prompt)\b/i;
const FIRST_PERSON = /\b(?:I|my|me|we|our)\b/i;
const TOPIC = /^((?:About|Regarding|As for|Now) [\p{L} ]{1,40}|Correction|Update|Edit|PS|FYI|BTW): /u;

/** The sentences of one message, written out, as long as everything in it can be the speaker's own words, in earnest. */
export function ownWords({ content }: ReadableMessage): string[] {
  if ([TASK, IRONY, OFF_THE_RECORD].some((pattern) => pattern.test(content))) return [];
  const sentences: string[] = [];
  for (const paragraph of proseOf(beforeOthers(content))) {
    for (const sentence of sentencesOf(paragraph.replace(QUOTED, withoutOthersWords))) {
      const [before = '', after] = sentence.replace(TOPIC, '$1, ').split(/:(?=\s|$)/, 2);
      if (before.length <= MAX_SENTENCE_LENGTH) sentences.push(writtenOut(before));
      if (after?.trim() === '' || (after !== undefined && ANNOUNCES.test(before))) return sentences;
    }
  }
  return sentences;
}

/** Up to the first line that somebody else may have written. */
function beforeOthers(content: string): string {
  const lines = content.split('\n');
  const first = lines.findIndex((line) => LISTED.test(line) || SPEAKER.test(line.replace(TOPIC, '$1, ')));
  return (first === -1 ? lines : lines.slice(0, first)).join('\n');
}

/** A title between quotation marks stays. */
function withoutOthersWords(quotation: string): string {
  return /^".*"$/.test(quotation) && !FIRST_PERSON.test(quotation) ? quotation : ' … ';
}

/** Contractions, so that every verb is a word of its own. */
const contractions: readonly (readonly [RegExp, string])[] = [
  [/\bI'm\b/gi, 'I am'],
  [/\bwe're\b/gi, 'we are'],
  [/\b(I|we)'ve\b/gi, '$1 have'],
  [/\b(I|we|you|he|she|it|they)'d\b/gi, '$1 would'],
  [/\bcan't\b/gi, 'cannot'],
  [/\b(do|does|did|is|are|was|were|has|have|had)n't\b/gi, '$1 not'],
  [/\bgonna\b/gi, 'going to'],
  [/\bi\b(?=[ '])/g, 'I'],
];

function writtenOut(sentence: string): string {
  return contractions.reduce((text, [form, full]) => text.replace(form, full), sentence);
}
