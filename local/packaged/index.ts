export { packagedAssembly } from './packaged-assembly.ts';
export { STACK_FILE, writeStackFile } from './stack-file.ts';
export { synthesiseConstruct } from './synthesise-construct.ts';
