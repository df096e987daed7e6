export { CommitlaneError } from './commitlane-error.ts';
