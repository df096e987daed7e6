/** Puts messages on a FIFO queue. */
export interface Sender<Body> {
  /**
   * @throws QueueUnavailableError when it is not known that the message is on the queue; sending it again is safe:
   * for five minutes a message with the same group and `dedupId` is taken once. QueueRefusedError when it never will be.
   */
  send(message: { readonly group: string; readonly dedupId: string; readonly body: Body }): Promise<void>;
}
