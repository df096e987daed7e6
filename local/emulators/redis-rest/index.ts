export { startEmbeddedRedis } from './embedded-backend.ts';
export { startRestServer } from './rest-server.ts';
export { type RedisRest, startRedisRest } from './start-redis-rest.ts';
