export { type Operation, routes } from './routes.ts';
export type * from './views.ts';
