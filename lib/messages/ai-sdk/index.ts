export { fromAiSdk } from './from-ai-sdk.ts';
export type { AiSdkInput, AiSdkMessage } from './message.ts';
export { toAiSdk } from './to-ai-sdk.ts';
