/** What a Redis command answers. */
export type RedisReply = string | number | null | readonly RedisReply[];
