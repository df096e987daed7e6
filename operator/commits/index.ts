export { cancelCommit } from './cancel-commit.ts';
export { endedWell, followCommit } from './follow-commit.ts';
export { hasEnded } from './has-ended.ts';
export { readCommit } from './read-commit.ts';
