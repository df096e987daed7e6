export { PortTakenError } from './errors.ts';
export { type Operations, operationsOn } from './operations.ts';
export { startConsole } from './start-console.ts';
