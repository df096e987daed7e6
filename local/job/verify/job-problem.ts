/** What can be wrong after a job. */
export type JobProblemKind =
  /** A message that was appended is in no archive and not live. */
  | 'lost'
  /** The job did not come to append some of the messages. */
  | 'not-appended'
  /** A message is stored more than once. */
  | 'doubled'
  /** A message comes before one that was appended earlier. */
  | 'reordered'
  /** A message is not as it was sent. */
  | 'altered'
  /** A message that this job did not send. */
  | 'unknown-message'
  /** A message that should be in an archive is still live. */
  | 'still-live'
  /** Archives are not numbered, or their positions not joined, without gaps; or a message lies outside its archive. */
  | 'gap'
  /** An archive says that it holds more or fewer messages than it does. */
  | 'wrong-count'
  /** A summary is missing, or the work after an archive has not come to a good end. */
  | 'follow-up'
  /** A commit has not come to a good end, or a repeat of its request was not recognised. */
  | 'commit'
  /** Nothing happened for as long as the job waits. */
  | 'stalled'
  /** A call failed for good. */
  | 'failed';

export interface JobProblem {
  readonly kind: JobProblemKind;
  /** Absent when it is about no session in particular. */
  readonly session?: string;
  /** For people; names the messages and archives. */
  readonly message: string;
}
