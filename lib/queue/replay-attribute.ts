/** The attribute of a message that was a dead letter and was sent back; its value says who did so, and why it was given up. */
export const REPLAY_ATTRIBUTE = 'commitlaneReplay';
