import { ApiError } from '../api/client.ts';
import { h } from '../dom/element.ts';
import { t } from '../text/text.ts';
import { openSignIn } from './sign-in.ts';

const messageOf = (error: unknown): string => {
  if (!(error instanceof ApiError)) return t.errors.other(String(error));
  switch (error.status) {
    case 0:
      return t.errors.offline;
    case 401:
      return t.errors.refused;
    case 403:
      return t.errors.narrow;
    default:
      return t.errors.other(error.message);
  }
};

/** Why there is nothing to see, and what to do: to sign in, or to try again. */
export const failureBox = (error: unknown, retry: () => void): HTMLElement => {
  const needsToken = error instanceof ApiError && (error.status === 401 || error.status === 403);
  return h(
    'div',
    { class: 'ap-notice', role: 'alert' },
    h('p', {}, messageOf(error)),
    h(
      'button',
      { type: 'button', class: 'btn btn-primary btn-sm', onclick: needsToken ? () => openSignIn() : retry },
      needsToken ? t.shell.signIn : t.errors.retry,
    ),
  );
};
