import { configureGlobal, readConfigureGlobal } from 'fast-check';

/** So that a change passes or fails by what it changes: other values are tried wherever the suites run besides. */
const SEED = 20_261_201;

configureGlobal({ ...readConfigureGlobal(), seed: SEED });
