export { readContext, readForModel, type SessionContext } from './read-context.ts';
