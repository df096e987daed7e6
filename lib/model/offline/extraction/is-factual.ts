const IRONY =
  /\b(?:just|only) (?:kidding|joking)\b|\bj\/?k\b|(?:^|\s)\/s\b|\bnot!$|\byeah,? right\b|\boh,? (?:great|joy|sure)\b|\bjust love (?:it|how|when|\w+ing)\b|\bas if\b|\bsarcas\w+|\bjust what I needed\b|\bsaid no one\b|\b(?:lol|rofl|lmao|haha\w*)\b/i;
const FICTION =
  /\bin (?:the|this|that|my|a|our) (?:book|novel|film|movie|game|story|play|dream|series|episode|song|example|text|scenario|nightmare)\b/i;
const FALSE_STATEMENT = /\b(?:not true|is false|is a lie|is wrong that|lied|never said)\b/i;

/** Whether a sentence states something, in earnest. */
export function isFactual(sentence: string): boolean {
  if (/\?["')\]]*$/.test(sentence)) return false;
  return !IRONY.test(sentence) && !FICTION.test(sentence) && !FALSE_STATEMENT.test(sentence);
}
