/** Contractions and spoken forms, in the order they are replaced. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/\bI'm\b/gi, 'I am'],
  [/\b(we|you|they)'re\b/gi, '$1 are'],
  [/\b(I|we|you|they)'ve\b/gi, '$1 have'],
  [/\b(I|we|you|he|she|it|they)'ll\b/gi, '$1 will'],
  [/\b(I|we|you|he|she|it|they)'d\b/gi, '$1 would'],
  [/\b(he|she|it|that|there|what|who)'s\b/gi, '$1 is'],
  [/\bcan't\b/gi, 'cannot'],
  [/\bwon't\b/gi, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|could|would|should)n't\b/gi, '$1 not'],
  [/\bgonna\b/gi, 'going to'],
  [/\bwanna\b/gi, 'want to'],
  [/(?<!\w)'cause\b/gi, 'because'],
  [/\bi\b(?=[ '])/g, 'I'],
];

/** The same sentence without contractions, so that every verb is a word of its own. */
export function writtenOut(sentence: string): string {
  return forms.reduce((text, [form, full]) => text.replace(form, full), sentence);
}
