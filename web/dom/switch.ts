import { h } from './element.ts';

let groups = 0;

/** A choice of one among few, as radio buttons that look like one bar. */
export const choiceBar = <Name extends string>(
  label: string,
  options: readonly (readonly [Name, string])[],
  chosen: Name,
  onPick: (name: Name) => void,
): HTMLElement => {
  const group = `ap-group-${++groups}`;
  return h(
    'fieldset',
    { class: 'ap-bar' },
    h('legend', { class: 'visually-hidden' }, label),
    ...options.map(([name, text]) =>
      h(
        'label',
        {},
        h('input', {
          type: 'radio',
          name: group,
          value: name,
          checked: name === chosen,
          class: 'visually-hidden',
          onchange: () => onPick(name),
        }),
        h('span', {}, text),
      ),
    ),
  );
};
