export { scoresByWords } from './scores-by-words.ts';
export { wordsOf } from './words-of.ts';
