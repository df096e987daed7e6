/** The attribute of a message that was a dead letter and was sent back; its value says nothing. */
export const REPLAY_ATTRIBUTE = 'commitlaneReplay';
