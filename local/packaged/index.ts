export { packagedAssembly } from './packaged-assembly.ts';
export { writeStackFile } from './stack-file.ts';
export { synthesiseConstruct } from './synthesise-construct.ts';
