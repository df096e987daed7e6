/** Asks for text to be made or changed; what such a message states is material, and nobody's life. */
const TASK =
  /\b(?:translate|rewrite|proofread|paraphrase|role-?play|act as|pretend|imagine|suppose(?!d)|hypothetical\w*|let's say|assume|short story|poem|lyrics|essay|cover letter|fictional?|in the voice of|from the perspective of|the (?:sentence|phrase|text|quote|character|protagonist|narrator))\b/i;

/** Whether a message's statements are material for a task rather than the speaker's own. */
export function isTask(content: string): boolean {
  return TASK.test(content);
}
