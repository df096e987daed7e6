export { startParameterEmulator } from './parameters/parameter-emulator.ts';
export { startQueueEmulator } from './queues/queue-emulator.ts';
export { startTableEmulator, type TableEmulatorOptions } from './table/table-emulator.ts';
