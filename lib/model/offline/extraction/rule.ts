import type { Finding } from './finding.ts';
import type { Statement } from './statement.ts';

export type Rule = (statement: Statement) => Finding | undefined;
