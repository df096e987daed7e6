/** Words that only the text around could explain; a memory has no text around it. */
const UNRESOLVED =
  /\b(?:this|these|those|it|its|itself|they|them|their|theirs|you|your|yours|yourself|here|there|y'all|ya|such|so (?:many|much)|same|something|anything|someone|somebody|whatever|below|above|mentioned)\b/i;
/** The same, unless the sentence is about somebody whom it names. */
const UNNAMED = /\b(?:he|she|him|her|his|hers|himself|herself)\b/i;
const UNRESOLVED_THAT =
  /\bthat\b(?! (?:I|we|is|are|was|were|has|have|had|my|our|the|a|an|can|will|everyone|everybody|people)\b)/i;

const forms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:I|we) (?:am|are)\b/gi, 'they are'],
  [/\b(?:I) was\b/g, 'they were'],
  [/\b(?:I|we)\b/g, 'they'],
  [/\bWe\b/g, 'they'],
  [/\b(?:my|our) own\b/gi, 'their own'],
  [/\b(?:my|our)\b/gi, 'their'],
  [/\b(?:mine|ours)\b/gi, 'theirs'],
  [/\b(?:me|us)\b(?!-)/g, 'them'],
  [/\b(?:myself|ourselves)\b/gi, 'themself'],
];

/** The speaker's words as somebody else says them; nothing if they point at what only the conversation shows. */
export function retell(words: string, isAboutNamed = false): string | undefined {
  if (!isAboutNamed && UNNAMED.test(words)) return undefined;
  if (UNRESOLVED.test(words) || UNRESOLVED_THAT.test(words)) return undefined;
  return forms.reduce((text, [form, other]) => text.replace(form, other), words);
}
