interface Node<Value> {
  readonly children: Map<string, Node<Value>>;
  /** By who subscribed. */
  readonly values: Map<string, Value>;
}

const newNode = <Value>(): Node<Value> => ({ children: new Map(), values: new Map() });

/** Subscriptions by their topic filters: what it costs to find those of a topic depends on its levels, not on them. */
export class TopicTree<Value> {
  readonly #root = newNode<Value>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  set(filter: string, owner: string, value: Value): void {
    let node = this.#root;
    for (const level of filter.split('/')) {
      const child = node.children.get(level) ?? newNode<Value>();
      node.children.set(level, child);
      node = child;
    }
    if (!node.values.has(owner)) this.#size++;
    node.values.set(owner, value);
  }

  delete(filter: string, owner: string): void {
    this.#delete(this.#root, filter.split('/'), 0, owner);
  }

  /** What is subscribed to a topic, [MQTT-4.7]; who subscribed twice is found twice. */
  match(topic: string): [owner: string, value: Value][] {
    const found: [string, Value][] = [];
    if (this.#size > 0) collect(this.#root, topic.split('/'), 0, found);
    return found;
  }

  #delete(node: Node<Value>, levels: readonly string[], depth: number, owner: string): void {
    const level = levels[depth];
    if (level === undefined) {
      if (node.values.delete(owner)) this.#size--;
      return;
    }
    const child = node.children.get(level);
    if (child === undefined) return;
    this.#delete(child, levels, depth + 1, owner);
    if (child.values.size === 0 && child.children.size === 0) node.children.delete(level);
  }
}

const collect = <Value>(
  node: Node<Value>,
  names: readonly string[],
  depth: number,
  found: [string, Value][],
): void => {
  const isReserved = depth === 0 && names[0]?.startsWith('$') === true;
  if (!isReserved) found.push(...(node.children.get('#')?.values ?? []));
  const name = names[depth];
  if (name === undefined) {
    found.push(...node.values);
    return;
  }
  const same = node.children.get(name);
  if (same !== undefined) collect(same, names, depth + 1, found);
  const any = isReserved ? undefined : node.children.get('+');
  if (any !== undefined) collect(any, names, depth + 1, found);
};
