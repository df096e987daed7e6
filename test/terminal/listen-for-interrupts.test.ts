import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listenForInterrupts, StoppedError } from '../../terminal/index.ts';

function setUp() {
  const process = new EventEmitter();
  const time = { nowMs: 0, seconds: 0 };
  const clock = { now: () => time.nowMs, sleep: () => Promise.reject(new Error('nobody sleeps here')) };
  const interrupts = listenForInterrupts(process, clock, () => {
    time.seconds += 1;
  });
  return { process, time, interrupts };
}

describe('a Ctrl-C', () => {
  it('aborts the signal at the first press', () => {
    const { process, time, interrupts } = setUp();
    process.emit('SIGINT');
    expect(interrupts.signal.reason).toBeInstanceOf(StoppedError);
    expect(time.seconds).toBe(0);
  });

  it('counts once when npm passes it on a second time', () => {
    const { process, time } = setUp();
    process.emit('SIGINT');
    time.nowMs = 20;
    process.emit('SIGINT');
    expect(time.seconds).toBe(0);
  });

  it('pressed again is told from the first', () => {
    const { process, time } = setUp();
    process.emit('SIGTERM');
    time.nowMs = 1_000;
    process.emit('SIGINT');
    expect(time.seconds).toBe(1);
  });

  it('is left to others once the listening is over', () => {
    const { process, interrupts } = setUp();
    interrupts[Symbol.dispose]();
    expect(process.listenerCount('SIGINT')).toBe(0);
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});
