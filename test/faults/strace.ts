import { findProgram, tools } from '../services/tool.ts';

/** Which calls fail, with which error of errno(3), and which of them: `20..40` of each thread, or `5+3`. */
export interface Injection {
  readonly call: 'pwrite64' | 'fsync';
  readonly error: 'ENOSPC' | 'EIO';
  readonly when: string;
}

/**
 * Words before a command under which its calls on some files fail as they would on a bad disk: strace(1) puts the
 * error in the place of the call. The command stays the child that gets the signals.
 */
export const underStrace = async (
  paths: readonly string[],
  { call, error, when }: Injection,
): Promise<string[]> => [
  await findProgram(tools.strace),
  ...['-D', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null'],
  ...['-e', `trace=${call}`, '-e', `inject=${call}:error=${error}:when=${when}`],
  ...paths.flatMap((path) => ['-P', path]),
];
