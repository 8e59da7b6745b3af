export type Child = Node | string | undefined;
export type Children = readonly (Child | readonly Child[])[];
type Listener = (event: Event) => void;
type Value = string | number | boolean | undefined | Listener;
/** Attributes by name. `false` and `undefined` are left out, `true` is empty; `onclick` and the like are listeners. */
export type Attributes = Readonly<Record<string, Value>>;

const svgNamespace = 'http://www.w3.org/2000/svg';

const setAttributes = (element: Element, attributes: Attributes): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
};

const append = (element: Element, children: Children): void => {
  for (const child of children.flat()) if (child !== undefined) element.append(child);
};

/** An HTML element; text is always text, never markup. */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
};

/** An SVG element. */
export const s = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children
): SVGElementTagNameMap[Tag] => {
  const element = document.createElementNS(svgNamespace, tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
};

/** Writes text only where it changed: a screen reader and a selection are left alone. */
export const setText = (element: Element, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

export const setAttribute = (element: Element, name: string, value: string): void => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};
