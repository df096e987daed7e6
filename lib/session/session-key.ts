/** Which session: its own id within a tenant. Both match `nameSchema`. */
export interface SessionKey {
  readonly tenant: string;
  readonly session: string;
}
