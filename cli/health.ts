import { messageOf } from '../model/errors.ts';

/** What readiness says of a part, of a check that fails with the reason. */
export const healthOf = async (
  check: () => Promise<unknown>,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }> => {
  try {
    await check();
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
};
