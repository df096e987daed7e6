export { endOfText } from './end-of-text.ts';
export { estimateTokens } from './estimate-tokens.ts';
