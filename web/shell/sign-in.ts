import { session } from '../api/session.ts';
import { h } from '../dom/element.ts';
import { t } from '../text/text.ts';

/** Whether the server knows the token. A route that asks for the least says so. */
const isKnown = async (token: string): Promise<boolean> =>
  (await fetch('/api/v1/sites', { headers: { authorization: `Bearer ${token}` } })).ok;

/** A dialog that asks for a token; the page begins anew once it has one. */
export const openSignIn = (): void => {
  const input = h('input', {
    id: 'ap-token',
    class: 'form-control',
    type: 'password',
    autocomplete: 'off',
    required: true,
  });
  const failure = h('p', { class: 'ap-failure', role: 'alert' });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const token = input.value.trim();
    if (!(await isKnown(token))) {
      failure.textContent = t.shell.wrongToken;
      return input.focus();
    }
    session.signIn(token);
    location.reload();
  };
  const dialog = h(
    'dialog',
    { class: 'ap-dialog', 'aria-labelledby': 'ap-sign-in', onclose: () => dialog.remove() },
    h(
      'form',
      { onsubmit: (event) => void submit(event) },
      h('h2', { id: 'ap-sign-in' }, t.shell.signInTitle),
      h('p', {}, t.shell.signInHelp),
      h('label', { for: 'ap-token' }, t.shell.token),
      input,
      failure,
      h(
        'div',
        { class: 'ap-row' },
        h('button', { type: 'submit', class: 'btn btn-primary' }, t.shell.signIn),
        h(
          'button',
          { type: 'button', class: 'btn btn-outline-primary', onclick: () => dialog.close() },
          t.shell.cancel,
        ),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
};
