export { abridged } from './abridged.ts';
export { cleanText } from './clean-text.ts';
export { displayText } from './display-text.ts';
export { graphemeStart } from './grapheme-start.ts';
export { graphemes } from './graphemes.ts';
export { shortened } from './shortened.ts';
export { shortenedMiddle } from './shortened-middle.ts';
export { trimmedEnd } from './trimmed-end.ts';
