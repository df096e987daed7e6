export { languageModel } from './language-model.ts';
