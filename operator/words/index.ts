export { age } from './age.ts';
export { count } from './count.ts';
export { iso } from './iso.ts';
export { pace } from './pace.ts';
