export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Takes the text of an event stream apart [HTML Living Standard §9.2.6], as far as this server writes it. */
export class EventParser {
  #text = '';

  /** @returns the events that are whole now */
  take(chunk: string): readonly ServerEvent[] {
    this.#text += chunk;
    const blocks = this.#text.split('\n\n');
    this.#text = blocks.pop() ?? '';
    return blocks.flatMap(parseBlock);
  }
}

const parseBlock = (block: string): readonly ServerEvent[] => {
  let event = 'message';
  let data: string | undefined;
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: '))
      data = data === undefined ? line.slice(6) : `${data}\n${line.slice(6)}`;
  }
  return data === undefined ? [] : [{ event, data }];
};
