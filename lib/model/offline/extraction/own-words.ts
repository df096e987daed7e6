import type { ReadableMessage } from '../../readable/index.ts';
import { proseOf } from '../text/prose-of.ts';
import { sentencesOf } from '../text/sentences-of.ts';

/** Longer sentences are lists, logs and pasted text. */
const MAX_SENTENCE_LENGTH = 400;

/** Asks for text to be made or changed, or tells a story; is not said in earnest; is not for the record. */
const NOT_MEANT = [
  /\b(?:translate|translation|rewrite|rephrase|proofread|paraphrase|summari[sz]e|role-?play\w*|(?:in|a|the|my) character|act as|pretend\w*|imagine|suppose(?!d)|hypothetical\w*|thought experiment|let's say|let us say|assum\w+|(?:scene|act|chapter|verse) \d|(?:short|a|the|this) story|novel|poem|song|lyrics?|chorus|verse|haiku|limerick|monologue|script|essay|cover letter|fiction\w*|perspective of|persona|(?:the|this|that|my) (?:sentence|phrase|text|quote|protagonist|narrator)|grammar|spelling|correct my|Dear (?:Sir|Madam|\p{Lu}\p{L}+)|example sentence|template|test data|lorem|unit test|dreamt|dreamed|nightmare|horoscope|knock,? knock|repeat after|(?:a|this|another) joke (?:about|for)|(?:tell|hear|know|make) (?:you |me |us )?(?:a|this|one|another) joke|quiz|trivia|forwarded|fwd)\b|[♪♫🎵🎶🎤]/iu,
  /\b(?:jk|lol|rofl|lmao|haha\w*|sarcas\w*|iron(?:y|ic\w*)|yeah,? right|said (?:no one|nobody|no-one)|not really)\b|(?:^|\s)(?:j\/k|\/s)\b|[😂🤣😜😝😏🙃😉🤪]|;-?\)/iu,
  /\b(?:off the record|between (?:us|you and me)|do(?:n't| not) (?:remember|store|save|note|memori[sz]e|keep|write down) (?:this|that|it|any))\b/i,
];
/**
 * A line of a pasted chat, mail or scene, as `[10:32] Bob …`, `<bob> …`, `Bob - …`, `Bob  10:32`, `--- Original message`,
 * `*bows*`, or of a list: what is listed is to choose from, or somebody else's.
 */
const OTHERS_LINE =
  /^[ \t]*(?:\[[^\]]{1,40}\]|\*[^*]{1,40}\*(?!\*)|\(?\d{1,2}:\d{2}|-{3,} ?\p{L}|<[\w .-]{1,30}>|@?[\p{L}\p{N}_.-]{1,30}(?: \p{Lu}[\p{L}.-]{0,30}){0,2}(?: [-–—] |[ \t]+\[?\(?\d{1,2}:\d{2}| (?:wrote|writes|said|says)$)|(?:[-*+•]|\d{1,2}[.)]|\p{L}\))\s)/mu;
/** Before a first quotation mark, which may stand for the beginning of a word; what follows is somebody else's. */
const QUOTED = /"[^"]*"?|(?<![\p{L}\p{N}])'(?!(?:cause|bout|til|em)\b)(?=\p{L}).*/gu;
/** What follows is shown or quoted, unless it goes on to tell of a thing: `It is flaky: it fails`. */
const SHOWS = /:(?=\s|$)(?! (?:it|the)\b)/;
const TOPIC = /^((?:About|Regarding|As for|Now) [\p{L} ]{1,40}|Correction|Update|Edit|PS|FYI|BTW): /u;

/**
 * The sentences of one message, written out, as long as everything in it can be the speaker's own words, in earnest: up
 * to a list, to a line of somebody else, and to a colon, after which something is shown or quoted.
 */
export function ownWords({ content }: ReadableMessage): string[] {
  if (NOT_MEANT.some((pattern) => pattern.test(content))) return [];
  const [own = ''] = content.split(OTHERS_LINE, 1);
  const sentences: string[] = [];
  for (const sentence of proseOf(own).flatMap((paragraph) => sentencesOf(paragraph.replace(QUOTED, ' … ')))) {
    const [before = '', shown] = sentence.replace(TOPIC, '$1, ').split(SHOWS, 2);
    if (before.length <= MAX_SENTENCE_LENGTH) sentences.push(writtenOut(before));
    if (shown !== undefined) break;
  }
  return sentences;
}

/** Without contractions, so that every verb is a word of its own, and with `I` for who speaks of themself and theirs. */
function writtenOut(sentence: string): string {
  return sentence
    .replace(/\b(I|we|you|he|she|it|they)'d\b/gi, '$1 would')
    .replace(/\bcan't\b/gi, 'cannot')
    .replace(/\b(do|does|did|is|are|was|were|has|have|had)n't\b/gi, '$1 not')
    .replace(/\bgonna\b/gi, 'going to')
    .replace(/\b(?:I'm|we're|we are)\b/gi, 'I am')
    .replace(/\b(?:I|we)'ve(?: got)?\b/gi, 'I have')
    .replace(/\b(?:i(?=[ '])|we)\b/gi, 'I')
    .replace(/\bour\b/gi, 'my');
}
