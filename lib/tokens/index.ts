export { endOfText } from './end-of-text.ts';
export { estimateMessageTokens } from './estimate-message-tokens.ts';
export { estimateTokens } from './estimate-tokens.ts';
