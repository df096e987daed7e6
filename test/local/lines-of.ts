/** The lines of an answer that does not end, one at a time. */
export function linesOf({ body }: Response) {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** @throws Error when the answer has ended. */
    async next(): Promise<string> {
      while (!text.includes('\n')) {
        const { value, done = true } = (await reader?.read()) ?? {};
        if (done) throw new Error(`the answer has ended, after ${JSON.stringify(text)}`);
        text += value;
      }
      const end = text.indexOf('\n');
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return line;
    },
  };
}
