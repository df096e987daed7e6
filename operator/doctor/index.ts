export { checkModel } from './check-model.ts';
export { checkTable } from './check-table.ts';
export { examineTarget } from './examine-target.ts';
export { type Check, type CheckResult, runCheck } from './run-check.ts';
