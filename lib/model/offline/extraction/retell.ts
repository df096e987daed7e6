import { trimmedEnd } from '../../../text/index.ts';

const END =
  /[,;:(!?.](?:\s|$)|\s[-–—]{1,3}\s|--|\s(?:because|since|but|although|though|while|when|whenever|where|which|who|so|as|just like|if|until|after|before|for sure|too|the most|a lot|so much|very much|lately|recently|nowadays|these days|again|anyway|either|at all|any more|anymore|right now|at the moment)\b|\sand\s(?:I|it|we|he|she|they|that|this|there|how|the way)\b/i;
const MAX_LENGTH = 120;

/** Words that only the text around could explain; a memory has no text around it. */
const UNRESOLVED =
  /\b(?:this|that|these|those|it|its|itself|they|them|their|theirs|you|your|yours|yourself|he|she|him|her|his|hers|here|there|y'all|ya|such|so|same|something|anything|someone|somebody|whatever|below|above|mentioned|one|ones|first|second|latter|former|other|not|never|mine|ours|myself|ourselves)\b/i;

/**
 * The speaker's words as somebody else says them, up to where another thought starts; nothing if they point at what only
 * the conversation shows.
 */
export function retell(words: string): string | undefined {
  const phrase = trimmedEnd(words.slice(0, END.exec(words)?.index), /[\s.,;:!?'")-]/).trim();
  if (phrase.length > MAX_LENGTH || !/\p{L}/u.test(phrase) || UNRESOLVED.test(phrase)) return undefined;
  return phrase
    .replace(/\bI\b/g, 'they')
    .replace(/\bmy\b/gi, 'their')
    .replace(/\b(?:me|us)\b(?!-)/g, 'them');
}
