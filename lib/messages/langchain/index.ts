export type { LangChainFields } from './fields.ts';
export { fromLangChain } from './from-langchain.ts';
export { toLangChain } from './to-langchain.ts';
