export { cancelCommit } from './cancel-commit.ts';
export { followCommit } from './follow-commit.ts';
export { readCommit } from './read-commit.ts';
