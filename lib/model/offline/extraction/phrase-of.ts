import { trimmedEnd } from '../../../text/index.ts';

const END =
  /[,;:(!?.](?:\s|$)|\s[-–—]{1,3}\s|--|\s(?:because|since|but|although|though|while|when|whenever|where|which|who|so|as|just like|if|until|after|before|for sure|too|the most|a lot|so much|very much|lately|recently|nowadays|these days|again|anyway|either|at all|any more|anymore|right now|at the moment)\b|\sand\s(?:I|it|we|he|she|they|that|this|there|how|the way)\b/i;

const MAX_LENGTH = 120;

/** The beginning of some words up to where another thought starts; nothing if that is empty or no phrase any more. */
export function phraseOf(words: string): string | undefined {
  const end = END.exec(words)?.index ?? words.length;
  const phrase = trimmedEnd(words.slice(0, end), /[\s.,;:!?'")-]/).trim();
  return phrase === '' || phrase.length > MAX_LENGTH || !/\p{L}/u.test(phrase) ? undefined : phrase;
}
