export { CommitlaneError, type Retry } from './commitlane-error.ts';
