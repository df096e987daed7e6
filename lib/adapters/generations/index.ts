export { type Generations, generations } from './generations.ts';
