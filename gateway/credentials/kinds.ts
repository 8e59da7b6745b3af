/** How somebody shows who it is. */
export const kinds = ['password', 'certificate', 'token'] as const;

/** What a user is for. What it may do stands in its filters. */
export const roles = ['device', 'dashboard', 'gateway', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `operate` may do what `read` may. */
export const scopes = ['read', 'operate'] as const;
export type Scope = (typeof scopes)[number];
