package dev.trainyard.security;

/** How callers say who they are. */
public enum SecurityMode {
  /** By the service's own token or by keys that were made with it. */
  KEYS,
  /** By these, and by tokens of an OpenID provider (JWT). */
  OIDC,
  /** They need not: whoever reaches the address may do everything. */
  NONE
}
