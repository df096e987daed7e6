export { describeIssue, excerptOf } from './describe-issue.ts';
export { isObject, type LineMessage, readLine } from './read-line.ts';
export { readObject } from './read-object.ts';
