export { Commitlane } from './commitlane.ts';
export type { ICommitlane } from './commitlane-base.ts';
export type { CommitlaneAuth, CommitlaneProps } from './commitlane-props.ts';
export { SettingsError } from './settings-error.ts';
