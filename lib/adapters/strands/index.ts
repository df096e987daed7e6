export { type CommitlaneStorageOptions, commitlaneStorage } from './commitlane-storage.ts';
export { StateNotStoredError, StrandsStorageError } from './errors.ts';
