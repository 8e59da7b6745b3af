/** What a reader of a board chooses (or, for the roles of meters, what the site file says). */
export type VariableName =
  | 'site'
  | 'zone'
  | 'seat'
  | 'counter'
  | 'access_point'
  | 'band'
  | 'device'
  | 'meter'
  | 'feed'
  | 'circuit'
  | 'generation';

/** A filter by what the reader chose. */
export const chosen = (variable: VariableName): { readonly variable: VariableName } => ({ variable });

/** The places that the reader chose: part of nearly every query. */
export const place = { site: chosen('site'), zone: chosen('zone') } as const;
